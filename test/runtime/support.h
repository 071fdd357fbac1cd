// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What the tests of the runtime share.
#pragma once

#include "weave/weave.h"

#include <chrono>
#include <fstream>
#include <gtest/gtest.h>
#include <random>
#include <string>
#include <thread>

#if defined(__has_feature)
#if __has_feature(thread_sanitizer) || __has_feature(address_sanitizer)
#define WEAVE_TEST_SANITIZED 1
#endif
#endif
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
#define WEAVE_TEST_SANITIZED 1
#endif

namespace weave::test {

#ifdef WEAVE_TEST_SANITIZED
constexpr bool sanitized = true; ///< Memory and stack are not what they are in a real program, and time is short.
#else
constexpr bool sanitized = false;
#endif

/// `full`, or a part of it where a sanitizer makes everything slow.
constexpr long scaled(long full, long divisor = 20) { return sanitized ? full / divisor : full; }

/// How deep a recursion of tasks may be. What decides at random makes tasks even where a worker would make none on top of
/// so many, and the stack of a thread must hold them all.
#ifdef WEAVE_CHAOS
constexpr int deep = static_cast<int>(scaled(10000));
#else
constexpr int deep = static_cast<int>(scaled(20000));
#endif

/// Makes the next spawn of this thread create a task, as a thief's request does, unless enough is on offer or nobody
/// could take it.
inline void want_task() {
  if (detail::current->shares)
    detail::current->wanted.store(detail::request::for_tasks(1));
}

/// The same for a direct task, if the worker's is free.
inline void want_direct() {
  want_task();
  if (detail::current->shares && detail::current->record && detail::current->is_direct_free())
    detail::current->wanted.store(detail::request::own);
}

/// Spins until `done()` or for so long that something must be wrong. True if it was done.
template <class Done> bool comes_true(Done done, std::chrono::seconds limit = std::chrono::seconds(20)) {
  const auto deadline = std::chrono::steady_clock::now() + limit;
  while (!done()) {
    if (std::chrono::steady_clock::now() > deadline)
      return false;
    std::this_thread::yield();
  }
  return true;
}

/// Gives others a chance to overtake the caller: a few microseconds, and now and then the processor, which a busy
/// machine may keep for long.
inline void dawdle(unsigned times = 3) {
  thread_local unsigned calls = 0;
  const auto until = std::chrono::steady_clock::now() + std::chrono::microseconds(times);
  while (std::chrono::steady_clock::now() < until) {
  }
  if (++calls % 8 == 0)
    std::this_thread::yield();
}

/// The resident memory of this process that no file holds, in bytes. Exact, where /proc/self/statm lags by some pages a
/// thread and counts code that the system drops and reads again as it likes.
inline long resident_memory() {
  std::ifstream rollup("/proc/self/smaps_rollup");
  for (std::string name; rollup >> name;)
    if (long kilobytes = 0; name == "Anonymous:" && rollup >> kilobytes)
      return kilobytes * 1024;
  return 0;
}

/// Expects that the program uses less than `limit` bytes more than the `before` of `resident_memory()`. A sanitizer has
/// memory of its own, which grows as it likes, so nothing is expected under one.
inline void expect_little_growth(long before, long limit) {
  const long grown = resident_memory() - before;
  testing::Test::RecordProperty("grown_bytes", std::to_string(grown));
  if (!sanitized) {
    EXPECT_LT(grown, limit);
  }
}

using generator = std::mt19937;
/// A number from 0 to below `limit`.
inline unsigned below(generator &numbers, unsigned limit) {
  return std::uniform_int_distribution<unsigned>(0, limit - 1)(numbers);
}

} // namespace weave::test
