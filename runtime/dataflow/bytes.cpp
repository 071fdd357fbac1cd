// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dataflow/bytes.h"

#include <algorithm>
#include <utility>

namespace weave::detail {
namespace {

using wide = __int128;

/// The least k >= 0 with (a * k) mod m in [low, high], where 0 <= a < m and 0 <= low <= high < m; negative if there is
/// none.
// If no multiple of `a` below m is among them, some laps around m lead there; how many is the same question, asked of m
// mod a.
wide first_in_range(wide a, wide m, wide low, wide high) noexcept {
  if (low == 0)
    return 0;
  if (a == 0)
    return -1;
  const wide direct = (low + a - 1) / a;
  if (direct * a <= high)
    return direct;
  const wide laps = first_in_range(m % a, a, a - high % a, a - low % a); // as a * k = m * laps + what is in the range
  return laps < 0 ? -1 : (low + m * laps + a - 1) / a;
}

/// The part of a set that is one copy of its outermost level, moved by an offset.
bytes inner(const bytes &of, std::uintptr_t offset) noexcept {
  return {of.begin + offset, of.run, of.levels + 1, of.level_count - 1};
}

wide ceiling(wide a, wide b) noexcept { return a >= 0 ? (a + b - 1) / b : -(-a / b); }
wide floor(wide a, wide b) noexcept { return a >= 0 ? a / b : -((-a + b - 1) / b); }

/// x at i * s, 0 <= i < n, and y at t * j, 0 <= j < m: whether two of these meet, where t <= s.
bool progressions_meet(const bytes &x, const bytes &y) noexcept {
  const wide s = static_cast<wide>(x.levels->stride), t = static_cast<wide>(y.levels->stride);
  const wide n = static_cast<wide>(x.levels->count), m = static_cast<wide>(y.levels->count);
  const wide apart = static_cast<wide>(y.begin) - static_cast<wide>(x.begin);
  // They meet if i * s - t * j is in [low, high].
  const wide low = apart - static_cast<wide>(x.run) + 1, high = apart + static_cast<wide>(y.run) - 1;
  // Of those i that have a partner among all j >= 0 and < m: low + t * j <= i * s <= high + t * j.
  const wide first = std::max<wide>(0, ceiling(low, s)), last = std::min<wide>(n - 1, floor(high + t * (m - 1), s));
  if (first > last)
    return false;
  if (high - low + 1 >= t) // no i between them fails to meet one
    return true;
  // The least i from `first` on with (i * s - low) mod t <= high - low.
  const wide start = ((first * s - low) % t + t) % t; // of `first`
  wide from = -start, to = high - low - start;        // what a further (k * s) mod t must be in
  if (to >= 0)
    return true;
  from += t, to += t;
  const wide further = first_in_range(s % t, t, from, to);
  return further >= 0 && first + further <= last;
}

} // namespace

std::uintptr_t bytes::end() const noexcept {
  std::uintptr_t last = begin;
  for (std::uint32_t i = 0; i != level_count; ++i)
    last += (levels[i].count - 1) * levels[i].stride;
  return last + run;
}

bool bytes::has_same_levels(const bytes &other) const noexcept {
  return std::equal(levels, levels + level_count, other.levels,
                    [](const level &a, const level &b) { return a.count == b.count && a.stride == b.stride; });
}

std::size_t hash(const bytes &of) noexcept {
  std::uint64_t value = of.begin * 0x9e3779b97f4a7c15 + of.run;
  for (std::uint32_t i = 0; i != of.level_count; ++i)
    value = (value ^ of.levels[i].count ^ of.levels[i].stride << 32) * 0xff51afd7ed558ccd;
  return static_cast<std::size_t>(value ^ value >> 32);
}

bool overlap(const bytes &a, const bytes &b) noexcept {
  if (a.begin >= b.end() || b.begin >= a.end())
    return false;
  if (a.is_contiguous() && b.is_contiguous())
    return true;
  const bool swap = a.is_contiguous() || (!b.is_contiguous() && b.levels->stride > a.levels->stride);
  const bytes &x = swap ? b : a, &y = swap ? a : b; // x has the larger stride
  if (x.level_count == 1 && y.level_count == 1)
    return progressions_meet(x, y);
  const auto stride = static_cast<wide>(x.levels->stride), count = static_cast<wide>(x.levels->count);
  if (!y.is_contiguous() &&
      y.levels->stride == x.levels->stride) { // two sections of one matrix: only how many rows lie between matters
    const bytes row = inner(x, 0);
    const wide apart = static_cast<wide>(y.begin) - static_cast<wide>(x.begin),
               others = static_cast<wide>(y.levels->count);
    const wide own_span = static_cast<wide>(row.end() - row.begin),
               other_span = static_cast<wide>(inner(y, 0).end() - y.begin);
    const wide first = std::max(-(others - 1), floor(apart - own_span, stride) + 1),
               last = std::min(count - 1, ceiling(apart + other_span, stride) - 1);
    for (wide rows = first; rows <= last; ++rows) // of y's below those of x
      if (overlap(inner(x, static_cast<std::uintptr_t>(rows * stride)), inner(y, 0)))
        return true;
    return false;
  }
  const wide from = static_cast<wide>(y.begin) - static_cast<wide>(inner(x, 0).end()),
             to = static_cast<wide>(y.end()) - static_cast<wide>(x.begin);
  const wide last = std::min(count - 1, ceiling(to, stride) - 1);
  for (wide row = std::max<wide>(0, floor(from, stride) + 1); row <= last; ++row)
    if (overlap(inner(x, static_cast<std::uintptr_t>(row * stride)), y))
      return true;
  return false;
}

} // namespace weave::detail
