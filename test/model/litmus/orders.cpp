// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Litmus tests of loads, stores and read-modify-writes. An outcome that C++ allows must be found, one that it forbids
// must not.
#include "litmus.h"

namespace weave::model {
namespace {

outcome store_buffering(order stores, order loads) {
  atomic<int> x{0}, y{0};
  int a, b;
  in_parallel([&] { x.store(1, stores), a = y.load(loads); }, [&] { y.store(1, stores), b = x.load(loads); });
  return {a, b};
}

TEST(Litmus, StoreBufferingShowsWithoutSequentialConsistency) {
  EXPECT_TRUE(outcomes([] { return store_buffering(relaxed, relaxed); }).contains({0, 0}));
  EXPECT_TRUE(outcomes([] { return store_buffering(release, acquire); }).contains({0, 0}));
  EXPECT_TRUE(outcomes([] { return store_buffering(seq_cst, acquire); }).contains({0, 0}));
  EXPECT_TRUE(outcomes([] { return store_buffering(release, seq_cst); }).contains({0, 0}));
}

TEST(Litmus, StoreBufferingIsForbiddenWithSequentialConsistency) {
  EXPECT_EQ(outcomes([] { return store_buffering(seq_cst, seq_cst); }), (std::set<outcome>{{0, 1}, {1, 0}, {1, 1}}));
}

TEST(Litmus, StoreBufferingShowsThroughExchanges) {
  const auto test = [](order order) {
    return outcomes([=] {
      atomic<int> x{0}, y{0};
      int a, b;
      in_parallel([&] { x.store(1, order), a = y.exchange(2, order); },
                  [&] { y.store(1, order), b = x.exchange(2, order); });
      return outcome{a, b};
    });
  };
  EXPECT_TRUE(test(relaxed).contains({0, 0}));
  EXPECT_FALSE(test(seq_cst).contains({0, 0}));
}

outcome message_passing(order store, order load) {
  atomic<int> data{0}, flag{0};
  int a, b;
  in_parallel([&] { data.store(1, relaxed), flag.store(1, store); },
              [&] { a = flag.load(load), b = data.load(relaxed); });
  return {a, b};
}

TEST(Litmus, MessagePassingNeedsReleaseAndAcquire) {
  EXPECT_TRUE(outcomes([] { return message_passing(relaxed, relaxed); }).contains({1, 0}));
  EXPECT_TRUE(outcomes([] { return message_passing(release, relaxed); }).contains({1, 0}));
  EXPECT_TRUE(outcomes([] { return message_passing(relaxed, acquire); }).contains({1, 0}));
  EXPECT_EQ(outcomes([] { return message_passing(release, acquire); }), (std::set<outcome>{{0, 0}, {0, 1}, {1, 1}}));
}

// C++ allows {1, 1} here. The checker never reads a value before it is stored, so it does not find it: code that breaks
// only by load buffering passes.
TEST(Litmus, LoadBufferingIsBeyondTheChecker) {
  const auto found = outcomes([] {
    atomic<int> x{0}, y{0};
    int a, b;
    in_parallel([&] { a = x.load(relaxed), y.store(1, relaxed); }, [&] { b = y.load(relaxed), x.store(1, relaxed); });
    return outcome{a, b};
  });
  EXPECT_EQ(found, (std::set<outcome>{{0, 0}, {0, 1}, {1, 0}}));
}

outcome independent_reads(order stores, order loads) {
  atomic<int> x{0}, y{0};
  int a, b, c, d;
  in_parallel([&] { x.store(1, stores); }, [&] { y.store(1, stores); }, [&] { a = x.load(loads), b = y.load(loads); },
              [&] { c = y.load(loads), d = x.load(loads); });
  return {a, b, c, d};
}

TEST(Litmus, IndependentReadsDisagreeWithoutSequentialConsistency) {
  EXPECT_TRUE(outcomes([] { return independent_reads(relaxed, relaxed); }, four_threads).contains({1, 0, 1, 0}));
  EXPECT_TRUE(outcomes([] { return independent_reads(release, acquire); }, four_threads).contains({1, 0, 1, 0}));
  EXPECT_FALSE(outcomes([] { return independent_reads(seq_cst, seq_cst); }, four_threads).contains({1, 0, 1, 0}));
}

TEST(Litmus, ReadsOfOneLocationNeverGoBack) {
  const auto found = outcomes([] {
    atomic<int> x{0};
    int a, b;
    in_parallel([&] { x.store(1, relaxed), x.store(2, relaxed); }, [&] { a = x.load(relaxed), b = x.load(relaxed); });
    return outcome{a, b};
  });
  EXPECT_EQ(found, (std::set<outcome>{{0, 0}, {0, 1}, {0, 2}, {1, 1}, {1, 2}, {2, 2}}));
}

TEST(Litmus, ReadersAgreeOnTheOrderOfStores) {
  const auto found = outcomes(
      [] {
        atomic<int> x{0};
        int a, b, c, d;
        in_parallel([&] { x.store(1, relaxed); }, [&] { x.store(2, relaxed); },
                    [&] { a = x.load(relaxed), b = x.load(relaxed); },
                    [&] { c = x.load(relaxed), d = x.load(relaxed); });
        return outcome{a, b, c, d};
      },
      four_threads);
  EXPECT_TRUE(found.contains({1, 2, 1, 2}));
  EXPECT_TRUE(found.contains({2, 1, 2, 1}));
  EXPECT_FALSE(found.contains({1, 2, 2, 1}));
}

outcome two_writers(order order) {
  atomic<int> x{0}, y{0};
  in_parallel([&] { x.store(1, order), y.store(2, order); }, [&] { y.store(1, order), x.store(2, order); });
  return {x.load(relaxed), y.load(relaxed)};
}

TEST(Litmus, TwoPlusTwoWrites) {
  EXPECT_TRUE(outcomes([] { return two_writers(relaxed); }).contains({1, 1}));
  EXPECT_TRUE(outcomes([] { return two_writers(release); }).contains({1, 1}));
  EXPECT_FALSE(outcomes([] { return two_writers(seq_cst); }).contains({1, 1}));
}

TEST(Litmus, AStoreIsSeenByWhatItHappensBefore) {
  const auto found = outcomes([] {
    atomic<int> x{0}, first{0}, second{0};
    int a = -1;
    in_parallel([&] { x.store(1, relaxed), first.store(1, release); },
                [&] {
                  if (first.load(acquire))
                    second.store(1, release);
                },
                [&] {
                  if (second.load(acquire))
                    a = x.load(relaxed);
                });
    return outcome{a};
  });
  EXPECT_EQ(found, (std::set<outcome>{{-1}, {1}}));
}

TEST(Litmus, ReadModifyWritesContinueAReleaseSequence) {
  const auto test = [](bool modify) {
    return outcomes([=] {
      atomic<int> data{0}, flag{0};
      int a, b = -1;
      in_parallel([&] { data.store(1, relaxed), flag.store(1, release); },
                  [&] {
                    if (modify)
                      flag.fetch_add(1, relaxed);
                    else if (flag.load(relaxed) == 1)
                      flag.store(2, relaxed);
                  },
                  [&] {
                    if (a = flag.load(acquire); a == 2)
                      b = data.load(relaxed);
                  });
      return outcome{a, b};
    });
  };
  EXPECT_TRUE(test(true).contains({2, 1}));
  EXPECT_FALSE(test(true).contains({2, 0}));
  EXPECT_TRUE(test(false).contains({2, 0})) << "a plain store ends the sequence";
}

TEST(Litmus, AThreadsOwnRelaxedStoreEndsItsReleaseSequence) { // since C++20
  const auto found = outcomes([] {
    atomic<int> data{0}, flag{0};
    int a, b = -1;
    in_parallel([&] { data.store(1, relaxed), flag.store(1, release), flag.store(2, relaxed); },
                [&] {
                  if (a = flag.load(acquire); a == 2)
                    b = data.load(relaxed);
                });
    return outcome{a, b};
  });
  EXPECT_TRUE(found.contains({2, 0}));
}

TEST(Litmus, ReadModifyWritesAreAtomic) {
  const auto found = outcomes([] {
    atomic<int> x{0};
    int a, b;
    in_parallel([&] { a = x.fetch_add(1, relaxed); }, [&] { b = x.fetch_add(1, relaxed); },
                [&] { x.store(10, relaxed); });
    return outcome{a, b, x.load(relaxed)};
  });
  for (const outcome &each : found)
    EXPECT_NE(each[0], each[1]);
  EXPECT_TRUE(found.contains({0, 1, 10}));
  EXPECT_TRUE(found.contains({10, 11, 12}));
  EXPECT_TRUE(found.contains({0, 10, 11}));
}

TEST(Litmus, ACompareExchangeFailsWithItsOwnOrder) {
  const auto test = [](order failure) {
    return outcomes([=] {
      atomic<int> data{0}, flag{0};
      int b = -1;
      in_parallel([&] { data.store(1, relaxed), flag.store(1, release); },
                  [&] {
                    if (int expected = 2; !flag.compare_exchange_strong(expected, 3, acq_rel, failure) && expected == 1)
                      b = data.load(relaxed);
                  });
      return outcome{b};
    });
  };
  EXPECT_TRUE(test(relaxed).contains({0}));
  EXPECT_FALSE(test(acquire).contains({0}));
}

TEST(Litmus, AWeakCompareExchangeFailsForNoReason) {
  const auto test = [](bool weak) {
    return outcomes([=] {
      atomic<int> x{0};
      int expected = 0;
      return outcome{weak ? x.compare_exchange_weak(expected, 1) : x.compare_exchange_strong(expected, 1)};
    });
  };
  EXPECT_EQ(test(true), (std::set<outcome>{{0}, {1}}));
  EXPECT_EQ(test(false), (std::set<outcome>{{1}}));
}

} // namespace
} // namespace weave::model
