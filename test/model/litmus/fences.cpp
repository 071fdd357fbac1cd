// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Litmus tests of fences.
#include "checker/seam.h"
#include "litmus.h"

namespace weave::model {
namespace {

TEST(LitmusFences, StoreBufferingNeedsSequentiallyConsistentFences) {
  const auto test = [](order first, order second) {
    return outcomes([=] {
      atomic<int> x{0}, y{0};
      int a, b;
      in_parallel([&] { x.store(1, relaxed), fence(first), a = y.load(relaxed); },
                  [&] { y.store(1, relaxed), fence(second), b = x.load(relaxed); });
      return outcome{a, b};
    });
  };
  EXPECT_TRUE(test(acq_rel, acq_rel).contains({0, 0}));
  EXPECT_TRUE(test(seq_cst, acq_rel).contains({0, 0}));
  EXPECT_EQ(test(seq_cst, seq_cst), (std::set<outcome>{{0, 1}, {1, 0}, {1, 1}}));
}

TEST(LitmusFences, AFenceAgreesWithAnOperation) {
  const auto test = [](order operation) {
    return outcomes([=] {
      atomic<int> x{0}, y{0};
      int a, b;
      in_parallel([&] { x.store(1, relaxed), fence(seq_cst), a = y.load(relaxed); },
                  [&] { y.store(1, operation), b = x.load(operation); });
      return outcome{a, b};
    });
  };
  EXPECT_TRUE(test(relaxed).contains({0, 0}));
  EXPECT_FALSE(test(seq_cst).contains({0, 0}));
}

TEST(LitmusFences, AHeavyFenceIsAFenceOfTheOtherThreadToo) {
  const auto test = [](auto fence) {
    return outcomes([=] {
      atomic<int> x{0}, y{0};
      int a, b;
      in_parallel([&] { x.store(1, relaxed), a = y.load(relaxed); }, [&] { y.store(1, relaxed), fence(), b = x.load(relaxed); });
      return outcome{a, b};
    });
  };
  EXPECT_TRUE(test([] { fence(seq_cst); }).contains({0, 0}));
  EXPECT_EQ(test([] { heavy_fence(); }), (std::set<outcome>{{0, 1}, {1, 0}, {1, 1}}));
}

TEST(LitmusFences, OfTwoHeavyFencesEachIsOne) {
  const auto found = outcomes([] {
    atomic<int> x{0}, y{0};
    int a, b;
    in_parallel([&] { x.store(1, relaxed), heavy_fence(), a = y.load(relaxed); }, [&] { y.store(1, relaxed), heavy_fence(), b = x.load(relaxed); });
    return outcome{a, b};
  });
  EXPECT_FALSE(found.contains({0, 0}));
}

// What comes later in the other thread is not bound by it.
TEST(LitmusFences, AHeavyFenceOrdersOnlyWhatItSeparates) {
  const auto found = outcomes([] {
    atomic<int> x{0}, y{0};
    int a, b;
    in_parallel([&] { x.store(1, relaxed), y.store(1, relaxed); }, [&] { heavy_fence(), a = y.load(relaxed), b = x.load(relaxed); });
    return outcome{a, b};
  });
  EXPECT_TRUE(found.contains({1, 0}));
}

TEST(LitmusFences, AHeavyFenceDoesNotSynchronise) {
  const result found = explore([] {
    int plain = 0;
    atomic<int> x{0};
    in_parallel([&] { plain = 1, x.store(1, relaxed); },
                [&] {
                  heavy_fence();
                  if (x.load(relaxed) == 1)
                    plain = 2;
                });
  });
  EXPECT_TRUE(found.failed());
}

TEST(LitmusFences, MessagePassing) {
  const auto test = [](order before_store, order after_load) {
    return outcomes([=] {
      atomic<int> data{0}, flag{0};
      int a, b;
      in_parallel([&] { data.store(1, relaxed), fence(before_store), flag.store(1, relaxed); },
                  [&] { a = flag.load(relaxed), fence(after_load), b = data.load(relaxed); });
      return outcome{a, b};
    });
  };
  EXPECT_FALSE(test(release, acquire).contains({1, 0}));
  EXPECT_TRUE(test(acquire, acquire).contains({1, 0}));
  EXPECT_TRUE(test(release, release).contains({1, 0}));
}

TEST(LitmusFences, IndependentReads) {
  const auto test = [](order order) {
    return outcomes(
        [=] {
          atomic<int> x{0}, y{0};
          int a, b, c, d;
          in_parallel([&] { x.store(1, relaxed); }, [&] { y.store(1, relaxed); },
                      [&] { a = x.load(relaxed), fence(order), b = y.load(relaxed); },
                      [&] { c = y.load(relaxed), fence(order), d = x.load(relaxed); });
          return outcome{a, b, c, d};
        },
        four_threads);
  };
  EXPECT_TRUE(test(acq_rel).contains({1, 0, 1, 0}));
  EXPECT_FALSE(test(seq_cst).contains({1, 0, 1, 0}));
}

TEST(LitmusFences, AFenceOrdersButDoesNotSynchronise) {
  const result found = explore([] {
    int plain = 0;
    in_parallel([&] { plain = 1, fence(seq_cst); }, [&] { fence(seq_cst), plain = 2; });
  });
  EXPECT_TRUE(found.failed());
}

} // namespace
} // namespace weave::model
