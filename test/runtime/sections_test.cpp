// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// depends_on with sections of arrays and every mode: random programs, and what each mode promises.
#include "support.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <vector>

namespace {

using weave::detail::access;
using weave::detail::commutative;
using weave::detail::concurrent;
using weave::detail::graph_frame;
using weave::detail::in;
using weave::detail::inout;
using weave::detail::operand;
using weave::detail::out;
using weave::detail::part_of;
using namespace weave::test;

constexpr long planes = 4, rows = 8, columns = 16;
using cube = unsigned char[planes][rows][columns];

// [first:count:stride]
struct range {
  long first, count, stride;
};

range any_range(generator &numbers, long extent) {
  const long stride = 1 + below(numbers, 3), first = below(numbers, static_cast<unsigned>(extent));
  return {first, below(numbers, static_cast<unsigned>((extent - first - 1) / stride + 2)), stride};
}

struct use {
  access mode;
  range plane, row, column;

  auto named(cube &of) const {
    return part_of(of, "of")(plane.first, plane.count,
                             plane.stride)(row.first, row.count, row.stride)(column.first, column.count, column.stride)
        .as(mode);
  }
  template <class F> void each(cube &of, F visit) const {
    for (long i = 0; i != plane.count; ++i)
      for (long j = 0; j != row.count; ++j)
        for (long k = 0; k != column.count; ++k)
          visit(of[plane.first + i * plane.stride][row.first + j * row.stride][column.first + k * column.stride]);
  }
};

struct step {
  std::array<use, 3> uses;
  unsigned char salt;
  bool slow;

  // What it reads decides on what it writes; what it adds where others add at the same time, or before or after it,
  // does not depend on what they read.
  void run(cube &of) const {
    unsigned sum = salt;
    for (const use &each : uses)
      if (each.mode == access::read || each.mode == access::write)
        each.each(of, [&](unsigned char &element) { sum = sum * 31 + element; });
    if (slow)
      dawdle(1);
    for (const use &each : uses)
      each.each(of, [&](unsigned char &element) {
        if (each.mode == access::write)
          element = static_cast<unsigned char>(sum += element);
        else if (each.mode == access::commute)
          element = static_cast<unsigned char>(element + salt);
        else if (each.mode == access::concur)
          __atomic_fetch_add(&element, salt, __ATOMIC_RELAXED);
      });
  }
};

std::vector<step> any_program(generator &numbers) {
  static constexpr access modes[] = {access::read,    access::read,    access::write,
                                     access::commute, access::commute, access::concur};
  std::vector<range> used_planes, used_rows, used_columns;
  std::vector<step> program(60);
  const unsigned kinds = 1 + below(numbers, 6);
  for (step &each : program) {
    each.salt = static_cast<unsigned char>(numbers());
    each.slow = below(numbers, 16) == 0;
    for (use &one : each.uses)
      one = {modes[below(numbers, kinds)], any_range(numbers, planes), any_range(numbers, rows),
             any_range(numbers, columns)};
    if (below(numbers, 2)) // as some earlier one does
      each.uses[0] = program[below(numbers, static_cast<unsigned>(&each - program.data() + 1))].uses[0];
  }
  return program;
}

TEST(Sections, RandomProgramsGiveTheResultOfTheSerialOne) {
  unsigned seed = 0;
  for (unsigned workers : {1u, 2u, 4u, 8u}) {
    weave::options settings;
    settings.workers = workers;
    const weave::runtime own(settings);
    for (long round = 0; round != scaled(250, 10); ++round) {
      generator numbers(++seed);
      const std::vector<step> program = any_program(numbers);
      cube expected{}, found{};
      for (const step &each : program)
        each.run(expected);
      {
        graph_frame tasks;
        for (const step &each : program) {
          if (numbers() % 4)
            want_task();
          tasks.spawn_after({each.uses[0].named(found), each.uses[1].named(found), each.uses[2].named(found)},
                            [&each, &found] { each.run(found); });
        }
        tasks.sync();
      }
      ASSERT_TRUE(std::equal(&found[0][0][0], &found[0][0][0] + sizeof found, &expected[0][0][0]))
          << "seed " << seed << ", " << workers << " workers";
    }
  }
}

// None of them waits for another, but never are two inside.
TEST(Sections, CommutativeTasksExcludeEachOther) {
  for (int round = 0; round != scaled(100, 5); ++round) {
    std::array<long, 8> cells{};
    std::atomic<int> inside{0};
    std::atomic<bool> met{false};
    graph_frame tasks;
    for (int i = 0; i != 50; ++i) {
      want_task();
      tasks.spawn_after({commutative(part_of(cells, "cells")(i % 4, 5))}, [&, i] { // cell 4 is everybody's
        met = met || inside.fetch_add(1) != 0;
        dawdle(i % 3);
        ++cells[4];
        --inside;
      });
    }
    tasks.sync();
    ASSERT_FALSE(met);
    ASSERT_EQ(cells[4], 50);
  }
}

// Each waits for several turns, which all take in the same order.
TEST(Sections, CommutativeTasksOfManyObjectsDoNotLockEachOtherOut) {
  for (int round = 0; round != scaled(200, 5); ++round) {
    std::array<long, 5> cells{};
    graph_frame tasks;
    for (int i = 0; i != 60; ++i) {
      long &one = cells[i % 5], &two = cells[i * 2 % 5], &three = cells[(i * 3 + 1) % 5];
      want_task();
      tasks.spawn_after({commutative(three), commutative(one), commutative(two)}, [&one, &two, &three, i] {
        ++one, ++two, ++three;
        if (i % 7 == 0)
          dawdle(1);
      });
    }
    tasks.sync();
    long sum = 0;
    for (long each : cells)
      sum += each;
    ASSERT_EQ(sum, 180);
  }
}

// A commutative task that runs in place does not do so beside one that runs elsewhere.
TEST(Sections, ATaskInPlaceTakesItsTurn) {
  for (int round = 0; round != scaled(200, 5); ++round) {
    long cell = 0;
    graph_frame tasks;
    for (int i = 0; i != 40; ++i) {
      if (i % 5 == 0)
        want_task();
      const auto add = [&cell] {
        const long seen = cell;
        dawdle(1);
        cell = seen + 1;
      };
      if (i % 3 == 0)
        tasks.run_after({commutative(cell)}, add);
      else
        tasks.spawn_after({commutative(cell)}, add);
    }
    tasks.sync();
    ASSERT_EQ(cell, 40);
  }
}

// Together they are a write: what comes before and behind them waits, and they meet.
TEST(Sections, ConcurrentTasksRunBesideEachOther) {
  if (weave::num_workers() < 3)
    GTEST_SKIP() << "needs two workers beside the one that spawns";
  int cell = 0, before = 0, behind = 0;
  std::atomic<int> present{0};
  std::array<bool, 2> met{};
  graph_frame tasks;
  want_task();
  tasks.spawn_after({out(cell)}, [&] { before = 1; });
  for (bool &each : met) {
    want_task();
    tasks.spawn_after({concurrent(cell), out(each)}, [&] {
      ++present;
      each = before == 1 && comes_true([&] { return present == 2; });
    });
  }
  tasks.spawn_after({in(cell), out(behind)}, [&] { behind = present; });
  EXPECT_TRUE(comes_true([&] { return present == 2; }));
  tasks.sync();
  EXPECT_TRUE(met[0] && met[1]);
  EXPECT_EQ(behind, 2);
}

// The runs of what is named, outermost level first.
template <class Section> std::vector<std::size_t> shape(const Section &named) {
  const auto found = named.as(access::read);
  const operand all = found;
  std::vector<std::size_t> result;
  for (std::uint32_t i = 0; i != all.level_count; ++i)
    result.insert(result.end(), {all.levels[i].count, all.levels[i].stride});
  result.push_back(all.bytes);
  return result;
}
using numbers = std::vector<std::size_t>;

TEST(Sections, NameTheirBytes) {
  int a[4][6][8];
  int *p = &a[0][0][0];
  const std::vector<int> v(10);
  std::array<std::array<short, 5>, 3> nested{};
  EXPECT_EQ(shape(part_of(p, "p")(2, 5)), (numbers{20}));
  EXPECT_EQ(shape(part_of(p, "p")(2, 5, 3)), (numbers{5, 12, 4}));
  EXPECT_EQ(shape(part_of(a, "a")(1, 2)), (numbers{2 * 192}));
  EXPECT_EQ(shape(part_of(a, "a")(1, 2)(0, 6)), (numbers{2 * 192}));
  EXPECT_EQ(shape(part_of(a, "a")(1, 2)(0, 6)(0, 8)), (numbers{2 * 192}));
  EXPECT_EQ(shape(part_of(a, "a")(0, 4)(2, 3)), (numbers{4, 192, 96}));
  EXPECT_EQ(shape(part_of(a, "a")(0, 4)(2, 3)(1, 2)), (numbers{4, 192, 3, 32, 8}));
  EXPECT_EQ(shape(part_of(a, "a")(2, 1)(2, 3)(1, 2)), (numbers{3, 32, 8}));
  EXPECT_EQ(shape(part_of(a, "a").rest(1)(3, 1)), (numbers{3, 192, 32}));
  EXPECT_EQ(shape(part_of(v, "v").rest(4u)), (numbers{24}));
  EXPECT_EQ(shape(part_of(nested, "nested")(0, 3)(1, 2)), (numbers{3, 10, 4}));
  EXPECT_EQ(shape(part_of(a, "a")(0, 4)(2, 0)(1, 2)).back(), 0u);
  EXPECT_EQ(in(part_of(p, "p")(3, 1)).begin, reinterpret_cast<char *>(p + 3));
  EXPECT_EQ(in(part_of(a, "a")(1, 1)(2, 1)(3, 1)).begin, reinterpret_cast<char *>(&a[1][2][3]));
}

TEST(SectionsDeathTest, ABadLengthStopsTheProgramAndNamesTheOperand) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  std::vector<int> cells(8);
  int *p = cells.data();
  const long length = -3;
  const unsigned long huge = ~0ul / 4 - 1;
  EXPECT_DEATH(part_of(p, "p[2:n]")(2, length),
               "sections_test.cpp:[0-9]*: weave: error: the length of 'p\\[2:n\\]' is -3");
  EXPECT_DEATH(part_of(p, "p[2:3:s]")(2, 3, length + 3), "the stride of 'p\\[2:3:s\\]' is 0");
  EXPECT_DEATH(part_of(p, "p[2:n]")(2, huge), "'p\\[2:n\\]' is longer than any object can be");
  EXPECT_DEATH(part_of(p, "p[2:n]")(2, ~0ul), "'p\\[2:n\\]' is longer than any object can be");
  EXPECT_DEATH(part_of(p, "p[2:n:s]")(2, 2, huge), "'p\\[2:n:s\\]' is longer than any object can be");
  EXPECT_DEATH(part_of(cells, "cells[9:]").rest(9), "the length of 'cells\\[9:\\]' is -1");
}

} // namespace
