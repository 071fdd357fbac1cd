// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Scopes, detached tasks and handles on the real workers ("scopes and detached tasks" in runtime/protocol/README.md): a scope ends when all that was made in it is done, and
// not before; the memory of a detached task goes back to its owner; nobody touches a scope that has ended.
#include "harness.h"

#include <stdexcept>

namespace weave::model {
namespace {

using detail::detached;

TEST(Scopes, ADetachedTask) {
  WEAVE_EXPECT_HOLDS(explore_program({3, 1}, 2, [] {
    int x = 0;
    {
      sync_scope all;
      detached().spawn([&x] { x = 1; });
    }
    check(x == 1, "the scope ended before its task");
  }));
}

TEST(Scopes, TwoDetachedTasks) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 0}, 2, [] {
    int x = 0, y = 0;
    {
      sync_scope all;
      detached().spawn([&x] { x = 1; });
      detached().spawn([&y] { y = 1; });
    }
    check(x + y == 2, "the scope ended before its tasks");
  }));
}

// Whoever takes the frame's task makes the detached one, which nobody else counts.
TEST(Scopes, ADescendantOfAStolenTask) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 0}, 2, [] {
    int x = 0;
    {
      sync_scope all;
      detail::frame tasks;
      tasks.spawn([&x] { detached().spawn([&x] { x = 1; }); });
    }
    check(x == 1, "the scope ended before a descendant");
  }));
}

TEST(Scopes, ADescendantOfADetachedTask) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 0}, 3, [] {
    int x = 0;
    {
      sync_scope all;
      detached().spawn([&x] { detached().spawn([&x] { x = 1; }); });
      let_others_finish();
    }
    check(x == 1, "the scope ended before a descendant");
  }));
}

// The task that is made counts before anybody can end it: its maker, which is counted too, goes on.
TEST(Scopes, AMakerThatGoesOn) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 0}, 2, [] {
    int x = 0, y = 0;
    {
      sync_scope all;
      detached().spawn([&x, &y] {
        detached().spawn([&x] { x = 1; });
        y = 1;
      });
    }
    check(x == 1 && y == 1, "the scope ended before the task that made another");
  }));
}

TEST(Scopes, OneInsideAnother) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 0}, 2, [] {
    int x = 0, y = 0;
    {
      sync_scope outer;
      detached().spawn([&x] { x = 1; });
      {
        sync_scope inner;
        detached().spawn([&y] { y = 1; });
      }
      check(y == 1, "the inner scope ended before its task");
    }
    check(x == 1, "the outer scope ended before its task");
  }));
}

TEST(Scopes, ADelayedTask) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 0}, 2, [] {
    int x = 0;
    flow_event begin;
    {
      sync_scope all;
      spawn_detached(depends_on(begin), [&x] { x = 1; });
      detached().spawn([&begin] { begin.trigger(); });
    }
    check(x == 1, "the scope ended before its delayed task");
  }));
}

// Who makes the task ready is no part of the scope, so that nothing else keeps the scope from its end.
TEST(Scopes, ADelayedTaskMadeReadyFromOutside) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 0}, 2, [] {
    int x = 0;
    flow_event begin;
    detail::frame outside;
    outside.spawn([&begin] { begin.trigger(); });
    {
      sync_scope all;
      spawn_detached(depends_on(begin), [&x] { x = 1; });
    }
    check(x == 1, "the scope ended before its delayed task");
  }));
}

// It sleeps on a parking of its own until the scope is quiet.
TEST(Scopes, OfAThreadOutside) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 1}, 2, [] {
    int x = 0;
    flow_event begin;
    thread guest = outside([&] {
      {
        sync_scope all;
        spawn_detached(depends_on(begin), [&x] { x = 1; });
      }
      check(x == 1, "the scope ended before its delayed task");
    });
    begin.trigger();
    guest.join();
  }));
}

TEST(Scopes, AFutureThatIsKept) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 0}, 2, [] {
    future<int> kept;
    {
      sync_scope all;
      kept = spawn([] { return 7; });
    }
    check(kept.is_ready(), "the scope ended before its future was ready");
    check(kept.get() == 7, "the result of the call");
  }));
}

TEST(Scopes, TheRoot) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 0}, 2, [] {
    int x = 0;
    detached().spawn([&x] { x = 1; });
    sync_root();
    check(x == 1, "sync_root returned before a detached task ended");
  }));
}

// A scope has one waiter.
TEST(Scopes, TwoThreadsWaitForTheRoot) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 0}, 2, [] {
    int x = 0;
    detached().spawn([&x] { x = 1; });
    const auto wait_for_it = [&x] {
      sync_root();
      check(x == 1, "sync_root returned before a detached task ended");
    };
    thread guest = enrolled(home(), wait_for_it);
    wait_for_it();
    guest.join();
  }));
}

TEST(Scopes, TheEndOfTheRuntime) {
  WEAVE_EXPECT_HOLDS(explore({2, 0}, [] {
    int x = 0;
    flow_event begin;
    {
      runtime all({2});
      spawn_detached(depends_on(begin), [&x] { x = 1; });
      detached().spawn([&begin] { begin.trigger(); });
    }
    check(x == 1, "the runtime ended before a detached task");
  }));
}

TEST(Scopes, AnException) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 0}, 2, [] {
    bool caught = false;
    try {
      sync_scope all;
      detached().spawn([] { throw std::runtime_error("thrown"); });
    } catch (const std::runtime_error &) {
      caught = true;
    }
    check(caught, "the exception reached the end of the scope");
  }));
}

TEST(Handles, OneTask) {
  WEAVE_EXPECT_HOLDS(explore_program({3, 1}, 2, [] {
    int x = 0, y = 0;
    handle mine;
    detail::frame tasks;
    tasks.spawn(mine, [&x] { x = 1; });
    tasks.spawn([&y] { y = 1; });
    if (mine.is_ready())
      check(x == 1, "the handle is ready before its task is done");
    tasks.sync(mine);
    check(mine.is_ready() && x == 1, "the task that was waited for is done");
    tasks.sync();
    check(y == 1, "the other task is done");
  }));
}

} // namespace
} // namespace weave::model
