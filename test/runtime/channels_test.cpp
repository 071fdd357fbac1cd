// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The channels between workers, each on its own.
#include "channels/offers.h"
#include "channels/parking.h"
#include "channels/sleepers.h"

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

  worker_base owner{{0}, true};
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

TEST(Sleepers, AreRemovedOnceNearestFirst) {
  sleepers sleeping(200);
  EXPECT_EQ(sleeping.remove_one(0), std::nullopt);
  for (unsigned worker : {3u, 63u, 64u, 70u, 199u})
    sleeping.enter(worker);
  EXPECT_EQ(sleeping.remove_one(64), 64u);
  EXPECT_EQ(sleeping.remove_one(64), 70u);
  EXPECT_EQ(sleeping.remove_one(71), 199u);
  EXPECT_EQ(sleeping.remove_one(71), 3u);
  EXPECT_EQ(sleeping.remove_one(71), 63u);
  EXPECT_EQ(sleeping.remove_one(71), std::nullopt);
}

TEST(Sleepers, AreFoundFromAnywhere) {
  for (unsigned workers : {1u, 2u, 63u, 64u, 65u, 128u, 300u})
    for (unsigned sleeper = 0; sleeper < workers; sleeper += 1 + workers / 17)
      for (unsigned from = 0; from < workers; from += 1 + workers / 13) {
        sleepers sleeping(workers);
        sleeping.enter(sleeper);
        ASSERT_EQ(sleeping.remove_one(from), sleeper) << workers << ' ' << from;
        ASSERT_FALSE(sleeping.leave(sleeper));
      }
}

TEST(Sleepers, KnowWhetherAnybodyRemovedThem) {
  sleepers sleeping(2);
  sleeping.enter(0);
  EXPECT_TRUE(sleeping.leave(0));
  EXPECT_FALSE(sleeping.leave(0));
  sleeping.enter(1);
  EXPECT_EQ(sleeping.remove_one(0), 1u);
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
        removed += sleeping.remove_one(i * 40).has_value();
    });
  std::atomic<long> left{0};
  std::vector<std::thread> owners;
  for (unsigned worker : {3u, 68u})
    owners.emplace_back([&, worker] {
      for (int round = 0; round != rounds; ++round) {
        sleeping.enter(worker);
        if (round % 2)
          std::this_thread::yield();
        left += sleeping.leave(worker);
      }
    });
  for (std::thread &each : owners)
    each.join();
  ended = true;
  for (std::thread &each : wakers)
    each.join();
  EXPECT_EQ(left + removed, 2l * rounds);
}

} // namespace
