// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "checker/fiber.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace weave::sim {

using nanoseconds = std::uint64_t;

/// What things cost.
struct latencies {
  nanoseconds hit = 1;         ///< An access to a line that this processor has.
  nanoseconds modify = 6;      ///< An atomic read-modify-write, or a sequentially consistent store, beyond the access.
  nanoseconds transfer = 80;   ///< A cache line from another processor.
  nanoseconds fence = 9000;    ///< A heavy fence, for who calls it,
  nanoseconds interrupt = 1000; ///< and for every other thread that runs.
  nanoseconds relax = 20;      ///< A pause in a spinning loop.
  nanoseconds yield = 400;     ///< Giving the processor away to nobody.
  nanoseconds notify = 3000;   ///< Waking a thread, for who wakes it,
  nanoseconds wake_up = 50000; ///< and until it runs.
  nanoseconds start = 20000;   ///< Starting a thread.
};

/// What disturbs. Each kind comes once in so many occasions, at random; 0: never.
struct disturbances {
  unsigned delays = 0; ///< A cache line is late.
  nanoseconds delay = 0;
  unsigned stalls = 0; ///< A processor stands still.
  nanoseconds stall = 0;
};

struct settings {
  latencies costs;
  disturbances trouble;
  std::uint64_t seed = 1;
  nanoseconds limit = 60'000'000'000; ///< A run that takes longer has no end.
};

/// A machine of any number of processors with virtual time, each of which runs one thread.
///
/// Always the thread with the smallest clock runs, until its clock is `lead` ahead of another's. An access to an atomic costs what the
/// state of its cache line says: a line is at one processor, exclusively, or at several. Lines move one after the other.
///
/// What it shows: one sequentially consistent execution for each seed. (The model checker shows the others.)
/// Thread-safety: the threads are fibers of one thread of the system.
/// Complexity: an access takes O(log processors), and a write to a shared line O(processors / 64).
class machine {
public:
  enum class access { read, write, modify };

  /// Lets each thread have its own value of a thread-local variable.
  template <class T> void keep_per_thread(T &variable) { locals_.push_back({&variable, sizeof(T)}); }

  /// Calls `look` once in each `period`, between two accesses. What it accesses costs nothing.
  void watch(nanoseconds period, std::function<void()> look);

  /// Runs `main` on the first processor, until it and all threads that it starts have ended, or one of them fails.
  void run(const settings &, std::function<void()> main);
  const std::string &failure() const { return failure_; }
  /// How many lines moved from processor to processor, so far.
  std::uint64_t transfers() const { return transfers_; }
  /// A number that differs, most likely, between runs that differ in anything.
  std::uint64_t digest() const { return digest_; }
  nanoseconds time() const { return now_; }

  // For the thread that runs.

  unsigned self() const { return self_; }
  bool running() const { return self_ != nobody; }
  nanoseconds now() const { return now_; }
  /// A computation.
  void spend(nanoseconds);
  void touch(const void *, access, bool waits_for_line);
  void relax() { spend(costs().relax); }
  /// A heavy fence.
  void interrupt_all();
  void yield() { spend(costs().yield); }
  /// Sleeps until somebody wakes who waits at this address. The caller has just looked that it must.
  void wait(const void *);
  void notify(const void *, bool all);
  unsigned start(std::function<void()>);
  void join(unsigned thread);
  /// Ends the run.
  [[noreturn]] void fail(std::string);
  /// A random number below `limit`.
  std::uint64_t below(std::uint64_t limit) { return random_() % limit; }

  // For `look`.

  unsigned threads() const { return static_cast<unsigned>(threads_.size()); }
  /// Since when the thread has slept in `wait`; 0 if it does not.
  nanoseconds asleep_since(unsigned thread) const { return threads_[thread]->asleep; }

private:
  static constexpr unsigned nobody = ~0u;
  static constexpr nanoseconds lead = 20; // well below a transfer: nobody could know better

  struct thread {
    model::fiber stack;
    nanoseconds clock = 0, asleep = 0;
    unsigned joined_by = nobody;
    bool ended = false;
    std::function<void()> body;
    std::vector<std::byte> locals;
  };
  struct line {
    unsigned owner = nobody;            // who has it for itself
    nanoseconds free = 0;               // when it can move again
    std::vector<std::uint64_t> sharers; // a bit for each thread, if it has no owner
  };
  struct local {
    void *variable;
    std::size_t bytes;
  };
  using turn = std::pair<nanoseconds, unsigned>;

  static void enter();
  const latencies &costs() const { return settings_.costs; }
  thread &here() { return *threads_[self_]; }
  void ready(unsigned thread, nanoseconds when);
  void go(unsigned thread);
  void go_on_elsewhere();
  void catch_up();
  void save(std::vector<std::byte> &) const;
  void restore(const std::vector<std::byte> &);
  nanoseconds varied(nanoseconds cost);
  void note(std::uint64_t what) { digest_ = (digest_ ^ what) * 0x9e3779b97f4a7c15u; }

  settings settings_;
  std::mt19937_64 random_;
  std::vector<std::unique_ptr<thread>> threads_;
  std::vector<turn> turns_; // a heap of those that could go on, the earliest first
  std::unordered_map<std::uintptr_t, line> lines_;
  std::uintptr_t last_number_ = 0; // the line that was touched last
  line *last_ = nullptr;
  std::unordered_map<const void *, std::vector<unsigned>> waiters_;
  unsigned self_ = nobody;
  nanoseconds now_ = 0; // the clock of the thread that runs
  std::uint64_t transfers_ = 0, digest_ = 0;
  model::fiber outside_;
  std::vector<local> locals_;
  std::vector<std::byte> outer_;
  std::string failure_;
  nanoseconds period_ = 0, next_look_ = 0;
  std::function<void()> look_;
  bool looking_ = false;
};

inline machine processors;

} // namespace weave::sim
