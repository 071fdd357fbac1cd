// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tells those who watch memory which part of a pool is nobody's: AddressSanitizer, and what tests the runtime through its seam. Otherwise these do nothing.
#pragma once

#include <cstddef>

#ifdef __has_feature
#if __has_feature(address_sanitizer)
#define WEAVE_ADDRESS_SANITIZER
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
#define WEAVE_ADDRESS_SANITIZER
#endif

#if defined(WEAVE_SEAM)
#include WEAVE_SEAM
#elif defined(WEAVE_ADDRESS_SANITIZER)
#include <sanitizer/asan_interface.h>
#endif

namespace weave::detail {

/// From now on, who uses these bytes makes a mistake.
inline void poison([[maybe_unused]] void *memory, [[maybe_unused]] std::size_t bytes) noexcept {
#if defined(WEAVE_SEAM)
  seam::poison(memory, bytes);
#elif defined(WEAVE_ADDRESS_SANITIZER)
  ASAN_POISON_MEMORY_REGION(memory, bytes);
#endif
}

/// They are somebody's again.
inline void unpoison([[maybe_unused]] void *memory, [[maybe_unused]] std::size_t bytes) noexcept {
#if defined(WEAVE_SEAM)
  seam::unpoison(memory, bytes);
#elif defined(WEAVE_ADDRESS_SANITIZER)
  ASAN_UNPOISON_MEMORY_REGION(memory, bytes);
#endif
}

} // namespace weave::detail
