// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The channels between workers, each on its own.
#include "channels/offers.h"
#include "channels/parking.h"
#include "channels/sleepers.h"
#include "channels/suppliers.h"

#include <algorithm>
#include <atomic>
#include <gtest/gtest.h>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

namespace {

using namespace weave::detail;

struct plain_task : task {
  explicit plain_task(worker_base &owner) : task(nullptr, owner, 0, 0) {}
  std::atomic<int> received{0};
};

class Offers : public testing::Test {
protected:
  plain_task &make() { return *tasks.emplace_back(std::make_unique<plain_task>(owner)); }
  void send(task &first) { channel.send(first, true); }

  worker_base owner{0, true};
  std::vector<std::unique_ptr<plain_task>> tasks;
  offers channel;
};

TEST_F(Offers, AreEmptyAtFirst) {
  EXPECT_EQ(channel.receive(), nullptr);
  EXPECT_TRUE(channel.holds(0));
  EXPECT_FALSE(channel.holds(1));
}

TEST_F(Offers, GiveATaskOnce) {
  plain_task &sent = make();
  send(sent);
  EXPECT_TRUE(channel.holds(1));
  EXPECT_FALSE(channel.holds(2));
  EXPECT_EQ(channel.receive(), &sent);
  EXPECT_EQ(channel.receive(), nullptr);
  EXPECT_FALSE(channel.take_back(sent));
}

TEST_F(Offers, GiveATaskBackToItsOwner) {
  plain_task &first = make(), &second = make();
  send(first);
  send(second);
  EXPECT_TRUE(channel.take_back(second));
  EXPECT_FALSE(channel.take_back(second));
  EXPECT_EQ(channel.receive(), &first);
  EXPECT_EQ(channel.receive(), nullptr);
}

TEST_F(Offers, LoseNothingWhenTheyAreFull) {
  const std::size_t count = offers::capacity * 5 + 3;
  for (std::size_t i = 0; i != count; ++i)
    send(make());
  EXPECT_TRUE(channel.holds(offers::capacity));
  std::vector<const task *> received;
  while (task *next = channel.receive())
    for (; next; next = next->next)
      received.push_back(next);
  EXPECT_EQ(received.size(), count);
  std::sort(received.begin(), received.end());
  EXPECT_EQ(std::unique(received.begin(), received.end()), received.end());
}

TEST_F(Offers, KeepWhatIsBehindATaskTogether) {
  plain_task &first = make(), &second = make();
  first.next = &second;
  send(first);
  EXPECT_FALSE(channel.take_back(second)) << "only the front of a list can be taken back";
  EXPECT_EQ(channel.receive(), &first);
  EXPECT_EQ(first.next, &second);
}

// One owner that sends and takes back, several receivers: each task reaches exactly one of them.
TEST_F(Offers, GiveEachTaskToOneReceiver) {
  constexpr int count = 20000, receivers = 3;
  for (int i = 0; i != count; ++i)
    make();
  std::atomic<bool> ended{false};
  std::atomic<int> total{0};
  std::vector<std::thread> threads;
  for (int i = 0; i != receivers; ++i)
    threads.emplace_back([&] {
      for (;;) {
        const bool last = ended;
        task *next = channel.receive();
        if (!next && last)
          return;
        while (next) {
          task *behind = next->next;
          ++static_cast<plain_task *>(next)->received;
          ++total;
          next = behind;
        }
      }
    });
  for (int i = 0; i != count; ++i) {
    send(*tasks[i]);
    if (i % 3 == 0 && channel.take_back(*tasks[i])) {
      for (task *next = tasks[i].get(); next; next = next->next)
        ++static_cast<plain_task *>(next)->received, ++total;
    }
  }
  ended = true;
  for (std::thread &each : threads)
    each.join();
  EXPECT_EQ(total, count);
  for (const auto &each : tasks)
    ASSERT_EQ(each->received, 1);
}

TEST(Parking, AWakeUpThatComesFirstIsNotLost) {
  parking place;
  place.unpark();
  place.unpark(); // coalesces with the first
  place.park();
  std::atomic<bool> returned{false};
  std::thread sleeper([&] {
    place.park();
    returned = true;
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_FALSE(returned) << "two wake-ups did not become one, or park does not sleep";
  place.unpark();
  sleeper.join();
}

TEST(Parking, LosesNoWakeUp) {
  parking ping, pong;
  constexpr int rounds = 20000;
  int turn = 0; // handed over by the wake-ups alone
  std::thread other([&] {
    for (int i = 0; i != rounds; ++i) {
      ping.park();
      ++turn;
      pong.unpark();
    }
  });
  for (int i = 0; i != rounds; ++i) {
    ping.unpark();
    pong.park();
    ASSERT_EQ(turn, i + 1);
  }
  other.join();
}

TEST_F(Offers, GiveTheOldestTaskToThievesAndTheNewestToTheOwner) {
  std::vector<plain_task *> sent;
  const auto send_another = [&] { send(*sent.emplace_back(&make())); };
  for (std::uint32_t i = 0; i != offers::capacity; ++i)
    send_another();
  EXPECT_EQ(channel.receive(), sent[0]);
  EXPECT_EQ(channel.receive(), sent[1]);
  EXPECT_FALSE(channel.holds(offers::capacity)); // the owner notices
  send_another();
  send_another();
  EXPECT_EQ(channel.receive(), sent[2]) << "the ring goes round";
  EXPECT_EQ(channel.receive_newest(), sent.back());
  sent.pop_back();
  EXPECT_TRUE(channel.take_back(*sent.back()));
  sent.pop_back();
  send_another();
  EXPECT_EQ(channel.receive_newest(), sent.back());
  sent.pop_back();
  for (std::size_t i = 3; i != sent.size(); ++i)
    EXPECT_EQ(channel.receive(), sent[i]);
  EXPECT_TRUE(channel.empty());
  EXPECT_EQ(channel.receive_newest(), nullptr);
  EXPECT_TRUE(channel.spent());
}

void fall_asleep(sleepers &sleeping, unsigned worker) {
  sleeping.begin_search(worker);
  sleeping.enter(worker);
}

TEST(Sleepers, AreRemovedOnceThoseOfTheSameGroupFirst) {
  sleepers sleeping(200);
  EXPECT_EQ(sleeping.remove_one(0, 200, true, 0), std::nullopt);
  for (unsigned worker : {3u, 63u, 64u, 70u, 199u})
    fall_asleep(sleeping, worker);
  EXPECT_EQ(sleeping.remove_one(65, 200, true, 6), 70u);
  EXPECT_EQ(sleeping.remove_one(65, 200, true, 6), 64u);
  EXPECT_EQ(sleeping.remove_one(65, 200, true, 6), 199u) << "then round from where the random number says";
  EXPECT_EQ(sleeping.remove_one(65, 200, true, 1), 63u);
  EXPECT_EQ(sleeping.remove_one(65, 200, true, 1), 3u);
  EXPECT_EQ(sleeping.remove_one(65, 200, true, 1), std::nullopt);
}

TEST(Sleepers, AreFoundFromAnywhere) {
  for (unsigned workers : {1u, 2u, 31u, 32u, 33u, 63u, 64u, 65u, 128u, 300u})
    for (unsigned sleeper = 0; sleeper < workers; sleeper += 1 + workers / 17)
      for (unsigned from = 0; from < workers; from += 1 + workers / 13)
        for (unsigned random : {0u, from, workers - 1}) {
          sleepers sleeping(workers);
          fall_asleep(sleeping, sleeper);
          ASSERT_EQ(sleeping.remove_one(from, workers, false, random), sleeper) << workers << ' ' << from;
          ASSERT_FALSE(sleeping.leave(sleeper));
        }
}

TEST(Sleepers, AreLeftAloneWhileSomebodySearches) {
  sleepers sleeping(100);
  fall_asleep(sleeping, 1);
  fall_asleep(sleeping, 2);
  sleeping.begin_search(0);
  sleeping.begin_search(3);
  EXPECT_EQ(sleeping.remove_one(0, 100, false, 0), std::nullopt);
  EXPECT_FALSE(sleeping.end_search(0));
  EXPECT_TRUE(sleeping.end_search(3)) << "the last one";
  EXPECT_EQ(sleeping.remove_one(0, 100, false, 0), 1u);
  EXPECT_EQ(sleeping.remove_one(0, 100, false, 0), std::nullopt) << "who was removed searches";
  EXPECT_EQ(sleeping.remove_one(0, 100, true, 0), 2u);
  EXPECT_FALSE(sleeping.end_search(1));
  EXPECT_TRUE(sleeping.end_search(2));
}

TEST(Sleepers, KnowWhetherAnybodyRemovedThem) {
  sleepers sleeping(2);
  fall_asleep(sleeping, 0);
  EXPECT_TRUE(sleeping.leave(0));
  EXPECT_FALSE(sleeping.leave(0));
  fall_asleep(sleeping, 1);
  EXPECT_EQ(sleeping.remove_one(0, 2, true, 0), 1u);
  EXPECT_FALSE(sleeping.leave(1));
}

// Each entry ends in exactly one way: its worker leaves, or one other removes it.
TEST(Sleepers, EndEachEntryOnce) {
  constexpr unsigned workers = 70;
  constexpr int rounds = 20000;
  sleepers sleeping(workers);
  std::atomic<long> removed{0};
  std::atomic<bool> ended{false};
  std::vector<std::thread> wakers;
  for (unsigned i = 0; i != 2; ++i)
    wakers.emplace_back([&, i] {
      for (; !ended; std::this_thread::yield())
        removed += sleeping.remove_one(i * 40, workers, true, 0).has_value();
    });
  std::atomic<long> left{0};
  std::vector<std::thread> owners;
  for (unsigned worker : {3u, 68u})
    owners.emplace_back([&, worker] {
      for (int round = 0; round != rounds; ++round) {
        fall_asleep(sleeping, worker);
        if (round % 2)
          std::this_thread::yield();
        left += sleeping.leave(worker);
        sleeping.end_search(worker);
      }
    });
  for (std::thread &each : owners)
    each.join();
  ended = true;
  for (std::thread &each : wakers)
    each.join();
  EXPECT_EQ(left + removed, 2l * rounds);
  EXPECT_EQ(sleeping.remove_one(0, workers, false, 0), std::nullopt) << "nobody sleeps";
  fall_asleep(sleeping, 3);
  EXPECT_EQ(sleeping.remove_one(3, workers, false, 0), 3u) << "nobody searches";
}

TEST(Suppliers, AreMarkedUntilSomebodyFindsNothing) {
  constexpr unsigned group = suppliers::group;
  suppliers offering(2 * group + 2);
  offering.mark(0);
  offering.mark(group - 1);
  offering.mark(group - 1);
  offering.mark(2 * group + 1);
  EXPECT_EQ(offering.marked(0), suppliers::word{1} << (group - 1) | 1);
  EXPECT_EQ(offering.marked(1), 0u);
  EXPECT_EQ(offering.marked(2), 2u);
  offering.clear(group - 1);
  offering.clear(group - 1);
  EXPECT_EQ(offering.marked(0), 1u);
}

} // namespace
