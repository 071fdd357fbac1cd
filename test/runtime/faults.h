// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What can be made to fail: allocations and the start of threads, of this whole process.
#pragma once

#include <atomic>

namespace weave::test {

/// While this lives, one occasion fails: the `nth`, counted from 1.
class fault {
public:
  fault(std::atomic<long> &countdown, long nth) : countdown_(countdown) { countdown_ = nth; }
  fault(const fault &) = delete;
  fault &operator=(const fault &) = delete;
  ~fault() { countdown_ = 0; }

  /// Whether there were so many occasions.
  bool struck() const { return countdown_ <= 0; }

private:
  std::atomic<long> &countdown_;
};

inline std::atomic<long> until_allocation_fails{0}, until_thread_fails{0};
inline std::atomic<long> live_blocks{0}; ///< Allocated and not freed.

/// Whether this occasion is the one.
inline bool strikes(std::atomic<long> &countdown) { return countdown > 0 && countdown.fetch_sub(1) == 1; }

} // namespace weave::test
