// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// spawn depends_on: tasks of one activation, ordered by the bytes that they name.
#include "support.h"

#include <array>
#include <atomic>
#include <vector>

namespace {

using weave::detail::access;
using weave::detail::graph_frame;
using weave::detail::in;
using weave::detail::inout;
using weave::detail::operand;
using weave::detail::out;
using namespace weave::test;

TEST(Graph, AReadWaitsForTheWrite) {
  for (int round = 0; round != scaled(300, 5); ++round) {
    int a = 0, b = 0, c = 0;
    graph_frame tasks;
    want_task();
    tasks.spawn_after({out(a)}, [&a] {
      dawdle();
      a = 1;
    });
    tasks.spawn_after({in(a), out(b)}, [&a, &b] { b = a + 1; });
    tasks.spawn_after({in(a), in(b), out(c)}, [&a, &b, &c] { c = a + b; });
    tasks.sync();
    ASSERT_EQ(c, 3);
  }
}

TEST(Graph, AWriteWaitsForTheReads) {
  for (int round = 0; round != scaled(300, 5); ++round) {
    int a = 5;
    std::array<int, 6> seen{};
    graph_frame tasks;
    for (int &each : seen) {
      want_task();
      tasks.spawn_after({in(a), out(each)}, [&a, &each] {
        dawdle();
        each = a;
      });
    }
    tasks.spawn_after({out(a)}, [&a] { a = 6; });
    tasks.sync();
    for (int each : seen)
      ASSERT_EQ(each, 5);
    ASSERT_EQ(a, 6);
  }
}

TEST(Graph, AWriteWaitsForTheWrite) {
  for (int round = 0; round != scaled(100, 5); ++round) {
    std::vector<int> order;
    int a = 0;
    graph_frame tasks;
    for (int i = 0; i != 20; ++i) {
      want_task();
      tasks.spawn_after({inout(a)}, [&order, &a, i] {
        dawdle(i % 3);
        order.push_back(i);
        ++a;
      });
    }
    tasks.sync();
    ASSERT_EQ(a, 20);
    for (int i = 0; i != 20; ++i)
      ASSERT_EQ(order[i], i);
  }
}

// Each reader ends only when the other one has started; the code that spawned them helps neither.
TEST(Graph, ReadersRunBesideEachOther) {
  if (weave::num_workers() < 3)
    GTEST_SKIP() << "needs two workers beside the one that spawns";
  const int a = 1;
  std::array<bool, 2> met{};
  std::atomic<int> present{0};
  graph_frame tasks;
  for (bool &each : met) {
    want_task();
    tasks.spawn_after({in(a), out(each)}, [&] {
      ++present;
      each = comes_true([&] { return present == 2; });
    });
  }
  EXPECT_TRUE(comes_true([&] { return present == 2; }));
  tasks.sync();
  EXPECT_TRUE(met[0] && met[1]);
}

TEST(Graph, ATaskMayNameAnObjectTwice) {
  for (int round = 0; round != scaled(100, 5); ++round) {
    int a = 0;
    graph_frame tasks;
    for (int i = 0; i != 5; ++i) {
      want_task();
      tasks.spawn_after({in(a), out(a), inout(a), in(a)}, [&a] { a = 2 * a + 1; });
    }
    tasks.sync();
    ASSERT_EQ(a, 31);
  }
}

operand bytes(const unsigned char *begin, unsigned count, access mode) { return {begin, count, mode}; }

// Reads one range and overwrites another with what follows from it.
struct step {
  unsigned from, from_count, to, to_count;
  unsigned char salt;
  bool plain, slow;

  void run(unsigned char *memory) const {
    unsigned sum = salt;
    for (unsigned i = 0; i != from_count; ++i)
      sum = sum * 31 + memory[from + i];
    if (slow)
      dawdle(1);
    for (unsigned i = 0; i != to_count; ++i)
      memory[to + i] = static_cast<unsigned char>(sum += memory[to + i] + i);
  }
};

std::vector<step> random_steps(generator &numbers, unsigned count, unsigned size) {
  std::vector<step> steps(count);
  for (step &each : steps) {
    const unsigned widest = 1 + below(numbers, 24);
    each.from_count = 1 + below(numbers, widest), each.to_count = 1 + below(numbers, widest);
    each.from = below(numbers, size - each.from_count), each.to = below(numbers, size - each.to_count);
    each.salt = static_cast<unsigned char>(numbers());
    each.plain = below(numbers, 8) == 0, each.slow = below(numbers, 16) == 0;
  }
  return steps;
}

// Overlapping ranges, in any number and of any width, give what the serial program gives.
TEST(Graph, GivesTheResultOfTheSerialProgramWhateverTheRanges) {
  constexpr unsigned size = 256;
  for (unsigned seed = 0; seed != 60; ++seed) {
    generator numbers(seed);
    const std::vector<step> steps = random_steps(numbers, 200, size);
    std::vector<unsigned char> expected(size), found(size);
    std::vector<int> expected_plain(steps.size()), found_plain(steps.size());
    for (std::size_t i = 0; i != steps.size(); ++i)
      if (steps[i].plain)
        expected_plain[i] = 1;
      else
        steps[i].run(expected.data());
    {
      unsigned char *memory = found.data();
      graph_frame tasks;
      for (std::size_t i = 0; i != steps.size(); ++i) {
        const step &each = steps[i];
        if (numbers() % 2)
          want_task();
        if (each.plain)
          tasks.spawn([&ran = found_plain[i]] { ++ran; });
        else
          tasks.spawn_after({bytes(memory + each.from, each.from_count, access::read),
                             bytes(memory + each.to, each.to_count, access::write)},
                            [each, memory] { each.run(memory); });
      }
      tasks.sync();
    }
    ASSERT_EQ(found, expected) << "seed " << seed;
    ASSERT_EQ(found_plain, expected_plain) << "seed " << seed;
  }
}

// A blocked wavefront, as numerical programs have it: each cell needs its upper and its left neighbour.
TEST(Graph, RunsAWavefront) {
  constexpr int size = 40;
  for (int round = 0; round != 10; ++round) {
    std::array<std::array<unsigned, size>, size> cells{};
    unsigned corner = 1;
    graph_frame tasks;
    for (int row = 0; row != size; ++row)
      for (int column = 0; column != size; ++column) {
        const unsigned &up = row ? cells[row - 1][column] : corner, &left = column ? cells[row][column - 1] : corner;
        unsigned &cell = cells[row][column];
        want_task();
        tasks.spawn_after({in(up), in(left), out(cell)}, [&up, &left, &cell] { cell = up + left; });
      }
    tasks.sync();
    unsigned expected[size][size];
    for (int row = 0; row != size; ++row)
      for (int column = 0; column != size; ++column) {
        expected[row][column] = (row ? expected[row - 1][column] : 1) + (column ? expected[row][column - 1] : 1);
        ASSERT_EQ(cells[row][column], expected[row][column]);
      }
  }
}

// Counts the closures that exist, and how many there were at most.
class counted {
public:
  counted() { enter(); }
  counted(const counted &) { enter(); }
  ~counted() { --live; }

  static std::atomic<long> live, most;

private:
  static void enter() {
    const long now = ++live;
    long seen = most;
    while (seen < now && !most.compare_exchange_weak(seen, now)) {
    }
  }
};
std::atomic<long> counted::live{0}, counted::most{0};

TEST(Graph, R5AFloodOfTasksStaysWithinBounds) {
  const long count = scaled(300000);
  std::vector<long> cells(64);
  for (long &cell : cells)
    cell = 0;
  counted::most = 0;
  const auto flood = [&] {
    graph_frame tasks;
    for (long i = 0; i != count; ++i) {
      long &cell = cells[i % 64], &other = cells[i * 7 % 64];
      if (i % 4 == 0)
        want_task();
      tasks.spawn_after({in(other), inout(cell)}, [&cell, mine = counted()] { ++cell; });
    }
    tasks.sync();
  };
  flood();
  const long before = resident_memory();
  flood();
  EXPECT_LE(counted::most, 3000);
  EXPECT_EQ(counted::live, 0);
  expect_little_growth(before, 8 << 20);
  long sum = 0;
  for (long cell : cells)
    sum += cell;
  EXPECT_EQ(sum, 2 * count);
}

TEST(Graph, TakesBigAndMoveOnlyCaptures) {
  std::array<char, 50000> big{};
  std::atomic<long> sum{0};
  int a = 0;
  graph_frame tasks;
  for (int i = 0; i != 50; ++i) {
    big[40000] = static_cast<char>(i);
    want_task();
    tasks.spawn_after({inout(a)}, [big, number = std::make_unique<int>(i), &sum] { sum += big[40000] == *number; });
  }
  tasks.sync();
  EXPECT_EQ(sum, 50);
}

// A task of a graph that itself has one.
long nested(int levels) {
  if (levels == 0)
    return 1;
  long left = 0, right = 0, sum = 0;
  graph_frame tasks;
  WEAVE_TRY {
    want_task();
    tasks.spawn_after({out(left)}, [&left, levels] { left = nested(levels - 1); });
    want_task();
    tasks.spawn_after({out(right)}, [&right, levels] { right = nested(levels - 1); });
    tasks.spawn_after({in(left), in(right), out(sum)}, [&] { sum = left + right; });
    tasks.sync();
    return sum;
  }
  WEAVE_CATCH(tasks)
}

TEST(Graph, TasksMayHaveGraphsOfTheirOwn) { EXPECT_EQ(nested(sanitized ? 7 : 12), sanitized ? 128 : 4096); }

// How many tasks of the test lie on one another in the stack of this thread, and in any at most.
thread_local int nesting = 0;
std::atomic<int> most_nesting{0};

// R16: whoever waits must not pile unrelated tasks on one another until the stack is full.
TEST(Graph, R16WaitingDoesNotPileUpTheStack) {
  constexpr int count = sanitized ? 300 : 1000;
  std::vector<std::array<long, 3>> sums(count);
  most_nesting = 0;
  graph_frame tasks;
  for (auto &each : sums) {
    want_task();
    tasks.spawn_after({out(each)}, [&each] {
      ++nesting;
      int seen = most_nesting;
      while (seen < nesting && !most_nesting.compare_exchange_weak(seen, nesting)) {
      }
      weave::detail::frame inner;
      for (long &part : each) {
        want_task();
        inner.spawn([&part] {
          dawdle(1);
          part = 1;
        });
      }
      inner.sync();
      --nesting;
    });
  }
  tasks.sync();
  for (const auto &each : sums)
    ASSERT_EQ(each[0] + each[1] + each[2], 3);
  EXPECT_LE(most_nesting, 100);
}

} // namespace
