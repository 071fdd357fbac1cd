// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "memory/poison.h"
#include "weave/detail/contract.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <memory>
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
    WEAVE_ASSERT(is_a_size(bytes, alignment), "memory is asked for by a size and a power of two");
    if (!pooled(bytes, alignment)) {
      void *made = ::operator new(bytes, std::align_val_t{alignment}, std::nothrow);
      live_ += made != nullptr;
      return made;
    }
    if (!free_[size_class(bytes)] && !refill(size_class(bytes)))
      return nullptr;
    return reuse(bytes, alignment);
  }

  /// A block that is free already; null if there is none.
  void *reuse(std::size_t bytes, std::size_t alignment) noexcept {
    WEAVE_ASSERT(is_a_size(bytes, alignment), "memory is reused by a size and a power of two");
    if (!pooled(bytes, alignment))
      return nullptr;
    block *&list = free_[size_class(bytes)];
    block *found = list;
    if (!found)
      return nullptr;
    ++live_;
    list = found->next;
    unpoison(found + 1, bytes - std::min(bytes, sizeof(block)));
    return found;
  }

  void free(void *memory, std::size_t bytes, std::size_t alignment) noexcept {
    WEAVE_ASSERT(live_ != 0, "a pool frees what it allocated");
    WEAVE_ASSERT(is_a_size(bytes, alignment), "memory is freed by a size and a power of two");
    --live_;
    if (!pooled(bytes, alignment))
      return ::operator delete(memory, std::align_val_t{alignment});
    block *&list = free_[size_class(bytes)];
    list = ::new (memory) block{list};
    poison(list + 1, bytes - std::min(bytes, sizeof(block)));
  }

  /// Gives to the general allocator what holds no block in use. False: there was nothing.
  /// Complexity: O(n log n) in the free blocks.
  bool trim() noexcept {
    std::size_t count = 0;
    for (chunk *each = chunks_; each; each = each->next)
      ++count;
    const std::unique_ptr<chunk *[]> chunks(new (std::nothrow) chunk *[count]);
    if (!count || !chunks)
      return false;
    chunk **end = chunks.get();
    for (chunk *each = chunks_; each; each = each->next) {
      each->free = 0;
      *end++ = each;
    }
    std::sort(chunks.get(), end, std::less<>());
    const auto chunk_of = [&](const void *block) -> chunk & { return **(std::upper_bound(chunks.get(), end, block, std::less<>()) - 1); };
    for (block *list : free_)
      for (; list; list = list->next)
        ++chunk_of(list).free;
    for (block *&list : free_)
      for (block **link = &list; *link;)
        if (chunk_of(*link).unused())
          *link = (*link)->next;
        else
          link = &(*link)->next;
    bool any = false;
    for (chunk **link = &chunks_; chunk *each = *link;)
      if (each->unused()) {
        *link = each->next;
        ::operator delete(each, std::align_val_t{granule});
        any = true;
      } else {
        link = &each->next;
      }
    return any;
  }

  /// How many blocks are not freed yet.
  std::size_t live() const noexcept { return live_; }

private:
  struct block {
    block *next;
  };
  struct chunk { // in its first granule
    chunk *next;
    std::size_t blocks, free; // the second only while it is trimmed
    bool unused() const { return free == blocks; }
  };

  static constexpr std::size_t granule = 64; // a cache line: tasks of different workers never share one
  static constexpr std::size_t classes = 8;
  static constexpr std::size_t chunk_bytes = 16 * 1024;

  static bool is_a_size(std::size_t bytes, std::size_t alignment) noexcept {
    return bytes != 0 && alignment != 0 && (alignment & (alignment - 1)) == 0;
  }
  static bool pooled(std::size_t bytes, std::size_t alignment) noexcept {
    return bytes <= granule * classes && alignment <= granule;
  }
  static std::size_t size_class(std::size_t bytes) noexcept { return (bytes - 1) / granule; }

  bool refill(std::size_t size_class) noexcept {
    auto *memory = static_cast<std::byte *>(::operator new(chunk_bytes, std::align_val_t{granule}, std::nothrow));
    if (!memory)
      return false;
    const std::size_t size = (size_class + 1) * granule;
    chunks_ = ::new (memory) chunk{chunks_, (chunk_bytes - granule) / size, 0};
    for (std::size_t at = granule; at + size <= chunk_bytes; at += size)
      free_[size_class] = ::new (memory + at) block{free_[size_class]};
    return true;
  }

  std::array<block *, classes> free_{};
  chunk *chunks_ = nullptr;
  std::size_t live_ = 0;
};

} // namespace weave::detail
