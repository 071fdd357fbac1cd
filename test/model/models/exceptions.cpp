// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Several tasks of one frame throw, in blocks as the tool writes them: the first exception in serial order leaves, once,
// when every task is done.
#include "harness.h"

namespace weave::model {
namespace {

constexpr int nothing = -1;

/// What leaves a block.
template <class Block> int thrown_by(Block block) {
  try {
    block();
  } catch (int number) {
    return number;
  }
  return nothing;
}

// Not watched: the checker does not see when the C++ library frees an exception, whose memory may become that of the
// next.
[[noreturn, gnu::noipa, gnu::no_sanitize("thread")]] void fail(int number) { throw number; }

/// A task that counts and then throws its number.
auto failing(int &runs, int number) {
  return [&runs, number] {
    ++runs;
    fail(number);
  };
}

TEST(Exceptions, TwoTasksAtASync) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 1}, 2, [] {
    int first = 0, second = 0;
    const int left = thrown_by([&] {
      detail::frame tasks;
      WEAVE_TRY {
        tasks.spawn(failing(first, 1));
        tasks.spawn(failing(second, 2));
        tasks.sync();
      }
      WEAVE_CATCH(tasks)
    });
    check(left == 1 && first == 1, "the first in serial order leaves");
    check(second <= 1, "each task ran once at most"); // not at all, where the first ran in place
  }));
}

// A try block in a loop: what one round threw does not come again in the next.
TEST(Exceptions, ABlockThatComesAgain) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 0}, 2, [] {
    for (int round = 0; round != 2; ++round) {
      int runs[2] = {};
      const int left = thrown_by([&] {
        detail::frame tasks;
        WEAVE_TRY {
          for (int i = 0; i != 2; ++i)
            tasks.spawn(failing(runs[i], 2 * round + i));
          tasks.sync();
        }
        WEAVE_CATCH(tasks)
      });
      check(left == 2 * round, "the first of this round leaves");
    }
  }));
}

TEST(Exceptions, TheBlockItself) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 1}, 2, [] {
    int well = 0, runs = 0;
    const int left = thrown_by([&] {
      detail::frame tasks;
      WEAVE_TRY {
        tasks.spawn([&well] { ++well; });
        tasks.spawn(failing(runs, 1));
        fail(2);
      }
      WEAVE_CATCH(tasks)
    });
    check(left == 1 && well == 1 && runs == 1, "a task precedes what the block throws behind it");
  }));
}

// The sync of one task takes it out of the frame; those that are left are older and younger.
template <class Frame, class Spawn> void sync_of_one(Spawn spawn) {
  handle mine;
  int runs = 0, late = 0;
  const int left = thrown_by([&] {
    Frame tasks;
    WEAVE_TRY {
      tasks.spawn(mine, failing(runs, 1));
      spawn(tasks, failing(late, 2));
      tasks.sync(mine);
    }
    WEAVE_CATCH(tasks)
  });
  check(left == 1 && runs == 1, "what left at the sync precedes the younger task");
}

TEST(Exceptions, TheSyncOfOneTask) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 1}, 2, [] {
    sync_of_one<detail::frame>([](detail::frame &tasks, auto f) { tasks.spawn(f); });
  }));
}

TEST(Exceptions, TheSyncOfOneTaskOfAGraph) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 1}, 2, [] {
    int x = 0;
    sync_of_one<detail::graph_frame>(
        [&x](detail::graph_frame &tasks, auto f) { tasks.spawn_after({detail::out(x)}, f); });
  }));
}

// A handler inside sees the tasks of its own block alone.
template <class Frame, class... Outer> void try_block_inside() {
  int older = 0, inner = 0, seen = nothing;
  const int left = thrown_by([&] {
    Frame tasks;
    WEAVE_TRY {
      tasks.spawn(failing(older, 1));
      tasks.sync(); // in front of a try block that holds a sync
      seen = thrown_by([&] {
        Frame own{static_cast<Outer &>(tasks)...};
        WEAVE_TRY {
          own.spawn(failing(inner, 2));
          own.sync();
        }
        WEAVE_CATCH(own)
      });
    }
    WEAVE_CATCH(tasks)
  });
  check(left == 1 && seen == nothing && inner == 0, "nothing behind the sync is reached");
}

template <class Frame, class... Outer> void try_block_without_sync() {
  int older = 0, inner[2] = {};
  const int left = thrown_by([&] {
    Frame tasks;
    WEAVE_TRY {
      tasks.spawn(failing(older, 1));
      const int seen = thrown_by([&] {
        Frame own{static_cast<Outer &>(tasks)...};
        WEAVE_TRY {
          own.spawn(failing(inner[0], 2));
          own.spawn(failing(inner[1], 3));
        }
        WEAVE_CATCH(own)
      });
      check(seen == 2, "the handler sees the first of its own block");
    }
    WEAVE_CATCH(tasks)
  });
  check(left == 1 && older == 1, "the older task precedes all of it");
}

TEST(Exceptions, ATryBlockBehindASync) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 0}, 2, [] { try_block_inside<detail::frame>(); }));
  WEAVE_EXPECT_HOLDS(explore_program({2, 0}, 2, [] { try_block_inside<detail::graph_frame, detail::graph_frame>(); }));
}

TEST(Exceptions, ATryBlockBesideATask) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 0}, 2, [] { try_block_without_sync<detail::frame>(); }));
  WEAVE_EXPECT_HOLDS(
      explore_program({2, 0}, 2, [] { try_block_without_sync<detail::graph_frame, detail::graph_frame>(); }));
}

TEST(Exceptions, ARegionInATryBlock) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 1}, 2, [] {
    int runs = 0;
    const int left = thrown_by([&] {
      detail::region([&](auto &tasks) {
        auto task = tasks.fork(failing(runs, 1));
        task.join();
        fail(2);
      });
    });
    check(left == 1 && runs == 1, "the task precedes the rest of the region");
    const int at_end = thrown_by([&] {
      detail::region([&](auto &tasks) {
        auto task = tasks.fork(failing(runs, 3));
        fail(4);
        task.join();
      });
    });
    check(at_end == 3 && runs == 2, "also where an exception leaves it");
  }));
}

} // namespace
} // namespace weave::model
