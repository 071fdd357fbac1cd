// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The algorithms as functions, against the standard library's, with the runtime and as serial stand-ins.
#include <weave/algorithms.h>
#include <weave/random.h>
#include <weave/scan.h>
#include <weave/sort.h>

#include <algorithm>
#include <array>
#include <deque>
#include <functional>
#include <gtest/gtest.h>
#include <limits>
#include <memory>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

// How many elements: none, few, as many as one worker handles alone, and more.
const std::size_t sizes[] = {0, 1, 2, 1000, 8191, 8192, 16'385, 200'000};

std::vector<int> numbers(std::size_t count, unsigned below) {
  weave::random draw(count, below);
  std::vector<int> made(count);
  for (int &each : made)
    each = static_cast<int>(draw() % below);
  return made;
}

TEST(Algorithms, ForCallsEachOnce) {
  for (const std::size_t size : sizes) {
    std::vector<int> calls(size);
    weave::parallel_for(0, size, [&](std::size_t i) { ++calls[i]; });
    weave::parallel_for(calls, [](int &each) { ++each; });
    weave::parallel_for(calls.begin(), calls.end(), [](std::vector<int>::iterator at) { ++*at; });
    weave::parallel_for(std::size_t(0), size, std::size_t(3), [&](std::size_t i) { ++calls[i]; });
    for (std::size_t i = 0; i != size; ++i)
      ASSERT_EQ(calls[i], 3 + (i % 3 == 0));
  }
  weave::parallel_for(5, 5, [](int) { FAIL(); });
  weave::parallel_for(5, -5, [](int) { FAIL(); });
}

TEST(Algorithms, ForReachesTheEndsOfATypesRange) {
  std::vector<int> calls(256);
  weave::parallel_for(std::int8_t(-128), std::int8_t(127), [&](std::int8_t i) { ++calls[std::size_t(i + 128)]; });
  EXPECT_EQ(std::count(calls.begin(), calls.end(), 1), 255);
  int last = 0;
  weave::parallel_for(std::numeric_limits<int>::max() - 5, std::numeric_limits<int>::max(), 4, [&](int i) {
    if (i == std::numeric_limits<int>::max() - 1)
      last = i;
  });
  EXPECT_EQ(last, std::numeric_limits<int>::max() - 1);
  EXPECT_THROW(weave::parallel_for(0, 5, 0, [](int) {}), std::invalid_argument);
  EXPECT_THROW(weave::parallel_for(0, 5, -1, [](int) {}), std::invalid_argument);
}

TEST(Algorithms, ReduceKeepsTheOrder) {
  for (const std::size_t size : sizes) {
    const std::vector<int> of = numbers(size, 1000);
    const std::string joined = weave::parallel_reduce(
        std::size_t(0), std::min<std::size_t>(size, 2000), std::string("<"),
        [&](std::size_t i) { return std::to_string(of[i]); }, std::plus<>());
    std::string expected = "<";
    for (std::size_t i = 0; i != std::min<std::size_t>(size, 2000); ++i)
      expected += std::to_string(of[i]);
    ASSERT_EQ(joined, expected);
    ASSERT_EQ(weave::parallel_reduce(
                  of, 7L, [](int each) { return 2L * each; }, std::plus<>()),
              7 + 2 * std::accumulate(of.begin(), of.end(), 0L));
  }
}

TEST(Algorithms, ReduceTakesWhatCanOnlyBeMoved) {
  using number = std::unique_ptr<long>;
  const number sum = weave::parallel_reduce(
      0, 10'000, std::make_unique<long>(0), [](int i) { return std::make_unique<long>(i); },
      [](number left, number right) {
        *left += *right;
        return left;
      });
  EXPECT_EQ(*sum, 10'000L * 9'999 / 2);
}

TEST(Algorithms, InvokeCallsAll) {
  int one = 0, two = 0, three = 0;
  weave::parallel_invoke([&] { one = 1; });
  weave::parallel_invoke([&] { ++one; }, [&] { two = 2; }, [&] { three = 3; });
  EXPECT_EQ(one, 2);
  EXPECT_EQ(two, 2);
  EXPECT_EQ(three, 3);
}

long fib(int n) {
  if (n < 2)
    return n;
  long x = 0, y = 0;
  weave::parallel_invoke([&] { x = fib(n - 1); }, [&] { y = fib(n - 2); });
  return x + y;
}
TEST(Algorithms, InvokeNests) { EXPECT_EQ(fib(22), 17'711); }

TEST(Algorithms, TheFirstExceptionInSerialOrderLeaves) {
  const auto thrown_by = [](auto run) {
    try {
      run();
    } catch (const std::runtime_error &error) {
      return std::string(error.what());
    }
    return std::string("nothing");
  };
  const auto fail = [](const char *what) { return [what] { throw std::runtime_error(what); }; };
  EXPECT_EQ(thrown_by([&] { weave::parallel_invoke([] {}, fail("second"), fail("third")); }), "second");
  EXPECT_EQ(thrown_by([&] {
              weave::parallel_for(0, 10'000, [&](int i) {
                if (i >= 3000)
                  throw std::runtime_error(std::to_string(i));
              });
            }),
            "3000");
  EXPECT_EQ(thrown_by([&] {
              weave::parallel_reduce(
                  0, 10'000, 0, [&](int i) { return i < 5000 ? i : throw std::runtime_error(std::to_string(i)); },
                  std::plus<>());
            }),
            "5000");
}

TEST(Algorithms, SortsAsTheStandardLibraryDoes) {
  for (const std::size_t size : sizes)
    for (const unsigned below : {2u, 100u, 1'000'000u}) {
      std::vector<int> of = numbers(size, below), expected = of;
      std::sort(expected.begin(), expected.end());
      weave::parallel_sort(of.begin(), of.end());
      ASSERT_EQ(of, expected);
      std::sort(expected.begin(), expected.end(), std::greater<>());
      weave::parallel_sort(of.begin(), of.end(), std::greater<>());
      ASSERT_EQ(of, expected);
    }
}

TEST(Algorithms, StableSortKeepsEqualElementsInOrder) {
  struct item {
    int key;
    std::size_t place;
  };
  for (const std::size_t size : sizes) {
    const std::vector<int> keys = numbers(size, 50);
    std::deque<item> items(size);
    for (std::size_t i = 0; i != size; ++i)
      items[i] = {keys[i], i};
    weave::parallel_stable_sort(items.begin(), items.end(), [](const item &a, const item &b) { return a.key < b.key; });
    ASSERT_TRUE(std::is_sorted(items.begin(), items.end(), [](const item &a, const item &b) {
      return a.key != b.key ? a.key < b.key : a.place < b.place;
    }));
  }
}

TEST(Algorithms, SortsWhatCanOnlyBeMoved) {
  std::vector<std::unique_ptr<int>> of;
  for (const int each : numbers(100'000, 1'000'000))
    of.push_back(std::make_unique<int>(each));
  const auto before = [](const std::unique_ptr<int> &a, const std::unique_ptr<int> &b) { return *a < *b; };
  weave::parallel_sort(of.begin(), of.end(), before);
  EXPECT_TRUE(std::is_sorted(of.begin(), of.end(), before));
}

TEST(Algorithms, WhatAComparisonThrowsLeavesASort) {
  std::vector<std::string> of;
  for (const int each : numbers(100'000, 1'000'000))
    of.push_back("a string too long to stand in its object: " + std::to_string(each));
  EXPECT_THROW(weave::parallel_sort(of.begin(), of.end(),
                                    [](const std::string &a, const std::string &b) {
                                      return a.back() == '7' && b.back() == '3' ? throw std::runtime_error("enough")
                                                                                : a < b;
                                    }),
               std::runtime_error);
  EXPECT_EQ(of.size(), 100'000u);
}

// Not commutative: matrices of 2 by 2, modulo 2^32.
struct matrix {
  std::array<std::uint32_t, 4> m;
  friend matrix operator+(const matrix &a, const matrix &b) {
    return {{a.m[0] * b.m[0] + a.m[1] * b.m[2], a.m[0] * b.m[1] + a.m[1] * b.m[3], a.m[2] * b.m[0] + a.m[3] * b.m[2],
             a.m[2] * b.m[1] + a.m[3] * b.m[3]}};
  }
  friend bool operator==(const matrix &a, const matrix &b) { return a.m == b.m; }
};

TEST(Algorithms, ScansAsTheStandardLibraryDoes) {
  for (const std::size_t size : sizes) {
    std::vector<matrix> of(size), expected(size), scanned(size);
    weave::random draw(1, size);
    for (matrix &each : of)
      each = {{draw(), draw(), draw(), draw()}};
    std::inclusive_scan(of.begin(), of.end(), expected.begin(), std::plus<>());
    ASSERT_EQ(weave::parallel_inclusive_scan(of.begin(), of.end(), scanned.begin()), scanned.end());
    ASSERT_TRUE(scanned == expected);
    const matrix init{{1, 2, 3, 5}};
    std::exclusive_scan(of.begin(), of.end(), expected.begin(), init, std::plus<>());
    ASSERT_EQ(weave::parallel_exclusive_scan(of.begin(), of.end(), of.begin(), init), of.end()); // in place
    ASSERT_TRUE(of == expected);
  }
}

// The authors' own answers, from their file of known answers.
TEST(Random, IsPhilox) {
  using words = weave::random::words;
  EXPECT_EQ(weave::random::block({0, 0, 0, 0}, {0, 0}), (words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  const std::uint32_t ones = ~0u;
  EXPECT_EQ(weave::random::block({ones, ones, ones, ones}, {ones, ones}),
            (words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(weave::random::block({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(Random, DiscardsWhatItWouldHaveDrawn) {
  for (unsigned drawn = 0; drawn != 6; ++drawn)
    for (unsigned discarded = 0; discarded != 20; ++discarded) {
      weave::random one(3, 4, 5), other(3, 4, 5);
      for (unsigned i = 0; i != drawn; ++i)
        ASSERT_EQ(one(), other());
      for (unsigned i = 0; i != discarded; ++i)
        one();
      other.discard(discarded);
      ASSERT_EQ(one(), other()) << drawn << ' ' << discarded;
    }
}

TEST(Random, EveryPositionHasAnotherStream) {
  const auto first = [](std::uint64_t seed, std::uint64_t position, std::uint32_t subposition) {
    return weave::random(seed, position, subposition)();
  };
  std::vector<std::uint32_t> seen = {first(1, 0, 0), first(2, 0, 0),          first(1, 1, 0),
                                     first(1, 0, 1), first(1ull << 32, 0, 0), first(1, 1ull << 32, 0)};
  std::sort(seen.begin(), seen.end());
  EXPECT_EQ(std::unique(seen.begin(), seen.end()), seen.end());
  double sum = 0;
  for (std::uint64_t i = 0; i != 10'000; ++i) {
    const double drawn = weave::random(9, i).uniform();
    ASSERT_GE(drawn, 0);
    ASSERT_LT(drawn, 1);
    sum += drawn;
  }
  EXPECT_NEAR(sum / 10'000, 0.5, 0.01);
}

} // namespace
