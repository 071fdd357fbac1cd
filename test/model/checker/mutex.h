// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <atomic>

namespace weave::model {

/// Has the interface of std::mutex, for threads that take turns on one thread of the system, which a std::mutex would stop. `Flag`: their atomic<bool>.
template <class Flag> class basic_mutex {
public:
  constexpr basic_mutex() = default;

  void lock() noexcept {
    while (held_.exchange(true, std::memory_order_acquire))
      held_.wait(true, std::memory_order_relaxed);
  }
  void unlock() noexcept {
    held_.store(false, std::memory_order_release);
    held_.notify_one();
  }

private:
  Flag held_{false};
};

} // namespace weave::model
