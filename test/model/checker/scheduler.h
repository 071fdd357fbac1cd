// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "choices.h"
#include "clock.h"
#include "fiber.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace weave::model {

/// How far an execution may stray from the plain one, in which threads run until they block and everybody reads the
/// newest value.
struct bounds {
  unsigned preemptions = 2; ///< How often a thread is stopped that could go on.
  unsigned stale =
      2; ///< How often an older value is read, or a store enters the modification order before a newer one.
  bool reduced = true; ///< Without executions that differ from another one in the order of independent operations only.
};

/// What an operation has to do with those of other threads.
struct operation {
  enum { reads, agrees, writes, is_local, touches_all } does; ///< Reads that agree on one order matter to each other.
  const void *object;

  bool depends_on(const operation &other) const {
    if (does == is_local || other.does == is_local)
      return false;
    if (does == touches_all || other.does == touches_all)
      return true;
    return object == other.object &&
           (does == writes || other.does == writes || (does == agrees && other.does == agrees));
  }
};

/// Threads of the model, of which one runs at a time, and which one is a choice.
///
/// A thread that was stopped before an operation is not resumed before another one has done something that the
/// operation depends on: to stop it after the operation would come to the same, and takes no more preemptions. Source:
/// sleep sets (Godefroid, Partial-Order Methods for the Verification of Concurrent Systems, 1996), here for preemptions
/// alone, so that what is left out has a counterpart within the same bounds (see Coons, Musuvathi and McKinley, Bounded
/// Partial-Order Reduction, 2013). It holds only if the thread, had it done the operation, would have come to another
/// one at once: otherwise there is no such stop after it. Whether it would is known, since the execution in which it
/// goes on comes first.
///
/// Thread-safety: all threads of the model are fibers of one thread.
class scheduler {
public:
  /// Lets each thread of the model have its own value of a thread-local variable.
  template <class T> void keep_per_thread(T &variable) { locals_.push_back({&variable, sizeof(T)}); }
  bool is_per_thread(const void *memory) const;

  /// Runs `main` as thread 0, and all that it starts, until all have ended or one has failed.
  void run(choices &, bounds, const std::function<void()> &main);

  bool failed() const { return !failure_.empty(); }
  const std::string &failure() const { return failure_; }
  /// Whether this execution comes to the same as an earlier one. It still runs to its end, for the sake of the memory
  /// that it has.
  bool is_redundant() const { return redundant_; }

  // For the thread that runs.

  unsigned self() const { return self_; }
  unsigned count() const { return used_; }
  clock &now() { return threads_[self_].now; }
  clock &now(unsigned thread) { return threads_[thread].now; }
  /// A moment of its own for the next operation.
  moment tick() { return now().tick(self_); }
  /// Before each operation that others may see: goes on with this thread, or, if the bound allows it, with another.
  void point(operation next);
  /// An operation of the running thread that is no point: others see it, or it sees what others did.
  void act(operation);
  /// Goes on with others until somebody wakes this thread.
  void block(const char *why);
  /// Goes on with others until none of them can.
  void rest();
  /// The same in a loop that waits for what others do: threads in such loops take turns.
  void spin();
  void wake(unsigned thread) { threads_[thread].state = state::ready; }
  unsigned start(std::function<void()>);
  /// Blocks until the thread has ended; what it did happens before what follows.
  void join(unsigned thread);
  /// Ends the execution.
  [[noreturn]] void fail(std::string);
  /// A choice between reading the newest value (0) and older ones.
  unsigned pick_stale(unsigned alternatives);
  /// A choice that costs nothing.
  unsigned pick(unsigned alternatives) { return choose(alternatives, false); }
  /// What clocks show, and how models let time pass. Not inline: the checker looks at what instrumented code touches.
  std::chrono::nanoseconds elapsed() const;
  void pass(std::chrono::nanoseconds time);

private:
  enum class state { unused, ready, resting, spinning, blocked, ended };
  struct thread {
    fiber stack;
    clock now;
    enum state state = state::unused;
    const char *why = nullptr;  // it is blocked
    unsigned joining;           // the thread whose end it waits for, or most_threads
    unsigned spins_since = 0;   // which of the turns of all
    operation next{};           // before which it was stopped
    bool postponed = false;     // nobody has done anything yet that `next` depends on
    std::size_t went_on = none; // the choice before its last operation, at which it could have been stopped
    std::function<void()> body;
    std::vector<std::byte> locals;
  };
  struct local {
    void *variable;
    std::size_t bytes;
  };

  // More operations than any finite model has: two threads wait for each other in a loop.
  static constexpr unsigned most_steps = 20000;

  static constexpr std::size_t none = ~std::size_t{0};

  static void enter();
  unsigned choose(unsigned alternatives, bool rare, unsigned without = 0);
  void stop_going_on();
  void resume_what_depends_on(const operation &);
  void go(unsigned thread);
  void go_on_elsewhere();
  bool go_to_one_in(state);
  bool go_to_a_spinner();
  void save(std::vector<std::byte> &) const;
  void restore(const std::vector<std::byte> &);

  choices *choices_ = nullptr;
  bounds left_;
  bool redundant_ = false; // this execution, from here on
  std::array<thread, most_threads> threads_;
  unsigned used_ = 0, self_ = 0, steps_ = 0, spins_ = 0;
  std::chrono::nanoseconds elapsed_{0};
  fiber outside_;
  std::vector<local> locals_;
  std::vector<std::byte> outer_; // values of the locals outside, and at the start of each thread
  std::string failure_;
};

inline scheduler all_threads;

/// Those of the execution that runs; null outside.
inline scheduler *threads = nullptr;

} // namespace weave::model
