// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The floating-point environment of a thread: how it rounds, whether it flushes to zero, what it traps; and which exceptions (in the sense of IEEE 754) have happened.
// Source: Intel 64 and IA-32 Architectures Software Developer's Manual, volume 1, sections 8.1 and 10.2.3.
#pragma once

#include "weave/detail/floating_point.h"

#include <cstdint>

namespace weave::platform {

using detail::floating_point;

/// What has happened, in MXCSR; all else there says how to compute.
constexpr std::uint32_t raised_flags = 0x3f;

/// Whether two such words say to compute in different ways.
constexpr bool differ(std::uint32_t a, std::uint32_t b) noexcept { return ((a ^ b) & ~raised_flags) != 0; }

inline void set_floating_point([[maybe_unused]] std::uint32_t word) noexcept {
#if defined(__x86_64__)
  __builtin_ia32_ldmxcsr(word);
#endif
}

/// The older half of the processor, which computes with `long double`, has a word of its own. The functions of <cfenv> change both; this one is read in no time.
inline std::uint16_t x87_control() noexcept {
  std::uint16_t word = 0;
#if defined(__x86_64__)
  asm volatile("fnstcw %0" : "=m"(word));
#endif
  return word;
}
inline void set_x87_control([[maybe_unused]] std::uint16_t word) noexcept {
#if defined(__x86_64__)
  if (x87_control() & ~word & raised_flags) // what traps from now on must not have happened before
    asm volatile("fnclex");
  asm volatile("fldcw %0" : : "m"(word));
#endif
}
/// What follows for it from the other word: the masks, and how to round.
constexpr std::uint16_t x87_control_for(std::uint32_t word, std::uint16_t now) noexcept {
  return static_cast<std::uint16_t>((now & ~0xc3fu) | (word >> 7 & 0x3f) | (word >> 3 & 0xc00));
}

/// Computes as a noted environment says, and in the end again as before. What was raised stays raised.
class computing_as {
public:
  explicit computing_as(std::uint32_t noted) noexcept : before_(floating_point()), changes_(differ(noted, before_)) {
    if (!changes_)
      return;
    x87_before_ = x87_control();
    set_floating_point((noted & ~raised_flags) | (before_ & raised_flags));
    set_x87_control(x87_control_for(noted, x87_before_));
  }
  computing_as(const computing_as &) = delete;
  computing_as &operator=(const computing_as &) = delete;
  ~computing_as() {
    if (!changes_)
      return;
    set_floating_point((before_ & ~raised_flags) | (floating_point() & raised_flags));
    set_x87_control(x87_before_);
  }

private:
  const std::uint32_t before_;
  const bool changes_;
  std::uint16_t x87_before_ = 0;
};

/// Keeps the thread's environment from what is done while it lives. Nothing is raised at first.
class own_environment {
public:
  own_environment() noexcept {
    if (before_ & raised_flags)
      set_floating_point(before_ & ~raised_flags);
  }
  own_environment(const own_environment &) = delete;
  own_environment &operator=(const own_environment &) = delete;
  /// Ends it. Returns what was raised.
  std::uint32_t restore() const noexcept {
    const std::uint32_t now = floating_point();
    if (now != before_)
      set_floating_point(before_);
    if (x87_control() != x87_before_)
      set_x87_control(x87_before_);
    return now & raised_flags;
  }

private:
  const std::uint32_t before_ = floating_point();
  const std::uint16_t x87_before_ = x87_control();
};

/// Raises flags, if they are not raised yet.
inline void raise_flags(std::uint32_t flags) noexcept {
  if (flags != 0)
    if (const std::uint32_t now = floating_point(); (flags & ~now) != 0)
      set_floating_point(now | flags);
}

} // namespace weave::platform
