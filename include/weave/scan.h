// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Prefix sums: parallel_inclusive_scan and parallel_exclusive_scan.
#pragma once

#include "algorithms.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <iterator>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

namespace weave {
namespace detail {

template <class T, class Iterator, class Op> T sum_of(Iterator first, Iterator last, const Op &op) {
  T sum(*first);
  while (++first != last)
    sum = op(std::move(sum), *first);
  return sum;
}

/// Scans in blocks, in two passes: what each block comes to, then `scan(first, last, out, before)` for each, with what
/// is in front of it.
///
/// Source: G. E. Blelloch, "Prefix sums and their applications", 1990.
template <class T, class Iterator, class Out, class Op, class Scan>
Out scan_blocks(Iterator first, Iterator last, Out out, std::optional<T> init, const Op &op, const Scan &scan) {
  constexpr std::ptrdiff_t least = 8192; // elements of a block, below which a task's passage to another worker shows
  const std::ptrdiff_t count = last - first;
  const std::ptrdiff_t blocks = workers() == 1 ? 1 : std::min(std::ptrdiff_t(workers()) * 4, count / least);
  if (blocks < 2)
    return scan(first, last, out, init);
  const auto cut = [=](std::ptrdiff_t i) { return count / blocks * i + std::min(i, count % blocks); };
  std::vector<std::optional<T>> before(static_cast<std::size_t>(blocks));
  const auto in_front_of = [&before](std::ptrdiff_t i) -> std::optional<T> & {
    return before[static_cast<std::size_t>(i)];
  };
  in_front_of(0) = std::move(init);
  weave::parallel_for(std::ptrdiff_t(1), blocks, [&](std::ptrdiff_t i) {
    in_front_of(i).emplace(sum_of<T>(first + cut(i - 1), first + cut(i), op));
  });
  for (std::ptrdiff_t i = 1; i != blocks; ++i)
    if (in_front_of(i - 1))
      in_front_of(i).emplace(op(*in_front_of(i - 1), std::move(*in_front_of(i))));
  weave::parallel_for(std::ptrdiff_t(0), blocks, [&](std::ptrdiff_t i) {
    scan(first + cut(i), first + cut(i + 1), out + cut(i), in_front_of(i));
  });
  return out + count;
}

} // namespace detail

/// Writes to `out` what the elements up to each come to, itself included, as std::inclusive_scan does.
///
/// `first`, `last` and `out` are random-access iterators; `out` may be `first`
/// @param op              associative; it is called on several threads at once
/// Errors: std::bad_alloc; throws what `op` throws. Some of what `out` refers to is written then.
/// Complexity: with several workers two calls of `op` for each element, otherwise one.
template <class Iterator, class Out, class Op = std::plus<>>
Out parallel_inclusive_scan(Iterator first, Iterator last, Out out, const Op &op = Op()) {
  using element = typename std::iterator_traits<Iterator>::value_type;
  return detail::scan_blocks<element>(
      first, last, out, {}, op, [&op](Iterator from, Iterator to, Out place, const std::optional<element> &before) {
        return before ? std::inclusive_scan(from, to, place, op, *before) : std::inclusive_scan(from, to, place, op);
      });
}

/// Writes to `out` what `init` and the elements in front of each come to, as std::exclusive_scan does. Otherwise as
/// parallel_inclusive_scan.
template <class Iterator, class Out, class T, class Op = std::plus<>>
Out parallel_exclusive_scan(Iterator first, Iterator last, Out out, T init, const Op &op = Op()) {
  return detail::scan_blocks<T>(first, last, out, std::optional<T>(std::move(init)), op,
                                [&op](Iterator from, Iterator to, Out place, const std::optional<T> &before) {
                                  return std::exclusive_scan(from, to, place, *before, op);
                                });
}

} // namespace weave
