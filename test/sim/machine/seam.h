// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// WEAVE_SEAM of the simulator: see include/weave/detail/sync.h.
#pragma once

#include "checker/mutants.h"
#include "checker/mutex.h"
#include "machine.h"

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <type_traits>
#include <utility>

namespace weave::model {
using order = std::memory_order; // which planted faults name
}

namespace weave::sim {

/// Has the interface, size and alignment of std::atomic.
template <class T> class atomic {
  using order = std::memory_order;
  using access = machine::access;

public:
  constexpr atomic() noexcept : value_{} {}
  constexpr atomic(T initial) noexcept : value_(initial) {}
  atomic(const atomic &) = delete;
  atomic &operator=(const atomic &) = delete;

  T load(order = order::seq_cst) const noexcept {
    processors.touch(&value_, access::read, true);
    return value_;
  }
  // A store waits in the processor's buffer, which it need not empty but for sequential consistency.
  void store(T value, order order = order::seq_cst) noexcept {
    processors.touch(&value_, access::write, order == order::seq_cst);
    value_ = value;
  }
  T exchange(T value, order = order::seq_cst) noexcept { return std::exchange(modified(), value); }
  bool compare_exchange_strong(T &expected, T desired, order = order::seq_cst, order = order::seq_cst) noexcept {
    T &value = modified();
    const bool equal = value == expected;
    expected = std::exchange(value, equal ? desired : value);
    return equal;
  }
  bool compare_exchange_weak(T &expected, T desired, order = order::seq_cst, order = order::seq_cst) noexcept {
    return compare_exchange_strong(expected, desired);
  }
  T fetch_add(T operand, order = order::seq_cst) noexcept {
    T &value = modified();
    return std::exchange(value, static_cast<T>(value + operand));
  }
  T fetch_sub(T operand, order = order::seq_cst) noexcept {
    T &value = modified();
    return std::exchange(value, static_cast<T>(value - operand));
  }
  T fetch_or(T operand, order = order::seq_cst) noexcept {
    T &value = modified();
    return std::exchange(value, static_cast<T>(value | operand));
  }
  T fetch_and(T operand, order = order::seq_cst) noexcept {
    T &value = modified();
    return std::exchange(value, static_cast<T>(value & operand));
  }
  /// For a contract of the program: costs no time.
  T glance() const noexcept { return value_; }
  void wait(T old, order = order::seq_cst) const noexcept {
    while (load() == old)
      processors.wait(&value_);
  }
  void notify_one() noexcept { processors.notify(&value_, false); }
  void notify_all() noexcept { processors.notify(&value_, true); }

private:
  T &modified() {
    processors.touch(&value_, access::modify, true);
    return value_;
  }

  alignas(std::atomic<T>) T value_;
};

using mutex = model::basic_mutex<atomic<bool>>;

/// Has the interface of std::thread.
class thread {
public:
  using id = unsigned;

  thread() = default;
  template <class F> explicit thread(F &&f) : id_(processors.start(std::forward<F>(f))) {}
  thread(thread &&) = default;
  thread &operator=(thread &&) = default;

  id get_id() const noexcept { return id_; }
  void join() { processors.join(id_); }
  void detach() noexcept {}

private:
  id id_ = 0;
};

inline thread::id this_thread() noexcept { return processors.self(); }
inline void relax() noexcept { processors.relax(); }
inline void yield() noexcept { processors.yield(); }

inline bool prepare_heavy_fences(bool) noexcept { return true; }
inline bool heavy_fence() noexcept {
  processors.interrupt_all();
  return true;
}

struct steady_clock {
  using duration = std::chrono::nanoseconds;
  using time_point = std::chrono::time_point<steady_clock, duration>;
  static time_point now() noexcept { return time_point(duration(processors.now())); }
};

/// Ends the experiment, whose seed will be printed; outside of one, the program.
[[noreturn]] inline void fail(const char *what) noexcept {
  if (processors.running())
    processors.fail(what);
  std::fprintf(stderr, "weave: %s\n", what);
  std::abort();
}

/// Blocks of the pools that are in use: since when.
void poison(const void *memory, std::size_t bytes) noexcept;
void unpoison(const void *memory, std::size_t bytes) noexcept;

} // namespace weave::sim

namespace weave {
namespace seam = sim;
} // namespace weave
