// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// parallel_sort and parallel_stable_sort: a merge sort whose merges are parallel, too.
#pragma once

#include "algorithms.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <iterator>
#include <memory>
#include <new>
#include <type_traits>

namespace weave {
namespace detail {

/// Room for as many elements as a range has, to which they are moved.
///
/// Lifetime: whatever throws, it ends its elements.
template <class Iterator> class scratch {
  using element = typename std::iterator_traits<Iterator>::value_type;

public:
  scratch(Iterator from, std::size_t size) : size_(size), room_(std::allocator<element>().allocate(size)) {
    element *const room = room_;
    weave::parallel_for(std::size_t(0), size, [from, room](std::size_t i) {
      ::new (static_cast<void *>(room + i)) element(std::move(from[static_cast<std::ptrdiff_t>(i)]));
    });
  }
  scratch(const scratch &) = delete;
  scratch &operator=(const scratch &) = delete;
  ~scratch() {
    std::destroy_n(room_, size_);
    std::allocator<element>().deallocate(room_, size_);
  }
  element *begin() const { return room_; }

private:
  std::size_t size_;
  element *room_;
};

/// How many elements one worker sorts or merges by itself. Below some thousand a task's passage to another worker
/// shows.
constexpr std::ptrdiff_t sorted_alone = 4096;

template <class From, class To, class Compare>
void merge_moving(From left, From left_end, From right, From right_end, To to, const Compare &before) {
  const std::ptrdiff_t lefts = left_end - left, rights = right_end - right;
  if (lefts + rights <= sorted_alone) {
    std::merge(std::make_move_iterator(left), std::make_move_iterator(left_end), std::make_move_iterator(right),
               std::make_move_iterator(right_end), to, before);
    return;
  }
  // The longer one is cut in the middle; equal elements of the left one stay in front.
  From left_cut = left + lefts / 2, right_cut = right + rights / 2;
  if (lefts >= rights)
    right_cut = std::lower_bound(right, right_end, *left_cut, before);
  else
    left_cut = std::upper_bound(left, left_end, *right_cut, before);
  const To to_cut = to + ((left_cut - left) + (right_cut - right));
  fork_join([=, &before] { merge_moving(left, left_cut, right, right_cut, to, before); },
            [=, &before] { merge_moving(left_cut, left_end, right_cut, right_end, to_cut, before); });
}

/// Sorts `count` elements of `items`, and leaves them there after an even number of levels, in `others` after an odd
/// one.
template <bool IsStable, class Items, class Others, class Compare>
void merge_sort(Items items, Others others, std::ptrdiff_t count, unsigned levels, const Compare &before) {
  if (levels == 0) {
    if constexpr (IsStable)
      std::stable_sort(items, items + count, before);
    else
      std::sort(items, items + count, before);
    return;
  }
  const std::ptrdiff_t half = count / 2;
  fork_join([=, &before] { merge_sort<IsStable>(items, others, half, levels - 1, before); },
            [=, &before] { merge_sort<IsStable>(items + half, others + half, count - half, levels - 1, before); });
  if (levels % 2 == 1)
    merge_moving(items, items + half, items + half, items + count, others, before);
  else
    merge_moving(others, others + half, others + half, others + count, items, before);
}

/// How often to halve: at least eight parts for each worker, if they are not too small. An odd number, or none.
inline unsigned levels_of_sort(std::ptrdiff_t count) {
  const std::ptrdiff_t parts = std::ptrdiff_t(workers()) * 8;
  unsigned levels = 0;
  while ((std::ptrdiff_t(1) << levels) < parts && (count >> levels) > 2 * sorted_alone)
    ++levels;
  return levels % 2 == 0 && levels != 0 ? levels - 1 : levels;
}

template <bool IsStable, class Iterator, class Compare>
void sort_in_parallel(Iterator first, Iterator last, const Compare &before) {
  using element = typename std::iterator_traits<Iterator>::value_type;
  const std::ptrdiff_t count = last - first;
  const unsigned levels = workers() == 1 || !std::is_nothrow_move_constructible_v<element> ? 0 : levels_of_sort(count);
  if (levels == 0)
    return merge_sort<IsStable>(first, first, count, 0, before);
  const scratch<Iterator> room(first, static_cast<std::size_t>(count));
  merge_sort<IsStable>(room.begin(), first, count, levels, before);
}

} // namespace detail

/// Sorts as std::sort does. Equal elements may change places.
///
/// `first` and `last` are random-access iterators; the elements can be moved, and are sorted in parallel if that cannot
/// throw
/// @param before      a strict weak order, called on several threads at once
/// Errors: std::bad_alloc if there is no room for as many elements again, before anything is done. If `before` throws,
/// throws that; some elements may be lost then. Complexity: O(n log n) comparisons. With one worker it is std::sort.
template <class Iterator, class Compare = std::less<>>
void parallel_sort(Iterator first, Iterator last, const Compare &before = Compare()) {
  detail::sort_in_parallel<false>(first, last, before);
}
/// Sorts as std::stable_sort does: equal elements stay in order. Otherwise as parallel_sort.
template <class Iterator, class Compare = std::less<>>
void parallel_stable_sort(Iterator first, Iterator last, const Compare &before = Compare()) {
  detail::sort_in_parallel<true>(first, last, before);
}

} // namespace weave
