// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The decisions of the scheduler, which know neither threads nor clocks.
#include "protocol/batches.h"
#include "protocol/patience.h"
#include "protocol/supply.h"
#include "protocol/victims.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <set>
#include <vector>

namespace {

using namespace weave::protocol;
using std::chrono::nanoseconds;

/// Marks of workers of whom each may have something.
constexpr auto all = [](unsigned) { return ~std::uint64_t{0} >> (64 - victims::group); };

TEST(Victims, LeaveNobodyOutAndAskNobodyTwice) {
  for (unsigned workers : {2u, 3u, 63u, 64u, 65u, 127u, 128u, 129u, 200u})
    for (unsigned thief : {0u, workers / 2, workers - 1}) {
      victims order(thief + 1);
      for (int round = 0; round != 5; ++round) {
        std::vector<unsigned> asked;
        EXPECT_FALSE(order.any(workers, thief, all, [&](unsigned victim) {
          asked.push_back(victim);
          return false;
        }));
        const std::set<unsigned> different(asked.begin(), asked.end());
        ASSERT_EQ(asked.size(), workers - 1);
        ASSERT_EQ(different.size(), workers - 1);
        ASSERT_FALSE(different.count(thief));
        ASSERT_LT(*different.rbegin(), workers);
      }
    }
}

// A machine of four sockets of eight: whoever is in one ring is asked before whoever is only in the next.
TEST(Victims, AreNearOnesFirst) {
  constexpr unsigned workers = 32, thief = 10;
  victims order(1, {{10, 12}, {8, 16}});
  const auto distance = [](unsigned victim) { return victim == 11 ? 0 : victim / 8 == 1 ? 1 : 2; };
  std::set<unsigned> first_far;
  for (int round = 0; round != 2000; ++round) {
    std::vector<unsigned> asked;
    EXPECT_FALSE(order.any(workers + 1, thief, all, [&](unsigned victim) { return asked.push_back(victim), false; }));
    ASSERT_EQ(std::set<unsigned>(asked.begin(), asked.end()).size(), workers) << "somebody was left out, or asked twice";
    ASSERT_TRUE(std::is_sorted(asked.begin(), asked.end(), [&](unsigned a, unsigned b) { return distance(a) < distance(b); }));
    first_far.insert(asked[7]);
  }
  EXPECT_EQ(first_far.size(), workers - 8 + 1) << "some far worker is never the first to be asked";
}

TEST(Victims, AreOnlyThoseThatAreMarked) {
  const std::set<unsigned> marked{0, 5, 63, 64, 127, 199};
  victims order(1, {{0, 32}, {0, 100}});
  for (int round = 0; round != 100; ++round) {
    std::set<unsigned> asked;
    EXPECT_FALSE(order.any(
        200, 5,
        [&](unsigned group) {
          std::uint64_t marks = 0;
          for (const unsigned each : marked)
            marks |= std::uint64_t{each / victims::group == group} << each % victims::group;
          return marks;
        },
        [&](unsigned victim) { return asked.insert(victim), false; }));
    EXPECT_EQ(asked, (std::set<unsigned>{0, 63, 64, 127, 199}));
  }
}

TEST(Appetite, IsForAsManyTasksAsAreWorthTheirPassage) {
  appetite thief;
  EXPECT_EQ(thief.tasks(), 1u) << "nothing is known";
  thief.learn(1, nanoseconds(limits::batch_time / 10));
  EXPECT_EQ(thief.tasks(), 10u);
  thief.learn(10, nanoseconds(10 * limits::least_task));
  EXPECT_EQ(thief.tasks(), limits::batch) << "bounded";
  thief.learn(10, nanoseconds(limits::least_task));
  EXPECT_EQ(thief.tasks(), 1u) << "too short to be worth it";
  thief.learn(1, nanoseconds(100 * limits::batch_time));
  EXPECT_EQ(thief.tasks(), 1u);
  thief.learn(64, nanoseconds(0));
  EXPECT_EQ(thief.tasks(), 1u) << "a clock too coarse to tell";
}

TEST(Claim, IsForAFewMembersThatWereShortSoFar) {
  EXPECT_EQ(claim(0, nanoseconds(0)), 1u) << "nothing is known";
  EXPECT_EQ(claim(1, nanoseconds(limits::claim_time / 2)), 2u);
  EXPECT_EQ(claim(1000, nanoseconds(1)), limits::claim);
  EXPECT_EQ(claim(4, nanoseconds(8 * limits::claim_time)), 1u);
}

TEST(Appetite, RestsLongerTheMoreOftenWhatItGotWasNotWorthIt) {
  appetite thief;
  const nanoseconds tiny(limits::worth - 1), enough(limits::worth);
  EXPECT_EQ(thief.rest(), nanoseconds(0));
  thief.learn(1, tiny);
  EXPECT_EQ(thief.rest(), nanoseconds(limits::least_rest));
  thief.learn(1, tiny);
  EXPECT_EQ(thief.rest(), nanoseconds(2 * limits::least_rest));
  for (int i = 0; i != 50; ++i)
    thief.learn(1, tiny);
  EXPECT_EQ(thief.rest(), nanoseconds(limits::rest)) << "bounded";
  thief.learn(1, enough);
  EXPECT_EQ(thief.rest(), nanoseconds(limits::rest / 2));
  for (int i = 0; i != 50; ++i)
    thief.learn(1, enough);
  EXPECT_EQ(thief.rest(), nanoseconds(0));
}

TEST(BatchLength, DoublesUntilATaskIsTakenBack) {
  batch_length owner;
  EXPECT_EQ(owner.next(0), 1u);
  for (std::uint32_t length = 2; length != limits::batch; length *= 2)
    EXPECT_EQ(owner.next(limits::batch), length);
  EXPECT_EQ(owner.next(~0u), limits::batch);
  EXPECT_EQ(owner.next(3), 3u) << "no more than was asked for";
  EXPECT_EQ(owner.next(limits::batch), 6u);
  owner.taken_back();
  EXPECT_EQ(owner.next(limits::batch), 1u);
}

TEST(Victims, AskNobodyWhenThereIsNobodyElse) {
  victims order(1);
  EXPECT_FALSE(order.any(1, 0, all, [](unsigned) {
    ADD_FAILURE() << "the thief asked itself";
    return true;
  }));
}

TEST(Victims, StopAtTheFirstThatGives) {
  victims order(3);
  int asked = 0;
  EXPECT_TRUE(order.any(10, 4, all, [&asked](unsigned) { return ++asked == 3; }));
  EXPECT_EQ(asked, 3);
}

TEST(Victims, BeginAnywhere) {
  for (unsigned seed = 1; seed != 50; ++seed) {
    victims order(seed);
    std::set<unsigned> first;
    for (int i = 0; i != 2000; ++i)
      order.any(16, 5, all, [&first](unsigned victim) {
        first.insert(victim);
        return true;
      });
    EXPECT_EQ(first.size(), 15u) << "thieves with seed " << seed << " never begin with some worker";
  }
}

TEST(Victims, AreNotTheSameForTwoThieves) {
  victims one(1), other(2);
  int same = 0;
  for (int i = 0; i != 100; ++i) {
    unsigned first[2] = {};
    one.any(64, 63, all, [&](unsigned victim) { return first[0] = victim, true; });
    other.any(64, 63, all, [&](unsigned victim) { return first[1] = victim, true; });
    same += first[0] == first[1];
  }
  EXPECT_LT(same, 50);
}

TEST(Supply, IsOneForEachOfTheOthers) {
  EXPECT_EQ(supply(1, 16), 1u);
  EXPECT_EQ(supply(2, 16), 1u);
  EXPECT_EQ(supply(8, 16), 7u);
  EXPECT_EQ(supply(17, 16), 16u);
  EXPECT_EQ(supply(1000, 16), 16u);
}

TEST(Patience, SpinsThenYieldsThenSleeps) {
  patience patience;
  int looks = 0;
  while (patience.next() == patience::step::spin)
    ASSERT_LT(++looks, 100000);
  EXPECT_GT(looks, 0);
  int yields = 1; // the one that ended the loop
  for (; patience.next() == patience::step::yield; ++yields)
    ASSERT_LT(yields, 100000);
  EXPECT_GT(yields, 1);
  for (int i = 0; i != 1000; ++i)
    ASSERT_EQ(patience.next(), patience::step::sleep);
  patience.found_work();
  EXPECT_EQ(patience.next(), patience::step::spin);
}

TEST(Patience, IsNotForEverybody) { EXPECT_EQ(no_patience().next(), patience::step::sleep); }

} // namespace
