// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Counts what is allocated, and places each object at the begin of a cache line, so that a run does not depend on those before it.
#include "allocations.h"

#include "checker/unwatched.h"
#include "machine/seam.h"

#include <algorithm>
#include <cstdlib>
#include <new>
#include <unordered_map>

namespace {

using weave::model::unwatched;
using weave::sim::allocated;

std::unordered_map<const void *, weave::sim::nanoseconds> births;

// In front of each block.
struct header {
  bool counted;
};

std::size_t padding(std::size_t alignment) { return std::max<std::size_t>(64, alignment); }

void *allocate(std::size_t bytes, std::size_t alignment) noexcept {
  const std::size_t pad = padding(alignment);
  auto *memory = static_cast<std::byte *>(std::aligned_alloc(pad, (bytes + 2 * pad - 1) / pad * pad));
  if (!memory)
    return nullptr;
  const bool counted = !unwatched::now();
  allocated.blocks += counted;
  ::new (memory) header{counted};
  if (counted) { // it may be a task too large for a pool
    const unwatched section;
    births[memory + pad] = weave::sim::processors.now();
  }
  return memory + pad;
}

void *allocate_or_throw(std::size_t bytes, std::size_t alignment) {
  void *memory = allocate(bytes, alignment);
  return memory ? memory : throw std::bad_alloc();
}

void release(void *memory, std::size_t alignment) noexcept {
  if (!memory)
    return;
  std::byte *block = static_cast<std::byte *>(memory) - padding(alignment);
  allocated.blocks -= reinterpret_cast<header *>(block)->counted;
  std::free(block);
}

} // namespace

void *operator new(std::size_t bytes) { return allocate_or_throw(bytes, 1); }
void *operator new(std::size_t bytes, std::align_val_t alignment) { return allocate_or_throw(bytes, std::size_t(alignment)); }
void *operator new(std::size_t bytes, const std::nothrow_t &) noexcept { return allocate(bytes, 1); }
void *operator new(std::size_t bytes, std::align_val_t alignment, const std::nothrow_t &) noexcept {
  return allocate(bytes, std::size_t(alignment));
}
void operator delete(void *memory) noexcept { release(memory, 1); }
void operator delete(void *memory, std::size_t) noexcept { release(memory, 1); }
void operator delete(void *memory, std::align_val_t alignment) noexcept { release(memory, std::size_t(alignment)); }
void operator delete(void *memory, std::size_t, std::align_val_t alignment) noexcept { release(memory, std::size_t(alignment)); }

namespace weave::sim {

// A pool watches a task's block but for the link at its begin.
void unpoison(const void *memory, std::size_t) noexcept {
  const unwatched section;
  ++allocated.tasks;
  ++allocated.tasks_made;
  births[static_cast<const std::byte *>(memory) - sizeof(void *)] = processors.now();
}

void poison(const void *, std::size_t) noexcept { --allocated.tasks; }

nanoseconds born(const void *task) {
  const auto found = births.find(task);
  return found == births.end() ? 0 : found->second;
}

} // namespace weave::sim
