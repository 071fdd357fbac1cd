// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The iteration space of parallel_for: every piece runs exactly the iterations that the serial loop would (R2).
#include "support.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

namespace {

using weave::detail::bound;
using weave::detail::direction;
using weave::detail::iterations;
using namespace weave::test;

__extension__ typedef __int128 wide;

template <bound Bound> bool holds(wide i, wide last) {
  switch (Bound) {
  case bound::less:
    return i < last;
  case bound::less_equal:
    return i <= last;
  case bound::greater:
    return i > last;
  case bound::greater_equal:
    return i >= last;
  default:
    return i != last;
  }
}

// The user's own loop, in numbers that cannot overflow. False if it would overflow in T, so that it has no meaning.
template <class T, bound Bound, direction Direction>
bool serial_loop(T first, T last, T stride, std::vector<T> &indices) {
  const wide step = Direction == direction::up ? wide(stride) : -wide(stride);
  wide i = first;
  for (; holds<Bound>(i, last); i += step) {
    if (i < wide(std::numeric_limits<T>::min()) || i > wide(std::numeric_limits<T>::max()) || indices.size() > 100000)
      return false;
    indices.push_back(static_cast<T>(i));
  }
  return i >= wide(std::numeric_limits<T>::min()) && i <= wide(std::numeric_limits<T>::max());
}

// What generated code does with a piece: the user's condition and increment, between the piece's own bounds.
template <class T, bound Bound, direction Direction>
void run_piece(T begin, T end, T stride, std::size_t most, std::vector<T> &indices) {
  for (T i = begin; Bound == bound::less            ? i < end
                    : Bound == bound::less_equal    ? i <= end
                    : Bound == bound::greater       ? i > end
                    : Bound == bound::greater_equal ? i >= end
                                                    : i != end;) {
    if (indices.size() > most)
      return; // runs away: the comparison of the results says so
    indices.push_back(i);
    i = static_cast<T>(Direction == direction::up ? i + stride : i - stride);
  }
}

template <class T, bound Bound, direction Direction> bool check(T first, T last, T stride, generator &numbers) {
  std::vector<T> expected;
  if (!serial_loop<T, Bound, Direction>(first, last, stride, expected))
    return false;
  const iterations<T, Bound, Direction> space(first, last, stride);
  EXPECT_EQ(space.count(), expected.size()) << +first << ' ' << +last << ' ' << +stride;
  if (space.count() != expected.size())
    return true;
  for (int round = 0; round != 4; ++round) {
    std::vector<std::uint64_t> borders{0, space.count()};
    for (int i = 0; i != round * 2 && space.count(); ++i)
      borders.push_back(numbers() % (space.count() + 1));
    std::sort(borders.begin(), borders.end());
    borders.erase(std::unique(borders.begin(), borders.end()), borders.end());
    std::vector<T> found;
    for (std::size_t i = 0; i + 1 < borders.size(); ++i)
      run_piece<T, Bound, Direction>(space.begin(borders[i]), space.end(borders[i + 1]), stride, expected.size(),
                                     found);
    EXPECT_EQ(found, expected) << +first << ' ' << +last << ' ' << +stride;
    if (found != expected)
      return true;
  }
  return true;
}

// Values where the arithmetic of T is most likely to go wrong, and some others.
template <class T> std::vector<T> interesting(generator &numbers) {
  using limits = std::numeric_limits<T>;
  std::vector<T> values;
  for (int i = 0; i != 4; ++i) {
    values.push_back(static_cast<T>(limits::min() + i));
    values.push_back(static_cast<T>(limits::max() - i));
    values.push_back(static_cast<T>(i));
    values.push_back(static_cast<T>(-i));
    values.push_back(static_cast<T>(limits::max() / 2 + i));
    values.push_back(static_cast<T>(below(numbers, 1000)));
  }
  return values;
}

template <class T> class Iterations : public testing::Test {};
using integers = testing::Types<signed char, unsigned char, char, short, unsigned short, int, unsigned, long,
                                unsigned long, long long, unsigned long long>;
TYPED_TEST_SUITE(Iterations, integers);

TYPED_TEST(Iterations, R2AreExactForEveryStartStrideAndSplit) {
  using T = TypeParam;
  generator numbers(2);
  const std::vector<T> values = interesting<T>(numbers);
  std::vector<T> strides{1,
                         2,
                         3,
                         7,
                         std::numeric_limits<T>::max(),
                         static_cast<T>(std::numeric_limits<T>::max() / 2),
                         static_cast<T>(std::numeric_limits<T>::max() / 3),
                         static_cast<T>(1 + below(numbers, 100))};
  long checked = 0;
  for (T first : values)
    for (T last : values)
      for (T stride : strides) {
        const wide distance = last > first ? wide(last) - first : wide(first) - last;
        if (distance / stride > 300)
          continue;
        checked += check<T, bound::less, direction::up>(first, last, stride, numbers);
        checked += check<T, bound::less_equal, direction::up>(first, last, stride, numbers);
        checked += check<T, bound::greater, direction::down>(first, last, stride, numbers);
        checked += check<T, bound::greater_equal, direction::down>(first, last, stride, numbers);
        if (distance % stride != 0)
          continue;
        if (first <= last)
          checked += check<T, bound::not_equal, direction::up>(first, last, stride, numbers);
        if (first >= last)
          checked += check<T, bound::not_equal, direction::down>(first, last, stride, numbers);
      }
  EXPECT_GT(checked, 2000);
}

TYPED_TEST(Iterations, SpanTheWholeRangeOfTheType) {
  using T = TypeParam;
  constexpr T least = std::numeric_limits<T>::min(), most = std::numeric_limits<T>::max();
  const auto steps = static_cast<std::uint64_t>(wide(most) - wide(least));
  const iterations<T, bound::less, direction::up> up(least, most, 1);
  EXPECT_EQ(up.count(), steps);
  EXPECT_EQ(up.begin(0), least);
  EXPECT_EQ(up.begin(steps - 1), static_cast<T>(most - 1));
  EXPECT_EQ(up.end(steps), most);
  const iterations<T, bound::greater, direction::down> down(most, least, 1);
  EXPECT_EQ(down.count(), steps);
  EXPECT_EQ(down.begin(steps - 1), static_cast<T>(least + 1));
  const iterations<T, bound::not_equal, direction::up> unequal(least, most, 1);
  EXPECT_EQ(unequal.count(), steps);
  EXPECT_EQ(unequal.begin(steps / 2), static_cast<T>(wide(least) + wide(steps / 2)));
}

TEST(IterationsOfMixedTypes, FollowTheConversionsOfTheUsersComparison) {
  EXPECT_EQ((iterations<int, bound::less, direction::up>(-1, 10u, 1).count()), 0u); // -1 < 10u is false
  EXPECT_EQ((iterations<int, bound::less, direction::up>(0, std::size_t(10), 1).count()), 10u);
  EXPECT_EQ((iterations<unsigned char, bound::less, direction::up>(0, 200, 1).count()), 200u);
  EXPECT_EQ((iterations<short, bound::less_equal, direction::up>(-5, 5L, 1).count()), 11u);
  EXPECT_EQ((iterations<unsigned, bound::greater, direction::down>(5u, -1, 1).count()), 0u); // 5u > -1 is false
  EXPECT_EQ((iterations<long, bound::less, direction::up>(0, 1000000, short(7)).count()), 142858u);
  EXPECT_EQ((iterations<long, bound::less, direction::up>(-3000000000, 3000000000, 1000).count()), 6000000u);
}

// A random-access iterator that aborts the test when it leaves the range it belongs to, as checked iterators do.
class checked_iterator {
public:
  checked_iterator() = default;
  checked_iterator(long position, long size) : position_(position), size_(size) {}

  long operator*() const { return position_; }
  checked_iterator &operator+=(std::ptrdiff_t n) {
    position_ += n;
    EXPECT_TRUE(position_ >= 0 && position_ <= size_) << position_;
    return *this;
  }
  checked_iterator &operator-=(std::ptrdiff_t n) { return *this += -n; }
  friend std::ptrdiff_t operator-(const checked_iterator &a, const checked_iterator &b) {
    return a.position_ - b.position_;
  }
  friend bool operator<(const checked_iterator &a, const checked_iterator &b) { return a.position_ < b.position_; }
  friend bool operator>(const checked_iterator &a, const checked_iterator &b) { return b < a; }
  friend bool operator<=(const checked_iterator &a, const checked_iterator &b) { return !(b < a); }
  friend bool operator>=(const checked_iterator &a, const checked_iterator &b) { return !(a < b); }
  friend bool operator!=(const checked_iterator &a, const checked_iterator &b) { return a - b != 0; }

private:
  long position_ = 0, size_ = 0;
};

template <bound Bound, direction Direction>
void check_iterators(long first, long last, long stride, generator &numbers) {
  constexpr long size = 100;
  std::vector<long> expected, found;
  if (!serial_loop<long, Bound, Direction>(first, last, stride, expected))
    return;
  const iterations<checked_iterator, Bound, Direction> space(checked_iterator(first, size),
                                                             checked_iterator(last, size), stride);
  ASSERT_EQ(space.count(), expected.size());
  for (std::uint64_t k = 0; k != space.count();) {
    const std::uint64_t end = k + 1 + below(numbers, static_cast<unsigned>(space.count() - k));
    run_piece<long, Bound, Direction>(*space.begin(k), *space.end(end), stride, expected.size(), found);
    k = end;
  }
  ASSERT_EQ(found, expected) << first << ' ' << last << ' ' << stride;
}

TEST(IterationsOfIterators, AreExactAndStayInTheirRange) {
  generator numbers(4);
  for (int round = 0; round != 2000; ++round) {
    const long first = below(numbers, 101), last = below(numbers, 101), stride = 1 + below(numbers, 30);
    check_iterators<bound::less, direction::up>(first, last, stride, numbers);
    check_iterators<bound::greater, direction::down>(first, last, stride, numbers);
    check_iterators<bound::less_equal, direction::up>(first, last, stride, numbers);
    check_iterators<bound::greater_equal, direction::down>(first, last, stride, numbers);
    if (const long there = first + stride * below(numbers, 10); there <= 100)
      check_iterators<bound::not_equal, direction::up>(first, there, stride, numbers);
    if (const long there = first - stride * below(numbers, 10); there >= 0)
      check_iterators<bound::not_equal, direction::down>(first, there, stride, numbers);
  }
}

TEST(IterationsOfIterators, TakeBoundsOfOtherTypes) {
  std::vector<int> numbers(10);
  EXPECT_EQ((iterations<std::vector<int>::iterator, bound::not_equal, direction::up>(numbers.begin(), numbers.cend(), 1)
                 .count()),
            10u);
  EXPECT_EQ((iterations<const int *, bound::less, direction::up>(numbers.data(), numbers.data() + 7, 2u).count()), 4u);
  const int *none = nullptr;
  EXPECT_EQ((iterations<const int *, bound::not_equal, direction::up>(none, none, 1).count()), 0u);
}

namespace lookup {
struct adl {
  int values[3] = {1, 2, 3};
};
const int *begin(const adl &range) { return range.values; }
const int *end(const adl &range) { return range.values + 3; }
} // namespace lookup

TEST(Elements, AreFoundAsTheLoopFindsThem) {
  using weave::detail::elements;
  int array[5] = {1, 2, 3, 4, 5};
  EXPECT_EQ(elements(array).count(), 5u);
  EXPECT_EQ(elements(array).begin(4), array + 4);
  EXPECT_EQ(elements(std::vector<int>(3)).count(), 3u);
  EXPECT_EQ(elements({1, 2, 3, 4}).count(), 4u);
  EXPECT_EQ(elements(lookup::adl()).count(), 3u);
  EXPECT_EQ(elements(std::vector<int>()).count(), 0u);
}

using upward = iterations<std::uint64_t, bound::less, direction::up>;

upward rows(std::uint64_t count) { return upward(0, count, 1); }

// Every box lies where it should, and the stretch is in them once and in order.
TEST(Collapsed, StretchesAreCoveredInOrder) {
  using weave::detail::collapse;
  using weave::detail::run_stretch;
  generator numbers(5);
  for (int round = 0; round != 2000; ++round) {
    const std::uint64_t sizes[] = {1 + below(numbers, 6), 1 + below(numbers, 6), 1 + below(numbers, 6)};
    const auto space = collapse(
        rows(sizes[0]), [&] { return rows(sizes[1]); }, [&] { return rows(sizes[2]); });
    ASSERT_EQ(space.count(), sizes[0] * sizes[1] * sizes[2]);
    std::uint64_t next = below(numbers, static_cast<unsigned>(space.count()));
    const std::uint64_t end = next + below(numbers, static_cast<unsigned>(space.count() - next + 1));
    int boxes = 0;
    run_stretch(space, next, end, [&](auto i, auto i_end, auto j, auto j_end, auto k, auto k_end) {
      ++boxes;
      for (auto a = i; a < i_end; ++a)
        for (auto b = j; b < j_end; ++b)
          for (auto c = k; c < k_end; ++c)
            ASSERT_EQ((a * sizes[1] + b) * sizes[2] + c, next++);
    });
    ASSERT_EQ(next, end);
    ASSERT_LE(boxes, 5);
  }
}

TEST(Collapsed, BoundsAreLookedAtOnlyIfTheLoopAroundRuns) {
  const auto never = []() -> upward {
    ADD_FAILURE() << "the loop around is empty";
    return rows(1);
  };
  EXPECT_EQ(weave::detail::collapse(rows(0), never, never).count(), 0u);
  EXPECT_EQ(weave::detail::collapse(
                rows(3), [] { return rows(0); }, never)
                .count(),
            0u);
}

TEST(Collapsed, MoreIterationsThanANumberHoldsBeginAsTheyShould) {
  constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
  const auto space = weave::detail::collapse(
      rows(most), [] { return rows(most); }, [] { return rows(7); });
  EXPECT_EQ(space.count(), most);
  const auto box = space.box_at(most - 1, most);
  EXPECT_EQ(box.begin[0], 0u);
  EXPECT_EQ(box.begin[1], (most - 1) / 7);
  EXPECT_EQ(box.begin[2], (most - 1) % 7);
  EXPECT_EQ(box.count, 1u);
}

} // namespace
