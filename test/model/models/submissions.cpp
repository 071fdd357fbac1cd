// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Calls from any thread (section 7 of runtime/protocol/README.md): each is refused or runs once, in its turn, while
// those who could run it may be asleep.
#include "channels/inbox.h"
#include "channels/parking.h"
#include "channels/sleepers.h"
#include "harness.h"

#include <stdexcept>

namespace weave::model {
namespace {

/// A call with something in it that whoever takes it touches.
struct parcel : detail::future_task {
  explicit parcel(detail::worker_base &owner) : future_task(nullptr, [](future_task &) noexcept {}, owner) {}
  int content = 0;
  int receivers = 0;
};

/// Two threads send, one of them a message of two calls, and two take.
TEST(Inbox, EachCallIsTakenOnceAndInItsTurn) {
  WEAVE_EXPECT_HOLDS(explore({3, 1}, [] {
    detail::inbox inbox;
    detail::worker_base nobody{0, false};
    parcel single(nobody), first(nobody), second(nobody);
    first.after.store(&second, order::relaxed);
    const auto take = [&] {
      detail::future_task *const taken = inbox.take();
      if (!taken)
        return false;
      auto &mine = static_cast<parcel &>(*taken);
      check(mine.content == 1, "what was sent is received");
      ++mine.receivers; // a race, if there is another
      return true;
    };
    thread one([&] {
      single.content = 1;
      inbox.send(single, single);
    });
    thread two([&] {
      first.content = second.content = 1;
      inbox.send(first, second);
    });
    thread takes([&] { take(); });
    take();
    one.join();
    two.join();
    takes.join();
    do
      check(second.receivers <= first.receivers, "what is in front of a message comes first");
    while (take());
    check(inbox.is_empty(), "nothing is left");
    check(single.receivers == 1 && first.receivers == 1 && second.receivers == 1, "each call is taken once");
  }));
}

// Section 7 of runtime/protocol/README.md in its smallest form: who stays awake takes the call later.
TEST(Inbox, ASleeperIsSeenOrSees) {
  WEAVE_EXPECT_HOLDS(explore({4, 4}, [] {
    detail::inbox inbox;
    detail::sleepers sleepers(2);
    detail::parking parking;
    detail::worker_base nobody{0, false};
    parcel sent(nobody);
    bool stays = false;
    thread sleeper([&] {
      sleepers.begin_search(1);
      sleepers.enter(1);
      detail::future_task *taken = inbox.take();
      stays = !taken && !inbox.is_empty();
      if (!taken && !stays) {
        parking.park();
        taken = inbox.take();
      }
      sleepers.leave(1);
      sleepers.end_search(1);
      check(stays || taken == &sent, "the sleeper took it");
    });
    inbox.send(sent, sent);
    if (sleepers.remove_one(0, 2, false, 0))
      parking.unpark();
    sleeper.join();
    check(!stays || inbox.take() == &sent, "it can be taken");
  }));
}

TEST(Inbox, WhatIsBegunElsewhereIsLetGo) {
  WEAVE_EXPECT_HOLDS(explore({3, 1}, [] {
    detail::inbox inbox;
    detail::worker_base nobody{0, false};
    parcel begun(nobody), other(nobody);
    check(begun.claim(), "it is begun where somebody waits for it");
    inbox.send(begun, begun);
    thread sends([&] { inbox.send(other, other); });
    inbox.sweep();
    sends.join();
    inbox.sweep();
    check(inbox.take() == &other && inbox.is_empty(), "the other is left");
  }));
}

/// A thread that is no worker submits the call, and waits for it. Its runtime's own thread keeps away.
void submit_and_wait(detail::runtime &to) {
  thread guest([&to] {
    auto submitted = detail::submit_to(&to, [] {
      check(detail::current->record, "a submission runs on a worker");
      return 7;
    });
    check(submitted.get() == 7, "the result of the call");
    check(!detail::current->record, "who submits does not become a worker");
  });
  guest.join();
}

TEST(Submissions, ACall) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 1}, 2, [] { submit_and_wait(home()); }));
}

TEST(Submissions, ACallAfterASleep) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 1}, 2, [] {
    let_others_finish();
    submit_and_wait(home());
  }));
}

// The runtime has no helper: the first submission starts who takes it.
TEST(Submissions, ACallWithoutHelpers) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 0}, 1, [] { submit_and_wait(home()); }));
}

TEST(Submissions, TwoSubmitters) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 0}, 2, [] {
    detail::runtime &to = home();
    thread guest([&to] { check(detail::submit_to(&to, [] { return 1; }).get() == 1, "the result of the call"); });
    thread other([&to] { check(detail::submit_to(&to, [] { return 2; }).get() == 2, "the result of the call"); });
    guest.join();
    other.join();
  }));
}

// Neither of the two calls ends before the other has begun, so that both helpers must come, though one may be at the
// inbox when the other looks.
TEST(Submissions, NoneIsBehindALongOne) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 0}, 3, [] {
    detail::runtime &to = home();
    atomic<int> begun{0};
    const auto call = [&begun] {
      if (begun.fetch_add(1) == 0)
        while (begun.load() != 2)
          begun.wait(1);
      else
        begun.notify_all();
    };
    thread guest([&] {
      auto first = detail::submit_to(&to, call), second = detail::submit_to(&to, call);
      first.get();
      second.get();
    });
    guest.join();
  }));
}

// Who waits runs it, or a helper does; what is left is let go.
TEST(Submissions, AWorkerWaits) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 1}, 2, [] {
    int runs = 0;
    auto submitted = detail::submit_to(&home(), [&runs] { return ++runs; });
    check(submitted.get() == 1, "it runs once");
  }));
}

TEST(Submissions, ACallThatAThreadOutsideMakesReady) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 0}, 2, [] {
    detail::runtime &to = home();
    int x = 0;
    flow_event written;
    thread guest([&] {
      x = 7;
      written.trigger();
    });
    auto read = detail::submit_to(&to, depends_on(written), [&x] { return x; });
    thread waits([&] { check(read.get() == 7, "what was written before the event"); });
    waits.join();
    guest.join();
  }));
}

// Whatever the end does not wait for was refused.
TEST(Submissions, OneAtTheEnd) {
  WEAVE_EXPECT_HOLDS(explore({2, 1}, [] {
    detail::runtime all(1);
    detail::worker_base *const before = detail::current;
    detail::worker &mine = *all.enrol();
    detail::current = &mine;
    atomic<bool> ran{false};
    bool accepted = false;
    thread guest([&] {
      try {
        auto submitted = detail::submit_to(&all, [&ran] { ran.store(true, order::relaxed); });
        accepted = true;
        submitted.wait();
      } catch (const std::runtime_error &) {
        check(!accepted, "a call is refused where it is submitted");
      }
    });
    all.finish_submissions(mine);
    const bool ran_by_then = ran.newest();
    guest.join();
    check(accepted == ran_by_then, "the end waits for what is accepted, and for nothing else");
    all.retire(mine);
    detail::current = before;
  }));
}

} // namespace
} // namespace weave::model
