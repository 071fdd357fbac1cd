// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Each channel alone, with more preemptions and stale reads than whole programs allow.
#include "channels/offers.h"
#include "channels/parking.h"
#include "channels/returns.h"
#include "channels/sleepers.h"
#include "channels/suppliers.h"
#include "harness.h"
#include "weave/detail/direct_offer.h"

#include <deque>
#include <optional>

namespace weave::model {
namespace {

/// A task with something in it that whoever receives the task touches.
struct parcel : detail::task {
  explicit parcel(detail::worker_base &owner) : task(nullptr, owner, sizeof(parcel), alignof(parcel)) {}
  int content = 0;
  int receivers = 0;
};

/// Opens a parcel, and those behind it.
void open(detail::task *received) {
  while (received) {
    auto &mine = static_cast<parcel &>(*received);
    check(mine.content == 1, "what was sent is received");
    ++mine.receivers; // a race, if there is another
    received = mine.next;
  }
}

void send_and_receive(int parcels, int thieves, bool take_back) {
  detail::offers offers;
  detail::worker_base owner{0, true};
  std::deque<parcel> sent;
  std::vector<thread> receivers;
  for (int i = 0; i != thieves; ++i)
    receivers.emplace_back([&] { open(offers.receive()); });
  for (int i = 0; i != parcels; ++i) {
    parcel &made = sent.emplace_back(owner);
    made.content = 1;
    offers.send(made, true);
  }
  if (take_back)
    for (parcel &mine : sent)
      if (offers.take_back(mine))
        open(&mine);
  for (thread &each : receivers)
    each.join();
  while (detail::task *left = offers.receive())
    open(left);
  check(!offers.holds(1), "nothing is left");
  for (parcel &each : sent)
    check(each.receivers == 1, "each parcel is received once");
}

TEST(Offers, AThiefAndAnOwnerThatTakesBack) {
  WEAVE_EXPECT_HOLDS(explore({4, 4}, [] { send_and_receive(1, 1, true); }));
  WEAVE_EXPECT_HOLDS(explore({3, 2}, [] { send_and_receive(2, 1, true); }));
}

TEST(Offers, TwoThievesAndAnOwnerThatTakesBack) {
  WEAVE_EXPECT_HOLDS(explore({3, 1}, [] { send_and_receive(1, 2, true); }));
}

TEST(Offers, MoreTasksThanSlots) {
  WEAVE_EXPECT_HOLDS(explore({3, 1}, [] { send_and_receive(protocol::limits::offers + 2, 1, false); }));
}

/// The record of a worker, without the worker: what is in it is written anew for each put.
struct biased_record {
  detail::direct_offer direct;
  atomic<bool> kept{false};
  int number = 0; // of the put
  int owners = 0, thieves = 0; // which had it how often
  bool stolen = false;

  void put() {
    ++number;
    kept.store(true, order::release);
    if (!direct.is_biased())
      direct.share();
  }
  void take_back() {
    kept.store(false, order::relaxed);
    if (direct.is_biased() || direct.take_back())
      ++owners;
    else
      stolen = true;
  }
  /// For who has received it.
  void take() {
    const int taken = number; // a race, if the owner has it
    check(taken != 0, "what was put is taken");
    ++thieves;
  }
};

/// An owner puts, takes back, and restores the bias in between, until something is taken; each of the thieves looks, and then claims.
void keep_and_claim(int puts, int thieves, bool restores) {
  biased_record record;
  record.direct.restore_bias();
  std::vector<thread> claimants;
  for (int i = 0; i != thieves; ++i)
    claimants.emplace_back([&] {
      const detail::direct_offer::word revocation = record.direct.revoke();
      if (revocation)
        heavy_fence();
      if (record.direct.take() || (revocation && record.kept.load(order::acquire) && record.direct.claim(revocation)))
        record.take();
    });
  int made = 0;
  while (made != puts && !record.stolen) {
    record.put();
    ++made;
    record.take_back();
    if (restores && !record.stolen && !record.direct.is_biased()) {
      record.direct.give_up();
      record.direct.restore_bias();
    }
  }
  for (thread &each : claimants)
    each.join();
  check(record.owners + record.thieves == made, "each is received once");
  check(record.thieves == record.stolen, "the owner knows");
}

TEST(DirectOffer, AThiefThatClaims) {
  WEAVE_EXPECT_HOLDS(explore({4, 4}, [] { keep_and_claim(1, 1, false); }));
  WEAVE_EXPECT_HOLDS(explore({4, 3}, [] { keep_and_claim(3, 1, false); }));
}

TEST(DirectOffer, AThiefThatClaimsWhileTheBiasIsRestored) {
  WEAVE_EXPECT_HOLDS(explore({4, 3}, [] { keep_and_claim(3, 1, true); }));
}

// A late claim meets the revocation of another.
TEST(DirectOffer, TwoThievesThatClaim) {
  WEAVE_EXPECT_HOLDS(explore({3, 2}, [] { keep_and_claim(1, 2, false); }));
  WEAVE_EXPECT_HOLDS(explore({3, 2}, [] { keep_and_claim(3, 2, true); }));
}

// Whoever finds nothing behind its fence is told of what comes later.
TEST(DirectOffer, WhoLooksInVainIsTold) {
  WEAVE_EXPECT_HOLDS(explore({4, 4}, [] {
    biased_record record;
    record.direct.restore_bias();
    bool silent = false, seen = false;
    thread sleeper([&] {
      record.direct.revoke();
      heavy_fence();
      seen = record.kept.load(order::relaxed);
    });
    record.kept.store(true, order::relaxed);
    silent = record.direct.is_biased();
    sleeper.join();
    check(seen || !silent, "what was put in silence is seen");
  }));
}

void receive_with_the_wake_up(void (detail::parking::*receive)(steady_clock::time_point) noexcept) {
  WEAVE_EXPECT_HOLDS(explore({4, 4}, [=] {
    detail::parking parking;
    int message = 0;
    thread waker([&] {
      message = 1;
      parking.unpark();
    });
    (parking.*receive)(platform::never);
    check(message == 1, "the message came with the wake-up");
    waker.join();
  }));
}

TEST(Parking, AMessageBeforeTheWakeUpIsSeenAfterIt) { receive_with_the_wake_up(&detail::parking::park); }

TEST(Parking, AMessageBeforeTheWakeUpIsSeenByWhoPolls) { receive_with_the_wake_up(&detail::parking::poll); }

// As a worker does whose runtime has been told to stay awake: it sleeps elsewhere, and the same wake-ups come.
TEST(Parking, EachWakeUpEndsOnePollOrSleep) {
  WEAVE_EXPECT_HOLDS(explore({4, 2}, [] {
    detail::parking here, there;
    thread other([&] {
      here.poll();
      there.unpark();
      here.park();
      there.unpark();
    });
    for (int round = 0; round != 2; ++round) {
      here.unpark();
      there.poll();
    }
    other.join();
  }));
}

TEST(Parking, EveryWakeUpEndsASleepOrPreventsIt) {
  WEAVE_EXPECT_HOLDS(explore({4, 4}, [] {
    detail::parking parking;
    atomic<int> messages{0};
    const auto send = [&] {
      messages.fetch_add(1, order::relaxed);
      parking.unpark();
    };
    thread first(send), second(send);
    while (messages.load(order::relaxed) != 2)
      parking.park();
    first.join();
    second.join();
  }));
}

TEST(Parking, OnePlaceForManySleeps) {
  WEAVE_EXPECT_HOLDS(explore({4, 2}, [] {
    detail::parking here, there;
    int ball = 0;
    thread player([&] {
      here.park();
      ++ball;
      there.unpark();
      here.park();
      ++ball;
      there.unpark();
    });
    for (int round = 0; round != 2; ++round) {
      ++ball;
      here.unpark();
      there.park();
    }
    check(ball == 4, "it went to and fro");
    player.join();
  }));
}

TEST(Returns, EachBlockComesBackOnceAndWhole) {
  WEAVE_EXPECT_HOLDS(explore({3, 2}, [] {
    struct alignas(16) piece {
      std::byte memory[64];
    };
    detail::returns returns;
    piece pieces[2];
    int times[2] = {0, 0};
    const auto give_back = [&](std::size_t which) { returns.push(&pieces[which], 64 + which, 16); };
    const auto take = [&] {
      returns.take_all([&](void *memory, std::size_t bytes, std::size_t alignment) {
        const auto which = static_cast<std::size_t>(static_cast<piece *>(memory) - pieces);
        check(bytes == 64 + which && alignment == 16, "its size came with it");
        ++times[which];
      });
    };
    thread first([&] { give_back(0); }), second([&] { give_back(1); });
    take();
    first.join();
    second.join();
    take();
    check(times[0] == 1 && times[1] == 1, "each came back once");
  }));
}

TEST(Sleepers, EachIsRemovedOnce) {
  WEAVE_EXPECT_HOLDS(explore({3, 3}, [] {
    detail::sleepers sleepers(65); // two words
    const unsigned workers[] = {0, 64};
    atomic<int> woken[] = {{0}, {0}};
    const auto wake = [&] {
      if (const auto found = sleepers.remove_one(0, 65, true, 0))
        woken[*found != 0].fetch_add(1, order::relaxed);
    };
    for (const unsigned each : workers) {
      sleepers.begin_search(each);
      sleepers.enter(each);
    }
    thread first(wake), second(wake);
    const bool left = sleepers.leave(workers[0]);
    first.join();
    second.join();
    check(woken[0].newest() + left == 1, "a sleeper is removed by itself or by one other");
    check(woken[1].newest() == 1, "nobody that sleeps is overlooked");
  }));
}

// Section 2 of runtime/protocol/README.md in its smallest form.
TEST(Sleepers, ASleeperIsSeenOrSees) {
  WEAVE_EXPECT_HOLDS(explore({4, 4}, [] {
    detail::offers offers;
    detail::sleepers sleepers(2);
    detail::parking parking;
    detail::worker_base owner{0, true};
    parcel made(owner);
    thread sleeper([&] {
      sleepers.begin_search(1);
      sleepers.enter(1);
      detail::task *found = offers.receive();
      if (!found) {
        parking.park();
        found = offers.receive();
      }
      sleepers.leave(1);
      sleepers.end_search(1);
      open(found);
    });
    made.content = 1;
    offers.send(made, true);
    if (sleepers.remove_one(0, 2, false, 0))
      parking.unpark();
    sleeper.join();
    check(made.receivers == 1, "the sleeper took it");
  }));
}

// The same with a mark, which a second thief clears in the moment when nothing is on offer.
TEST(Suppliers, ATaskOutOfSightIsSeenOrTheSleeperIsWoken) {
  WEAVE_EXPECT_HOLDS(explore({3, 2}, [] {
    detail::offers offers;
    detail::sleepers sleepers(2);
    detail::suppliers suppliers(2);
    detail::parking parking;
    detail::worker_base owner{0, true};
    parcel made(owner);
    const auto announce = [&] {
      suppliers.mark(0);
      if (sleepers.remove_one(0, 2, false, 0))
        parking.unpark();
    };
    suppliers.mark(0);
    thread sleeper([&] {
      detail::task *found = nullptr;
      sleepers.begin_search(1);
      while (!found) {
        sleepers.enter(1);
        found = suppliers.marked(0) ? offers.receive() : nullptr;
        if (!found)
          parking.park();
        sleepers.leave(1);
      }
      sleepers.end_search(1);
      open(found);
    });
    thread passer_by([&] {
      if (!offers.empty())
        return;
      suppliers.clear(0);
      if (!offers.empty())
        announce();
    });
    made.content = 1;
    offers.send(made, true);
    announce();
    sleeper.join();
    passer_by.join();
    check(made.receivers == 1, "the sleeper took it");
  }));
}

} // namespace
} // namespace weave::model
