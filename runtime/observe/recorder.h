// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a worker writes down of itself for a trace.
#pragma once

#include "platform/ticks.h"
#include "weave/detail/site.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace weave::detail::observe {

enum class what : std::uint32_t {
  thread,     ///< A thread of the program was this worker.
  taken_back, ///< It ran a task that it had made itself: where it was joined,
  found,      ///< or while it waited for something else,
  stolen,     ///< or one of `other`'s.
  loop,       ///< It began a loop, and saw to its end.
  searching,
  sleeping,
  woke,   ///< It woke `other`.
  joined, ///< A wait for a task was over, which `other` had.
};

/// Something that a worker did. What has no length ends where it begins.
struct record {
  platform::ticks begin, end;
  const site *where; ///< Null: nobody knows.
  const void *task;  ///< Its address, by which its thief and who waits for it mean the same one.
  what kind;
  std::uint32_t other;
};

/// Records of one worker, the oldest: those that come when the room is full are counted.
///
/// Protocol: its owner adds; anyone may read those up to `size`.
/// Ordering: an addition releases the record to who acquires the size.
class recorder {
public:
  /// Throws std::bad_alloc. What is not written to takes no memory.
  explicit recorder(std::size_t most) : records_(new record[most]), most_(most) {}

  void add(const record &done) noexcept {
    const std::size_t now = size_.load(std::memory_order_relaxed);
    if (now == most_) {
      dropped_.store(dropped() + 1, std::memory_order_relaxed);
    } else {
      records_[now] = done;
      size_.store(now + 1, std::memory_order_release);
    }
  }
  std::size_t size() const noexcept { return size_.load(std::memory_order_acquire); }
  const record &operator[](std::size_t index) const noexcept { return records_[index]; }
  std::uint64_t dropped() const noexcept { return dropped_.load(std::memory_order_relaxed); }

private:
  const std::unique_ptr<record[]> records_;
  const std::size_t most_;
  std::atomic<std::size_t> size_{0};
  std::atomic<std::uint64_t> dropped_{0};
};

} // namespace weave::detail::observe
