// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dataflow/turns.h"

namespace weave::detail {

claim turn::held_{nullptr, nullptr, nullptr};

bool turn::take(claim &mine) noexcept {
  mine.next = waiting_.load(memory_order_relaxed);
  while (true) {
    claim *const desired = mine.next ? &mine : &held_;
    if (waiting_.compare_exchange_weak(mine.next, desired, memory_order_acq_rel, memory_order_relaxed))
      return desired == &held_;
  }
}

claim *turn::pass() noexcept {
  if (!queue_) {
    claim *found = &held_;
    if (waiting_.compare_exchange_strong(found, nullptr, memory_order_release, memory_order_relaxed))
      return nullptr;
    found = waiting_.exchange(&held_, memory_order_acquire);
    while (found != &held_) { // turns them round
      claim *const later = found->next;
      found->next = queue_;
      queue_ = found;
      found = later;
    }
  }
  claim *const first = queue_;
  queue_ = first->next;
  return first;
}

} // namespace weave::detail
