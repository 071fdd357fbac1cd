// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// parallel_reduce and reproducible_reduce, called as generated code calls them.
#include "loops.h"

#include <algorithm>
#include <climits>
#include <string>
#include <vector>

namespace {

using weave::detail::frame;
using weave::detail::parallel_reduce;
using weave::detail::reduction;
using namespace weave::test;

TEST(ParallelReduce, AddsUp) {
  for (long count : {0L, 1L, 100L, 10000000L}) {
    long sum = 10;
    parallel_reduce(
        upward(0, count, 1),
        [](auto weave_begin, auto weave_end, auto &weave_sum) {
          auto sum = weave_sum;
          for (long i = weave_begin; i < weave_end; i += 1)
            sum += i;
          weave_sum = sum;
        },
        reduction<weave::detail::plus>(sum));
    EXPECT_EQ(sum, 10 + count * (count - 1) / 2);
  }
}

std::string numbers_below(long count) {
  std::string text;
  for (long i = 0; i != count; ++i)
    text += std::to_string(i) + ' ';
  return text;
}

// Appends the numbers of the iterations. `+` of strings does not commute, so that the order of combination shows.
constexpr auto append = [](auto weave_begin, auto weave_end, auto &weave_text) {
  auto text = weave_text;
  for (long i = weave_begin; i < weave_end; i += 1) {
    work(i);
    text += std::to_string(i) + ' ';
  }
  weave_text = text;
};

TEST(ParallelReduce, CombinesInIterationOrderAfterTheOldValue) {
  for (int round = 0; round != 10; ++round) {
    constexpr long count = 3000;
    std::string text = "start:";
    parallel_reduce(upward(0, count, 1), append, reduction<weave::detail::plus>(text));
    ASSERT_EQ(text, "start:" + numbers_below(count));
  }
}

TEST(ParallelReduce, KnowsEveryOperator) {
  constexpr long count = 4000;
  const auto value = [](long i) { return static_cast<int>(i * 2654435761u % 1000003); };
  int expected_low = INT_MAX, expected_high = 7, expected_xor = 5, expected_or = 1, expected_and = -1;
  unsigned expected_product = 3;
  for (long i = 0; i != count; ++i) {
    const int v = value(i);
    expected_low = std::min(expected_low, v), expected_high = std::max(expected_high, v);
    expected_xor ^= v, expected_or |= v & 0xff, expected_and &= v | 0xf0, expected_product *= unsigned(v) | 1;
  }
  int low = INT_MAX, high = 7, exclusive = 5, any = 1, every = -1;
  unsigned product = 3;
  bool all = true, some = false;
  parallel_reduce(
      upward(0, count, 1),
      [value](auto weave_begin, auto weave_end, auto &low, auto &high, auto &exclusive, auto &any, auto &every,
              auto &product, auto &all, auto &some) {
        for (long i = weave_begin; i < weave_end; i += 1) {
          work(i);
          const int v = value(i);
          low = std::min(low, v), high = std::max(high, v);
          exclusive ^= v, any |= v & 0xff, every &= v | 0xf0, product *= unsigned(v) | 1;
          all = all && v >= 0, some = some || i == count - 1;
        }
      },
      reduction<weave::detail::minimum>(low), reduction<weave::detail::maximum>(high),
      reduction<weave::detail::bit_xor>(exclusive), reduction<weave::detail::bit_or>(any),
      reduction<weave::detail::bit_and>(every), reduction<weave::detail::multiplies>(product),
      reduction<weave::detail::logical_and>(all), reduction<weave::detail::logical_or>(some));
  EXPECT_EQ(low, expected_low);
  EXPECT_EQ(high, expected_high);
  EXPECT_EQ(exclusive, expected_xor);
  EXPECT_EQ(any, expected_or);
  EXPECT_EQ(every, expected_and);
  EXPECT_EQ(product, expected_product);
  EXPECT_TRUE(all);
  EXPECT_TRUE(some);
}

TEST(ParallelReduce, Nests) {
  constexpr long rows = 40, columns = 200;
  long sum = 0;
  parallel_reduce(
      upward(0, rows, 1),
      [](auto weave_begin, auto weave_end, auto &weave_sum) {
        auto sum = weave_sum;
        for (long row = weave_begin; row < weave_end; row += 1) {
          long inner = 0;
          parallel_reduce(
              upward(0, columns, 1),
              [row](auto weave_begin, auto weave_end, auto &weave_inner) {
                auto inner = weave_inner;
                for (long column = weave_begin; column < weave_end; column += 1) {
                  work(column);
                  inner += row * columns + column;
                }
                weave_inner = inner;
              },
              reduction<weave::detail::plus>(inner));
          sum += inner;
        }
        weave_sum = sum;
      },
      reduction<weave::detail::plus>(sum));
  EXPECT_EQ(sum, rows * columns * (rows * columns - 1) / 2);
}

TEST(ParallelReduce, RunsInTasksAndSpawnsThem) {
  std::vector<long> sums(8);
  frame tasks;
  WEAVE_TRY {
    for (long &each : sums) {
      want_task();
      tasks.spawn([&each] {
        long sum = 0;
        parallel_reduce(
            upward(0, 500, 1),
            [](auto weave_begin, auto weave_end, auto &weave_sum) {
              auto sum = weave_sum;
              for (long i = weave_begin; i < weave_end; i += 1) {
                long doubled = 0;
                frame inner;
                WEAVE_TRY {
                  want_task();
                  inner.spawn([&doubled, i] { doubled = 2 * i; });
                  work(i);
                  inner.sync();
                }
                WEAVE_CATCH(inner)
                sum += doubled;
              }
              weave_sum = sum;
            },
            reduction<weave::detail::plus>(sum));
        each = sum;
      });
    }
    tasks.sync();
  }
  WEAVE_CATCH(tasks)
  for (long sum : sums)
    ASSERT_EQ(sum, 500 * 499);
}

TEST(ParallelReduce, CombinesNestsInIterationOrder) {
  std::string text = "start:", expected = "start:";
  for (long i = 0; i != 3000; ++i)
    expected += std::to_string(i) + ' ';
  parallel_reduce(
      weave::detail::collapse(upward(0, 30, 1), [] { return upward(0, 100, 1); }),
      [](auto weave_begin, auto weave_end, auto weave_begin_2, auto weave_end_2, auto &weave_text) {
        auto text = weave_text;
        for (long i = weave_begin; i < weave_end; i += 1)
          for (long j = weave_begin_2; j < weave_end_2; j += 1) {
            work(i * 100 + j);
            text += std::to_string(i * 100 + j) + ' ';
          }
        weave_text = text;
      },
      reduction<weave::detail::plus>(text));
  EXPECT_EQ(text, expected);
}

// Matrices do not commute, so that the order of combination shows; the zero matrix is what no product recovers from.
struct matrix {
  unsigned a = 0, b = 0, c = 0, d = 0;
  friend bool operator==(const matrix &x, const matrix &y) {
    return x.a == y.a && x.b == y.b && x.c == y.c && x.d == y.d;
  }
};
matrix product(const matrix &x, const matrix &y) {
  return {x.a * y.a + x.b * y.c, x.a * y.b + x.b * y.d, x.c * y.a + x.d * y.c, x.c * y.b + x.d * y.d};
}
matrix factor(long i) { return {unsigned(i % 5), unsigned(i % 7), 1, unsigned(i % 3)}; }

TEST(ParallelReduce, CombinesByAnyFunctionFromAnIdentity) {
  const matrix one{1, 0, 0, 1};
  matrix result = one, expected = one;
  for (long i = 0; i != 3000; ++i)
    expected = product(expected, factor(i));
  parallel_reduce(
      upward(0, 3000, 1),
      [](auto weave_begin, auto weave_end, auto &weave_result) {
        auto result = weave_result;
        for (long i = weave_begin; i < weave_end; i += 1) {
          work(i);
          result = product(result, factor(i));
        }
        weave_result = result;
      },
      weave::detail::with_identity(
          weave::detail::reduction_by([&](auto &left, auto &right) { return product(left, right); }, result),
          [&] { return one; }));
  EXPECT_EQ(result, expected);
}

TEST(ReproducibleReduce, GivesTheSameBitsHoweverItIsSplit) {
  using weave::detail::loop_options;
  for (long count : {1L, 2L, 1000L, 1024L, 1025L, 5000L}) {
    const auto sum_of = [count](bool is_parallel, bool is_wanted) {
      double sum = 0.1;
      weave::detail::reproducible_reduce(
          loop_options().run_if(is_parallel), upward(0, count, 1),
          [is_wanted](auto weave_begin, auto weave_end, auto &weave_sum) {
            auto sum = weave_sum;
            for (long i = weave_begin; i < weave_end; i += 1) {
              if (is_wanted)
                work(i);
              sum += 1.0 / static_cast<double>(i * i + 1) - 1e10 * static_cast<double>(i % 3);
            }
            weave_sum = sum;
          },
          reduction<weave::detail::plus>(sum));
      return sum;
    };
    const double expected = sum_of(false, false);
    for (int round = 0; round != 3; ++round)
      ASSERT_EQ(sum_of(true, true), expected) << count;
  }
}

TEST(ReproducibleReduce, CombinesEachIterationOnceInOrder) {
  for (long count : {0L, 1L, 5L, 1024L, 3000L}) {
    std::string text = "start:";
    weave::detail::reproducible_reduce(upward(0, count, 1), append, reduction<weave::detail::plus>(text));
    ASSERT_EQ(text, "start:" + numbers_below(count));
  }
}

TEST(ReproducibleReduce, ThrowsWhatTheFirstIterationThrew) {
  generator numbers(9);
  for (int round = 0; round != 20; ++round) {
    const long first = below(numbers, 2000), second = below(numbers, 2000);
    long caught = -1, sum = 0;
    try {
      weave::detail::reproducible_reduce(
          upward(0, 2000, 1),
          [first, second](auto weave_begin, auto weave_end, auto &) {
            for (long i = weave_begin; i < weave_end; i += 1) {
              work(i);
              if (i == first || i == second)
                throw failed_iteration{i};
            }
          },
          reduction<weave::detail::plus>(sum));
    } catch (const failed_iteration &thrown) {
      caught = thrown.iteration;
    }
    ASSERT_EQ(caught, std::min(first, second));
  }
}

// An accumulator that cannot be made: the loop ends with that exception, and nothing is left behind.
TEST(ParallelReduce, AnAccumulatorMayThrow) {
  struct number {
    long value = 0;
    std::string ballast = std::string(100, 'x');
    number operator+(const number &other) const {
      if (value + other.value >= 4000)
        throw failed_iteration{value};
      return {value + other.value, ballast};
    }
  };
  number sum;
  EXPECT_THROW(parallel_reduce(
                   upward(0, 4000, 1),
                   [](auto weave_begin, auto weave_end, auto &weave_sum) {
                     auto sum = weave_sum;
                     for (long i = weave_begin; i < weave_end; i += 1) {
                       work(i);
                       sum = sum + number{1, {}};
                     }
                     weave_sum = sum;
                   },
                   reduction<weave::detail::plus>(sum)),
               failed_iteration);
}

} // namespace
