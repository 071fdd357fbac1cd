// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What the code under test calls without knowing: the functions of ThreadSanitizer, which the compiler inserts at each
// access to plain memory (the program is not linked with the sanitizer), and those that allocate and free.
#include "races.h"
#include "unwatched.h"

#include <cstdlib>
#include <cstring>
#include <malloc.h>
#include <new>

namespace {

// Part of each function below, whose caller is the code under test.
[[gnu::always_inline]] inline void use(const void *memory, std::size_t bytes, bool writes) {
  if (!weave::model::unwatched::now())
    weave::model::plain.access(memory, bytes, writes, __builtin_return_address(0));
}

[[gnu::always_inline]] inline void release(void *memory) {
  if (memory && !weave::model::unwatched::now())
    weave::model::plain.freed(memory, malloc_usable_size(memory), __builtin_return_address(0));
  else
    std::free(memory);
}

void *or_throw(void *memory) { return memory ? memory : throw std::bad_alloc(); }

} // namespace

#define WEAVE_MODEL_SIZE(n)                                                                                            \
  void __tsan_read##n(void *at) { use(at, n, false); }                                                                 \
  void __tsan_write##n(void *at) { use(at, n, true); }                                                                 \
  void __tsan_unaligned_read##n(void *at) { use(at, n, false); }                                                       \
  void __tsan_unaligned_write##n(void *at) { use(at, n, true); }                                                       \
  void __tsan_read_write##n(void *at) { use(at, n, true); }                                                            \
  void __tsan_unaligned_read_write##n(void *at) { use(at, n, true); }

extern "C" {
WEAVE_MODEL_SIZE(1)
WEAVE_MODEL_SIZE(2)
WEAVE_MODEL_SIZE(4)
WEAVE_MODEL_SIZE(8)
WEAVE_MODEL_SIZE(16)
void __tsan_read_range(void *at, unsigned long bytes) { use(at, bytes, false); }
void __tsan_write_range(void *at, unsigned long bytes) { use(at, bytes, true); }
void __tsan_vptr_update(void **at, void *) { use(at, sizeof *at, true); }
void __tsan_vptr_read(void **at) { use(at, sizeof *at, false); }
void *__tsan_memcpy(void *to, const void *from, std::size_t bytes) {
  use(from, bytes, false);
  use(to, bytes, true);
  return std::memcpy(to, from, bytes);
}
void *__tsan_memmove(void *to, const void *from, std::size_t bytes) {
  use(from, bytes, false);
  use(to, bytes, true);
  return std::memmove(to, from, bytes);
}
void *__tsan_memset(void *to, int value, std::size_t bytes) {
  use(to, bytes, true);
  return std::memset(to, value, bytes);
}
unsigned char __tsan_atomic8_load(const unsigned char *guard, int) { return __atomic_load_n(guard, __ATOMIC_ACQUIRE); }
// Counters and records that nothing depends on, which models need not see.
unsigned long __tsan_atomic64_load(const unsigned long *at, int) { return __atomic_load_n(at, __ATOMIC_ACQUIRE); }
void __tsan_atomic64_store(unsigned long *at, unsigned long value, int) {
  __atomic_store_n(at, value, __ATOMIC_RELEASE);
}
void __tsan_init() {}
void __tsan_func_entry(void *) {}
void __tsan_func_exit() {}
void __tsan_atomic_signal_fence(int) {}
}

void *operator new(std::size_t bytes) { return or_throw(std::malloc(bytes)); }
void *operator new(std::size_t bytes, std::align_val_t alignment) {
  const auto granule = static_cast<std::size_t>(alignment);
  return or_throw(std::aligned_alloc(granule, (bytes + granule - 1) / granule * granule));
}
void operator delete(void *memory) noexcept { release(memory); }
void operator delete(void *memory, std::size_t) noexcept { release(memory); }
void operator delete(void *memory, std::align_val_t) noexcept { release(memory); }
void operator delete(void *memory, std::size_t, std::align_val_t) noexcept { release(memory); }
