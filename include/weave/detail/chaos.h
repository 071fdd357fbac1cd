// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A build with WEAVE_CHAOS turns the scheduler's decisions at random and holds threads up between any two atomic accesses, so that what is rare happens often.
// Every decision that it makes is one that the scheduler may make. Without WEAVE_CHAOS nothing is left of it.
//
// WEAVE_CHAOS_SEED is a number that chooses other decisions; with several threads the same number does not give the same run.
#pragma once

#ifdef WEAVE_CHAOS
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <thread>
#endif

namespace weave::detail {

#ifndef WEAVE_CHAOS

/// True once in `odds` calls, at random; false without WEAVE_CHAOS.
constexpr bool chance(unsigned /*odds*/) noexcept { return false; }

#else

namespace chaos {

inline std::atomic<std::uint32_t> threads{0};
inline thread_local std::uint32_t state = 0;

// xorshift32, seeded differently in each thread
inline std::uint32_t next() noexcept {
  if (state == 0) {
    static const char *const seed = std::getenv("WEAVE_CHAOS_SEED");
    state = (static_cast<std::uint32_t>(seed ? std::strtoul(seed, nullptr, 10) : 1) * 97 + ++threads) * 2654435769u | 1u;
  }
  state ^= state << 13;
  state ^= state >> 17;
  return state ^= state << 5;
}

} // namespace chaos

inline bool chance(unsigned odds) noexcept { return chaos::next() % odds == 0; }

namespace chaos {

// Lets others overtake the caller, once in a while: by some microseconds, or for as long as the system likes.
inline void dawdle(unsigned odds) noexcept {
  if (!chance(odds))
    return;
  if (chance(8))
    return std::this_thread::yield();
  for (volatile std::uint32_t left = next() % 2048; left;)
    left = left - 1;
}

/// std::atomic, with something in between.
template <class T> class atomic : public std::atomic<T> {
  using base = std::atomic<T>;
  using order = std::memory_order;
  static constexpr unsigned reads = 256, writes = 32;

public:
  using base::base;
  using base::operator=;

  T load(order how = std::memory_order_seq_cst) const noexcept {
    dawdle(reads);
    return base::load(how);
  }
  void store(T value, order how = std::memory_order_seq_cst) noexcept {
    dawdle(writes);
    base::store(value, how);
  }
  T exchange(T value, order how = std::memory_order_seq_cst) noexcept {
    dawdle(writes);
    return base::exchange(value, how);
  }
  template <class... Orders> bool compare_exchange_strong(T &expected, T desired, Orders... how) noexcept {
    dawdle(writes);
    return base::compare_exchange_strong(expected, desired, how...);
  }
  template <class... Orders> bool compare_exchange_weak(T &expected, T desired, Orders... how) noexcept {
    dawdle(writes);
    if (chance(4)) { // for no reason
      expected = base::load(std::memory_order_acquire);
      return false;
    }
    return base::compare_exchange_weak(expected, desired, how...);
  }
  template <class U> T fetch_add(U operand, order how = std::memory_order_seq_cst) noexcept {
    dawdle(writes);
    return base::fetch_add(operand, how);
  }
  template <class U> T fetch_sub(U operand, order how = std::memory_order_seq_cst) noexcept {
    dawdle(writes);
    return base::fetch_sub(operand, how);
  }
};

} // namespace chaos
#endif

} // namespace weave::detail
