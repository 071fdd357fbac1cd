// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// SHA-1 (FIPS 180-4) of a message of up to 55 bytes, which is one block.
#pragma once

#include <array>
#include <cstdint>

using digest = std::array<std::uint32_t, 5>;

namespace sha1 {

inline std::uint32_t rotated(std::uint32_t x, int by) { return x << by | x >> (32 - by); }

/// The digest of the first `bytes` bytes of `block`, which are given as big-endian words; `bytes` is a multiple of
/// four.
inline digest of(std::array<std::uint32_t, 80> block, int bytes) {
  block[bytes / 4] = 0x80000000;
  block[15] = static_cast<std::uint32_t>(bytes) * 8;
  for (int i = 16; i < 80; ++i)
    block[i] = rotated(block[i - 3] ^ block[i - 8] ^ block[i - 14] ^ block[i - 16], 1);

  const digest start = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
  auto [a, b, c, d, e] = start;
  for (int i = 0; i < 80; ++i) {
    const auto [mixed, constant] = i < 20   ? std::array{(b & c) | (~b & d), 0x5a827999u}
                                   : i < 40 ? std::array{b ^ c ^ d, 0x6ed9eba1u}
                                   : i < 60 ? std::array{(b & c) | (b & d) | (c & d), 0x8f1bbcdcu}
                                            : std::array{b ^ c ^ d, 0xca62c1d6u};
    const std::uint32_t next = rotated(a, 5) + mixed + e + constant + block[i];
    e = d;
    d = c;
    c = rotated(b, 30);
    b = a;
    a = next;
  }
  return {start[0] + a, start[1] + b, start[2] + c, start[3] + d, start[4] + e};
}

} // namespace sha1
