// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// spawn depends_on(in: a; out: b; inout: c): tasks ordered after the earlier siblings that their operands conflict with.
#pragma once

#include "operand_set.h"
#include "task.h"

#include <initializer_list>

namespace weave::detail {

struct graph_task;
struct operand_list;
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

  template <class F, class Name = unnamed> WEAVE_INLINE void spawn(F &&f, Name name = {}) {
    if (!task_wanted() || !spawn_task<by_value_if_trivial<F>>({}, f, nullptr, name))
      f();
  }
  /// The same, and binds the handle.
  template <class F, class Name = unnamed> WEAVE_INLINE void spawn(handle &bound, F &&f, Name name = {}) {
    handle_access::bind(bound);
    if (!task_wanted() || !spawn_task<by_value_if_trivial<F>>({}, f, &bound, name))
      f();
  }

  /// Runs `f` once no unfinished earlier task conflicts with the operands; at once if none does and nobody wants a task.
  template <class F, class Name = unnamed>
  WEAVE_INLINE void spawn_after(std::initializer_list<operand> operands, F &&f, Name name = {}) {
    spawn_behind(operands, f, nullptr, name);
  }
  template <class F, class Name = unnamed>
  WEAVE_INLINE void spawn_after(const operand_set &operands, F &&f, Name name = {}) {
    spawn_behind(operands, f, nullptr, name);
  }
  template <class F, class Name = unnamed>
  WEAVE_INLINE void spawn_after(handle &bound, std::initializer_list<operand> operands, F &&f, Name name = {}) {
    handle_access::bind(bound);
    spawn_behind(operands, f, &bound, name);
  }
  template <class F, class Name = unnamed>
  WEAVE_INLINE void spawn_after(handle &bound, const operand_set &operands, F &&f, Name name = {}) {
    handle_access::bind(bound);
    spawn_behind(operands, f, &bound, name);
  }

  /// Runs `f` in place once no unfinished earlier task conflicts with the operands.
  template <class F> void run_after(std::initializer_list<operand> operands, F &&f) {
    wait_for_conflicts(operands.begin(), operands.size());
    f();
  }
  template <class F> void run_after(const operand_set &operands, F &&f) {
    wait_for_conflicts(operands.data(), operands.size());
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
  template <class Operands, class F, class Name>
  WEAVE_INLINE void spawn_behind(const Operands &operands, F &f, handle *bound, Name name) {
    if ((!task_wanted() && !root_->graph_) || !spawn_task<by_value_if_trivial<F>>(operands, f, bound, name))
      f();
  }

  // See frame::spawn_task.
  template <class F, class Name>
  WEAVE_COLD bool spawn_task(std::initializer_list<operand> operands, F f, handle *bound, Name name) {
    return make_task(operands.begin(), operands.size(), named_closure_type<std::remove_reference_t<F>>(name),
                     address_of_closure(f), bound);
  }

  template <class F, class Name>
  WEAVE_COLD bool spawn_task(const operand_set &operands, F f, handle *bound, Name name) {
    return make_task(operands.data(), operands.size(), named_closure_type<std::remove_reference_t<F>>(name),
                     address_of_closure(f), bound);
  }

  WEAVE_API bool make_task(const operand *, std::size_t operands, const closure_type &, void *closure, handle *bound);
  /// Null: nothing conflicts and nobody wants a task, so run it in place.
  worker_base *prepare(operand_list);
  void add(graph_task &, operand_list);
  WEAVE_API void wait_for_conflicts(const operand *, std::size_t operands);
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
