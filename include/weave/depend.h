// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// spawn depends_on(in: a; out: b; inout: c): tasks ordered after the earlier siblings that their operands conflict with.
#pragma once

#include "task.h"

#include <initializer_list>

namespace weave::detail {

enum class access : std::uint8_t { read, write };

/// The bytes that one operand of depends_on names, and what the task does to them.
struct operand {
  const void *begin;
  std::size_t bytes;
  access mode;
};

// Not by reference to const: a compiler would say that an output is read before it is set.
template <class T> operand in(T &object) noexcept { return {__builtin_addressof(object), sizeof(T), access::read}; }
template <class T> operand out(T &object) noexcept { return {__builtin_addressof(object), sizeof(T), access::write}; }
template <class T> operand inout(T &object) noexcept { return out(object); }

struct graph_task;
struct failure;
class graph;

/// The frame of an activation in which tasks depend on each other. Its tasks, with or without operands, are ordered by their creation.
class graph_frame {
public:
  graph_frame() : root_(this) {}
  explicit graph_frame(graph_frame &outer) : root_(outer.root_), first_(outer.root_->created()) {}
  graph_frame(const graph_frame &) = delete;
  graph_frame &operator=(const graph_frame &) = delete;
  ~graph_frame() noexcept(false) {
    if (WEAVE_UNLIKELY(root_->graph_ != nullptr))
      leave();
  }

  template <class F> WEAVE_INLINE void spawn(F &&f) {
    if (!task_wanted() || !spawn_task<by_value_if_trivial<F>>({}, f, nullptr))
      f();
  }
  /// The same, and binds the handle.
  template <class F> WEAVE_INLINE void spawn(handle &bound, F &&f) {
    handle_access::bind(bound);
    if (!task_wanted() || !spawn_task<by_value_if_trivial<F>>({}, f, &bound))
      f();
  }

  /// Runs `f` once no unfinished earlier task conflicts with the operands; at once if none does and nobody wants a task.
  template <class F> WEAVE_INLINE void spawn_after(std::initializer_list<operand> operands, F &&f) {
    if ((!task_wanted() && !root_->graph_) || !spawn_task<by_value_if_trivial<F>>(operands, f, nullptr))
      f();
  }
  template <class F> WEAVE_INLINE void spawn_after(handle &bound, std::initializer_list<operand> operands, F &&f) {
    handle_access::bind(bound);
    if ((!task_wanted() && !root_->graph_) || !spawn_task<by_value_if_trivial<F>>(operands, f, &bound))
      f();
  }

  /// Runs `f` in place once no unfinished earlier task conflicts with the operands.
  template <class F> void run_after(std::initializer_list<operand> operands, F &&f) {
    wait_for_conflicts(operands);
    f();
  }

  /// Waits for every task of this frame, and of the frames nested in it.
  WEAVE_INLINE void sync() {
    if (WEAVE_UNLIKELY(root_->graph_ != nullptr))
      join();
  }

  /// Waits for those that are bound to the handle.
  WEAVE_INLINE void sync(const handle &awaited) {
    if (WEAVE_UNLIKELY(root_->graph_ != nullptr))
      join(awaited);
  }

  /// Stands between variables and the tasks that borrow them: those are done before they end.
  class borrowing {
  public:
    explicit borrowing(graph_frame &tasks) : tasks_(tasks) {}
    borrowing(const borrowing &) = delete;
    borrowing &operator=(const borrowing &) = delete;
    ~borrowing() noexcept(false) {
      if (WEAVE_UNLIKELY(tasks_.root_->graph_ != nullptr))
        tasks_.end_borrowing();
    }

  private:
    graph_frame &tasks_;
  };
  borrowing borrow() { return borrowing(*this); }

  /// See frame::rethrow.
  [[noreturn]] WEAVE_COLD WEAVE_API void rethrow();

private:
  // See frame::spawn_task.
  template <class F> WEAVE_COLD bool spawn_task(std::initializer_list<operand> operands, F f, handle *bound) {
    return make_task(operands, closure_type_of<std::remove_reference_t<F>>, address_of_closure(f), bound);
  }

  WEAVE_API bool make_task(std::initializer_list<operand> operands, const closure_type &, void *closure, handle *bound);
  /// Null: nothing conflicts and nobody wants a task, so run it in place.
  worker_base *prepare(std::initializer_list<operand> operands);
  void add(graph_task &, std::initializer_list<operand> operands);
  WEAVE_API void wait_for_conflicts(std::initializer_list<operand> operands);
  failure join_graph() noexcept;
  WEAVE_COLD WEAVE_API void join();
  WEAVE_COLD WEAVE_API void join(const handle &);
  WEAVE_COLD WEAVE_API void leave();
  WEAVE_COLD WEAVE_API void end_borrowing();
  WEAVE_API std::uint64_t created() const;

  graph_frame *root_;
  graph *graph_ = nullptr; // the root's; null while every task of the activation is joined
  std::uint64_t joined_ = 0; // the root's: how many tasks the activation had when its graph ended
  std::uint64_t first_ = 0;  // number of the first task that can be this frame's
  int exceptions_ = 0;
};

} // namespace weave::detail
