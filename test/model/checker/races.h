// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "clock.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace weave::model {

/// Which threads used which bytes of plain memory, to find two that are not ordered by what happens before.
///
/// The compiler reports the accesses: it instruments the code under test for ThreadSanitizer, whose functions races.cpp
/// defines. Complexity: constant for an access, in proportion to its bytes for memory that is freed.
class races {
public:
  void begin();

  // For the thread that runs.

  /// @param code  where the access is
  void access(const void *, std::size_t bytes, bool writes, const void *code);
  /// Counts as a write. Keeps the memory until the execution has ended, so that it is no other object's in the
  /// meantime.
  void freed(void *, std::size_t bytes, const void *code);
  /// For pools of memory: counts as a write, and then as a mistake until `unpoison`.
  void poison(const void *, std::size_t bytes);
  void unpoison(const void *, std::size_t bytes);

private:
  using address = std::uintptr_t;
  struct use {
    moment when;
    std::uint8_t thread, bytes; // a bit for each byte of the granule
    bool writes;
    const void *code;
  };
  struct granule {
    address at = 0; // its number
    std::uint64_t execution = 0;
    bool freed = false;
    std::vector<use> uses;
  };

  // Larger blocks of memory (those that the pools are made of) are not looked at when they are freed.
  static constexpr std::size_t most_watched = 4096;

  granule &find(address number);
  void mark(const void *, std::size_t bytes, bool freed);
  void use_granule(granule &, std::uint8_t bytes, bool writes, const void *code);

  std::uint64_t execution_ = 0;
  std::vector<granule> table_ =
      std::vector<granule>(1 << 14); // open addressing; an entry of an earlier execution is free
  std::size_t used_ = 0;
  std::vector<void *> freed_;
};

inline races plain;

} // namespace weave::model
