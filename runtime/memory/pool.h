// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "memory/poison.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <new>
#include <utility>

namespace weave::detail {

/// Memory of one worker's tasks: free lists of a few sizes, and the general allocator for what is larger.
///
/// Thread-safety: its owner's alone. No lock is needed, because a task is freed by the worker that made it.
/// Complexity: constant; a free list costs one load and one store.
class pool {
public:
  pool() = default;
  pool(const pool &) = delete;
  pool &operator=(const pool &) = delete;
  ~pool() {
    while (chunks_)
      ::operator delete(std::exchange(chunks_, chunks_->next), std::align_val_t{granule});
  }

  void *allocate(std::size_t bytes, std::size_t alignment) noexcept {
    if (!pooled(bytes, alignment)) {
      void *made = ::operator new(bytes, std::align_val_t{alignment}, std::nothrow);
      live_ += made != nullptr;
      return made;
    }
    block *&list = free_[size_class(bytes)];
    if (!list && !refill(size_class(bytes)))
      return nullptr;
    ++live_;
    block *found = std::exchange(list, list->next);
    unpoison(found + 1, bytes - std::min(bytes, sizeof(block)));
    return found;
  }

  void free(void *memory, std::size_t bytes, std::size_t alignment) noexcept {
    --live_;
    if (!pooled(bytes, alignment))
      return ::operator delete(memory, std::align_val_t{alignment});
    block *&list = free_[size_class(bytes)];
    list = ::new (memory) block{list};
    poison(list + 1, bytes - std::min(bytes, sizeof(block)));
  }

  /// How many blocks are not freed yet.
  std::size_t live() const noexcept { return live_; }

private:
  struct block {
    block *next;
  };

  static constexpr std::size_t granule = 64; // a cache line: tasks of different workers never share one
  static constexpr std::size_t classes = 8;
  static constexpr std::size_t chunk_bytes = 16 * 1024;

  static bool pooled(std::size_t bytes, std::size_t alignment) noexcept {
    return bytes <= granule * classes && alignment <= granule;
  }
  static std::size_t size_class(std::size_t bytes) noexcept { return (bytes - 1) / granule; }

  bool refill(std::size_t size_class) noexcept {
    auto *memory = static_cast<std::byte *>(::operator new(chunk_bytes, std::align_val_t{granule}, std::nothrow));
    if (!memory)
      return false;
    chunks_ = ::new (memory) block{chunks_};
    const std::size_t size = (size_class + 1) * granule;
    for (std::size_t at = granule; at + size <= chunk_bytes; at += size)
      free_[size_class] = ::new (memory + at) block{free_[size_class]};
    return true;
  }

  std::array<block *, classes> free_{};
  block *chunks_ = nullptr;
  std::size_t live_ = 0;
};

} // namespace weave::detail
