// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The program's own allocator and pthread_create, which can fail.
#include "faults.h"

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <dlfcn.h>
#include <new>
#include <pthread.h>

using namespace weave::test;

namespace {

void *allocate(std::size_t bytes, std::size_t alignment = alignof(std::max_align_t)) noexcept {
  if (strikes(until_allocation_fails))
    return nullptr;
  void *memory = std::aligned_alloc(alignment, (std::max<std::size_t>(bytes, 1) + alignment - 1) / alignment * alignment);
  live_blocks += memory != nullptr;
  return memory;
}

void *or_throw(void *memory) { return memory ? memory : throw std::bad_alloc(); }

void release(void *memory) noexcept {
  live_blocks -= memory != nullptr;
  std::free(memory);
}

} // namespace

void *operator new(std::size_t bytes) { return or_throw(allocate(bytes)); }
void *operator new(std::size_t bytes, std::align_val_t alignment) { return or_throw(allocate(bytes, std::size_t(alignment))); }
void *operator new(std::size_t bytes, const std::nothrow_t &) noexcept { return allocate(bytes); }
void *operator new(std::size_t bytes, std::align_val_t alignment, const std::nothrow_t &) noexcept {
  return allocate(bytes, std::size_t(alignment));
}
void operator delete(void *memory) noexcept { release(memory); }
void operator delete(void *memory, std::size_t) noexcept { release(memory); }
void operator delete(void *memory, std::align_val_t) noexcept { release(memory); }
void operator delete(void *memory, std::size_t, std::align_val_t) noexcept { release(memory); }

extern "C" int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *), void *argument) {
  using function = int (*)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
  static const auto real = reinterpret_cast<function>(dlsym(RTLD_NEXT, "pthread_create"));
  return strikes(until_thread_fails) ? EAGAIN : real(thread, attributes, start, argument);
}
