// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What the checker reports: races, memory used too late, threads that wait for ever; and how a failure is seen again.
#include "litmus.h"

#include <cstdlib>
#include <memory>

namespace weave::model {
namespace {

TEST(Checks, APlainPublicationIsARace) {
  const auto test = [](order store, order load) {
    return explore([=] {
      atomic<bool> ready{false};
      int payload = 0;
      in_parallel([&] { payload = 1, ready.store(true, store); },
                  [&] {
                    if (ready.load(load))
                      check(payload == 1, "the payload is what was published");
                  });
    });
  };
  EXPECT_TRUE(test(relaxed, acquire).failed());
  EXPECT_TRUE(test(release, relaxed).failed());
  const result right = test(release, acquire);
  EXPECT_FALSE(right.failed()) << right;
}

TEST(Checks, AWriteAfterTheReleaseIsARace) {
  const result found = explore([] {
    atomic<bool> ready{false};
    int payload = 0;
    in_parallel([&] { ready.store(true, release), payload = 1; },
                [&] {
                  if (ready.load(acquire))
                    payload = 2;
                });
  });
  EXPECT_EQ(found.failure.substr(0, 9), "data race") << found;
}

TEST(Checks, NeighboursDoNotRace) {
  const result found = explore([] {
    struct alignas(8) {
      char a = 0, b = 0;
      short c = 0;
    } neighbours;
    in_parallel([&] { neighbours.a = 1; }, [&] { neighbours.b = 1; }, [&] { neighbours.c = 1; });
  });
  EXPECT_FALSE(found.failed()) << found;
}

TEST(Checks, ReadersDoNotRace) {
  const result found = explore([] {
    int shared = 1, a, b;
    in_parallel([&] { a = shared; }, [&] { b = shared; });
    check(a + b == 2, "both read it");
  });
  EXPECT_FALSE(found.failed()) << found;
}

TEST(Checks, MemoryFreedTooEarly) {
  const result plain = explore([] {
    auto shared = std::make_unique<int>(1);
    atomic<int *> where{shared.get()};
    in_parallel([&] { check(*where.load(relaxed) == 1, "it is what it was"); }, [&] { shared.reset(); });
  });
  EXPECT_TRUE(plain.failed());
  const result atomics = explore([] {
    auto shared = std::make_unique<atomic<int>>(1);
    in_parallel([mine = shared.get()] { mine->load(relaxed); }, [&] { shared.reset(); });
  });
  EXPECT_TRUE(atomics.failed());
}

TEST(Checks, AnAtomicMustBePublished) {
  const auto test = [](order store) {
    return explore([=] {
      atomic<atomic<int> *> where{nullptr};
      std::unique_ptr<atomic<int>> made;
      in_parallel([&] { made = std::make_unique<atomic<int>>(1), where.store(made.get(), store); },
                  [&] {
                    if (atomic<int> *found = where.load(acquire))
                      found->load(relaxed);
                  });
    });
  };
  EXPECT_TRUE(test(relaxed).failed());
  const result right = test(release);
  EXPECT_FALSE(right.failed()) << right;
}

TEST(Checks, ALostWakeUpIsADeadlock) {
  const auto test = [](bool look_again) {
    return explore([=] {
      atomic<int> rung{0};
      in_parallel([&] { rung.store(1), rung.notify_one(); },
                  [&] {
                    if (look_again) {
                      rung.wait(0);
                    } else if (const int seen = rung.load(); !seen || seen == 1) { // waits for a change that was
                      rung.wait(seen);
                    }
                  });
    });
  };
  EXPECT_EQ(test(false).failure.substr(0, 8), "deadlock");
  const result right = test(true);
  EXPECT_FALSE(right.failed()) << right;
}

TEST(Checks, AStoreWithoutNotificationWakesNobody) {
  const result found = explore([] {
    atomic<int> rung{0};
    in_parallel([&] { rung.store(1); }, [&] { rung.wait(0); });
  });
  EXPECT_EQ(found.failure.substr(0, 8), "deadlock");
}

TEST(Checks, AnEndlessLoop) {
  const result found = explore([] {
    atomic<int> never{0};
    while (!never.load())
      ;
  });
  EXPECT_EQ(found.failure.substr(0, 6), "no end");
}

// Takes one preemption in the middle of the increment.
void lost_update() {
  atomic<int> x{0};
  const auto increment = [&] { x.store(x.load() + 1); };
  in_parallel(increment, increment);
  check(x.load() == 2, "no increment is lost");
}

TEST(Checks, TheBoundOfPreemptionsHolds) {
  EXPECT_FALSE(explore({0, 0}, lost_update).failed());
  EXPECT_TRUE(explore({1, 0}, lost_update).failed());
}

TEST(Checks, AFailureIsReplayed) {
  const result found = explore(lost_update);
  ASSERT_TRUE(found.failed());
  setenv("WEAVE_MODEL_REPLAY", found.schedule.c_str(), 1);
  const result again = explore(lost_update);
  unsetenv("WEAVE_MODEL_REPLAY");
  EXPECT_EQ(again.executions, 1u);
  EXPECT_EQ(again.failure, found.failure);
  EXPECT_EQ(again.trace, found.trace);
  EXPECT_NE(found.trace.find("checks.cpp"), std::string::npos) << found;
}

// When it fails, it has gone on from its last operation. The replay must not know of that.
TEST(Checks, AFailureOfTheFirstThreadIsReplayed) {
  const result found = explore([] {
    atomic<int> x{0};
    thread other([&] { x.load(); });
    x.store(1);
    check(false, "it fails");
  });
  EXPECT_EQ(found.failure, "it fails");
  EXPECT_NE(found.trace.find("store"), std::string::npos) << found;
}

TEST(Checks, ARandomFailureIsReplayed) {
  setenv("WEAVE_MODEL_RANDOM", "1:1000", 1);
  const result found = explore(lost_update);
  unsetenv("WEAVE_MODEL_RANDOM");
  ASSERT_TRUE(found.failed());
  setenv("WEAVE_MODEL_REPLAY", found.schedule.c_str(), 1);
  const result again = explore(lost_update);
  unsetenv("WEAVE_MODEL_REPLAY");
  EXPECT_EQ(again.failure, found.failure);
  EXPECT_EQ(again.trace, found.trace);
}

// Or one would take for mended what was not even tried.
TEST(Checks, AScheduleOfAnotherTestIsNotReplayed) {
  for (const char *schedule : {"1/0 1000:1", "1/0 0:1000"}) {
    setenv("WEAVE_MODEL_REPLAY", schedule, 1);
    const result found = explore(lost_update);
    unsetenv("WEAVE_MODEL_REPLAY");
    EXPECT_NE(found.failure.find("of another test"), std::string::npos) << found;
  }
}

} // namespace
} // namespace weave::model
