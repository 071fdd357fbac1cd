// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A stable sort of any random-access range: both halves are sorted at once, and merged by a merge that divides as well.
// (With a serial merge, the last one alone would hold the program to a few processors.)
#include "support/arguments.h"
#include "support/random.h"
#include "support/stopwatch.h"
#include <algorithm>
#include <cstdint>
#include <functional>
#include <iterator>
#include <utility>
#include <vector>

namespace {

// Below these sizes the serial algorithm is quicker than one that divides, on one processor too.
constexpr std::ptrdiff_t sort_at_once = 24;
constexpr std::ptrdiff_t merge_at_once = 2048;

template <class Iterator, class Less> void insertion_sort(Iterator first, Iterator last, Less less) {
  for (Iterator next = first; next != last; ++next) {
    auto element = std::move(*next);
    Iterator hole = next;
    for (; hole != first && less(element, hole[-1]); --hole)
      *hole = std::move(hole[-1]);
    *hole = std::move(element);
  }
}

// Merges two sorted ranges into `out`. The longer one is cut in half; what belongs before the cut in the other is found
// by bisection, on the side that keeps equal elements in order.
template <class Iterator, class Output, class Less>
void merge(Iterator left, Iterator left_end, Iterator right, Iterator right_end, Output out, Less less) {
  const auto lefts = left_end - left, rights = right_end - right;
  if (lefts + rights <= merge_at_once) {
    std::merge(std::make_move_iterator(left), std::make_move_iterator(left_end), std::make_move_iterator(right),
               std::make_move_iterator(right_end), out, less);
    return;
  }
  const Iterator left_cut =
      lefts < rights ? std::upper_bound(left, left_end, right[rights / 2], less) : left + lefts / 2;
  const Iterator right_cut =
      lefts < rights ? right + rights / 2 : std::lower_bound(right, right_end, left[lefts / 2], less);
  const Output out_cut = out + (left_cut - left) + (right_cut - right);
#pragma weave spawn
  merge(left, left_cut, right, right_cut, out, less);
  merge(left_cut, left_end, right_cut, right_end, out_cut, less);
#pragma weave sync
}

enum class result { in_place, in_buffer };

// Sorts a range, with room for as many elements at `buffer`, and leaves the result in the one or the other, so that
// every level of the recursion moves each element once.
template <class Iterator, class Buffer, class Less>
void sort_into(Iterator first, Iterator last, Buffer buffer, result where, Less less) {
  const auto size = last - first;
  if (size <= sort_at_once) {
    insertion_sort(first, last, less);
    if (where == result::in_buffer)
      std::move(first, last, buffer);
    return;
  }
  const auto half = size / 2;
  const result halves = where == result::in_place ? result::in_buffer : result::in_place;
#pragma weave spawn
  sort_into(first, first + half, buffer, halves, less);
  sort_into(first + half, last, buffer + half, halves, less);
#pragma weave sync
  if (where == result::in_place)
    merge(buffer, buffer + half, buffer + half, buffer + size, first, less);
  else
    merge(first, first + half, first + half, last, buffer, less);
}

template <class Iterator, class Less = std::less<>> void mergesort(Iterator first, Iterator last, Less less = {}) {
  std::vector<typename std::iterator_traits<Iterator>::value_type> buffer(last - first);
  sort_into(first, last, buffer.begin(), result::in_place, less);
}

// Many records share a key, and the second member tells in which order they came.
using record = std::pair<std::uint32_t, std::uint32_t>;

std::vector<record> shuffled(long n) {
  support::random random(2024);
  std::vector<record> records(n);
  for (long i = 0; i < n; ++i)
    records[i] = {static_cast<std::uint32_t>(random.bits() % (n / 4 + 1)), static_cast<std::uint32_t>(i)};
  return records;
}

// Depends on every element and on its place.
std::uint64_t fingerprint(const std::vector<record> &records) {
  std::uint64_t hash = 14695981039346656037u;
  for (const auto &[key, order] : records)
    hash = ((hash ^ key) * 1099511628211u ^ order) * 1099511628211u;
  return hash;
}

} // namespace

int main(int argc, char **argv) {
  const support::arguments arguments(argc, argv, "mergesort [elements]", 1);
  const long n = arguments.number(1, "elements", 5'000'000, 0, 1'000'000'000);

  std::vector<record> records = shuffled(n);
  const support::stopwatch watch;
  mergesort(records.begin(), records.end(), [](const record &a, const record &b) { return a.first < b.first; });
  watch.report();

  // The order of arrival breaks ties, so this holds only if the sort is stable.
  if (!std::is_sorted(records.begin(), records.end())) {
    std::fprintf(stderr, "mergesort: the result is not sorted\n");
    return 1;
  }
  std::printf("mergesort(%ld): sorted and stable, fingerprint %016llx\n", n,
              static_cast<unsigned long long>(fingerprint(records)));
}
