// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Frames: spawn and sync without exceptions.
#include "support.h"

#include <array>
#include <atomic>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

namespace {

using weave::detail::frame;
using namespace weave::test;

long fib(int n) {
  if (n < 2)
    return n;
  long x, y;
  frame weave_frame_4;
  WEAVE_TRY {
    weave_frame_4.spawn([&x, n] { x = fib(n - 1); });
    y = fib(n - 2);
    weave_frame_4.sync();
    return x + y;
  }
  WEAVE_CATCH(weave_frame_4)
}

TEST(Frame, GivesTheResultOfTheSerialProgram) { EXPECT_EQ(fib(sanitized ? 20 : 28), sanitized ? 6765 : 317811); }

TEST(Frame, MayHaveNothingToJoin) {
  frame empty;
  empty.sync();
  empty.sync();
}

TEST(Frame, JoinsAtTheEndOfItsBlock) {
  for (int round = 0; round != scaled(200, 5); ++round) {
    std::atomic<int> done{0};
    {
      frame tasks;
      for (int i = 0; i != 10; ++i) {
        want_task();
        tasks.spawn([&done] {
          dawdle();
          ++done;
        });
      }
    }
    ASSERT_EQ(done, 10);
  }
}

TEST(Frame, SpawnsAgainAfterASync) {
  std::atomic<int> done{0};
  frame tasks;
  for (int round = 1; round <= 100; ++round) {
    for (int i = 0; i != 5; ++i) {
      want_task();
      tasks.spawn([&done] { ++done; });
    }
    tasks.sync();
    ASSERT_EQ(done, 5 * round);
    tasks.sync();
  }
}

TEST(Frame, TakesThousandsOfSpawnsInALoop) {
  std::vector<int> runs(20000);
  {
    frame tasks;
    for (int &run : runs) {
      want_task();
      tasks.spawn([&run] { ++run; });
    }
    tasks.sync();
  }
  for (int run : runs)
    ASSERT_EQ(run, 1);
}

long sum(const long *values, int count) {
  if (count == 1)
    return *values;
  long left = 0, right = 0;
  frame outer;
  WEAVE_TRY {
    want_task();
    outer.spawn([&left, values, count] { left = sum(values, count / 2); });
    {
      long inner_result = 0;
      frame inner;
      WEAVE_TRY {
        want_task();
        inner.spawn([&inner_result, values, count] { inner_result = sum(values + count / 2, count - count / 2); });
        inner.sync(), outer.sync();
        right = inner_result;
      }
      WEAVE_CATCH(inner)
    }
    return left + right;
  }
  WEAVE_CATCH(outer)
}

TEST(Frame, Nests) {
  std::vector<long> values(scaled(5000));
  std::iota(values.begin(), values.end(), 1);
  const long count = static_cast<long>(values.size());
  EXPECT_EQ(sum(values.data(), static_cast<int>(count)), count * (count + 1) / 2);
}

int depth(int levels, bool force) {
  if (levels == 0)
    return 0;
  int below = 0;
  frame tasks;
  WEAVE_TRY {
    if (force)
      want_task();
    tasks.spawn([&below, levels, force] { below = depth(levels - 1, force); });
    tasks.sync();
    return below + 1;
  }
  WEAVE_CATCH(tasks)
}

TEST(Frame, RecursesDeeply) {
  const int levels = deep;
  EXPECT_EQ(depth(levels, false), levels);
  EXPECT_EQ(depth(levels, true), levels);
}

TEST(Frame, R12CopiesBigCaptures) {
  struct big {
    std::array<unsigned char, 100 * 1024> bytes;
  };
  big value{};
  value.bytes.front() = 1, value.bytes.back() = 2;
  std::atomic<int> right{0};
  frame tasks;
  for (unsigned char i = 0; i != 50; ++i) {
    value.bytes[5000] = i;
    want_task();
    tasks.spawn(
        [value, i, &right] { right += value.bytes.front() == 1 && value.bytes.back() == 2 && value.bytes[5000] == i; });
  }
  tasks.sync();
  EXPECT_EQ(right, 50);
}

TEST(Frame, R12MovesMoveOnlyCaptures) {
  std::atomic<long> sum{0};
  frame tasks;
  for (int i = 1; i <= 1000; ++i) {
    auto number = std::make_unique<int>(i);
    auto text = std::string(100, 'x');
    want_task();
    tasks.spawn([number = std::move(number), text = std::move(text), &sum] {
      sum += *number * static_cast<long>(text.size());
    });
  }
  tasks.sync();
  EXPECT_EQ(sum, 100l * 1000 * 1001 / 2);
}

template <std::size_t Alignment> void expect_alignment() {
  struct alignas(Alignment) value {
    int number;
  };
  std::atomic<int> right{0};
  frame tasks;
  for (int i = 0; i != 100; ++i) {
    value aligned{i};
    want_task();
    tasks.spawn([aligned, i, &right] {
      right += reinterpret_cast<std::uintptr_t>(&aligned) % Alignment == 0 && aligned.number == i;
    });
  }
  tasks.sync();
  EXPECT_EQ(right, 100) << Alignment;
}

TEST(Frame, R12AlignsOverAlignedCaptures) {
  expect_alignment<16>();
  expect_alignment<64>();
  expect_alignment<128>();
  expect_alignment<4096>();
}

// Knows whether it owns what it was made with, so that a closure that is destroyed twice or never shows.
class token {
public:
  explicit token(std::atomic<int> &destroyed) : destroyed_(&destroyed) {}
  token(token &&other) noexcept : destroyed_(std::exchange(other.destroyed_, nullptr)) {}
  ~token() {
    if (destroyed_)
      ++*destroyed_;
    destroyed_ = nullptr;
  }
  bool owns() const { return destroyed_ != nullptr; }

private:
  std::atomic<int> *destroyed_;
};

TEST(Frame, DestroysEachClosureOnce) {
  constexpr int count = 5000;
  std::vector<std::atomic<int>> destroyed(count);
  std::atomic<int> owned{0};
  {
    frame tasks;
    for (int i = 0; i != count; ++i) {
      if (i % 3)
        want_task();
      tasks.spawn([mine = token(destroyed[i]), &owned] { owned += mine.owns(); });
    }
    tasks.sync();
    EXPECT_EQ(owned, count);
  }
  for (const auto &times : destroyed)
    ASSERT_EQ(times, 1);
}

TEST(Frame, SeesWhatATaskWroteWithoutAtomics) {
  for (int round = 0; round != scaled(2000, 5); ++round) {
    int a = 0, b = 0, c = 0;
    frame tasks;
    want_task();
    tasks.spawn([&a] { a = 1; });
    want_task();
    tasks.spawn([&b] { b = 2; });
    c = 3;
    tasks.sync();
    ASSERT_EQ(a + b + c, 6);
  }
}

// So a spawn costs what a call costs.
TEST(Frame, R10MakesNoTaskThatNobodyWants) {
  weave::options options;
  options.workers = 1;
  const weave::runtime alone(options);
  const auto here = std::this_thread::get_id();
  int order = 0;
  frame tasks;
  for (int i = 0; i != 100; ++i) {
    bool ran = false;
    tasks.spawn([&] {
      ran = std::this_thread::get_id() == here;
      ++order;
    });
    ASSERT_TRUE(ran && order == i + 1) << "spawn did not run its statement at once, here";
  }
}

} // namespace
