// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "weave/detail/contract.h"
#include "weave/detail/sync.h"

#include <cstddef>
#include <new>

namespace weave::detail {

/// The channel by which memory comes back to the worker that it belongs to: any sender, one receiver.
///
/// Protocol: a list that senders push to, and of which the owner takes all at once, so that nothing comes twice.
/// Ordering: taking acquires what pushing released: the block is the owner's then.
/// Lifetime: the worker's; a block is a message until it is taken, written in its own memory.
class returns {
public:
  struct block {
    block *next;
    std::size_t bytes, alignment;
  };

  /// Anyone. At least `sizeof(block)` bytes.
  void push(void *memory, std::size_t bytes, std::size_t alignment) noexcept {
    WEAVE_ASSERT(bytes >= sizeof(block), "memory that comes back has room for the message");
    WEAVE_ASSERT(alignment >= alignof(block), "memory that comes back is aligned for the message");
    auto *returned = ::new (memory) block{last_.load(memory_order_relaxed), bytes, alignment};
    while (!last_.compare_exchange_weak(returned->next, returned, memory_order_release, memory_order_relaxed)) {
    }
  }

  /// Owner. Calls `free(memory, bytes, alignment)` for each block.
  template <class Free> void take_all(Free &&free) noexcept {
    block *next = last_.exchange(nullptr, memory_order_acquire);
    while (next) {
      const block taken = *next;
      free(static_cast<void *>(next), taken.bytes, taken.alignment);
      next = taken.next;
    }
  }

private:
  atomic<block *> last_{nullptr};
};

} // namespace weave::detail
