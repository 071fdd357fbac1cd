// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Which bytes two operands share, and which tasks follow which, against a reckoning byte by byte and task by task.
#include "dataflow/accesses.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <gtest/gtest.h>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace {

using weave::detail::access;
using weave::detail::accesses;
using weave::detail::area;
using weave::detail::bytes;
using weave::detail::graph_task;
using weave::detail::level;
using weave::detail::operand;
using weave::detail::overlap;
using weave::detail::progress;

constexpr std::size_t size = 512;
using set = std::bitset<size>;

std::array<char, size> memory;

class random_source {
public:
  explicit random_source(unsigned seed) : engine_(seed) {}
  unsigned below(unsigned limit) { return static_cast<unsigned>(engine_() % limit); }
  unsigned between(unsigned low, unsigned high) { return low + below(high - low + 1); }

private:
  std::mt19937 engine_;
};

// A set of bytes in `memory`, of any number of levels up to three.
struct section {
  std::size_t begin, run;
  std::vector<level> levels;

  bytes named() const {
    return {reinterpret_cast<std::uintptr_t>(memory.data()) + begin, run, levels.data(),
            static_cast<std::uint32_t>(levels.size())};
  }
  operand as(access mode) const {
    return {memory.data() + begin, run, mode, static_cast<std::uint32_t>(levels.size()), levels.data()};
  }

  set all() const {
    std::vector<std::size_t> places{begin};
    for (const level &each : levels) {
      std::vector<std::size_t> more;
      for (std::size_t place : places)
        for (std::size_t i = 0; i != each.count; ++i)
          more.push_back(place + i * each.stride);
      places = std::move(more);
    }
    set found;
    for (std::size_t place : places)
      for (std::size_t i = 0; i != run; ++i)
        found.set(place + i);
    return found;
  }
};

// Any strides, those of no array, too.
section any_section(random_source &random) {
  while (true) {
    section made{0, random.between(1, 6), {}};
    std::size_t span = made.run;
    for (unsigned left = random.below(4); left != 0; --left) {
      made.levels.insert(made.levels.begin(), {random.between(2, 7), random.between(1, 40)});
      span += (made.levels.front().count - 1) * made.levels.front().stride;
    }
    if (span > size)
      continue;
    made.begin = random.below(static_cast<unsigned>(size - span + 1));
    return made;
  }
}

// Of an array [4][8][16].
section array_section(random_source &random) {
  static constexpr std::size_t extents[] = {4, 8, 16}, strides[] = {128, 16, 1};
  section made{0, 1, {}};
  for (int i = 0; i != 3; ++i) {
    const std::size_t stride = random.between(1, 3), first = random.below(static_cast<unsigned>(extents[i]));
    const std::size_t count = random.between(1, static_cast<unsigned>((extents[i] - first - 1) / stride + 1));
    made.begin += first * strides[i];
    if (count > 1)
      made.levels.push_back({count, stride * strides[i]});
  }
  if (!made.levels.empty() && made.levels.back().stride == 1) {
    made.run = made.levels.back().count;
    made.levels.pop_back();
  }
  return made;
}

section some_section(random_source &random) { return random.below(2) ? any_section(random) : array_section(random); }

std::string text(const section &of) {
  std::string said = std::to_string(of.begin) + "+" + std::to_string(of.run);
  for (const level &each : of.levels)
    said += " x" + std::to_string(each.count) + "/" + std::to_string(each.stride);
  return said;
}

TEST(Bytes, OverlapIfTheyHaveAByteInCommon) {
  random_source random(1);
  unsigned met = 0;
  constexpr unsigned pairs = 100000;
  for (unsigned i = 0; i != pairs; ++i) {
    const section a = some_section(random), b = some_section(random);
    const bool expected = (a.all() & b.all()).any();
    met += expected;
    ASSERT_EQ(overlap(a.named(), b.named()), expected) << text(a) << " and " << text(b);
    ASSERT_EQ(overlap(b.named(), a.named()), expected) << text(b) << " and " << text(a);
  }
  EXPECT_GT(met, pairs / 10);
  EXPECT_LT(met, pairs * 9 / 10);
}

// Two progressions that meet late, or never, are told apart without a look at each element.
TEST(Bytes, ProgressionsAreComparedByTheirStrides) {
  constexpr std::size_t many = std::size_t{1} << 40;
  const level threes{many, 3000000}, other_threes{many, 3000000}, sevens{many, 7000000};
  const bytes a{1000, 8, &threes, 1}, beside{1008, 8, &other_threes, 1}, into{1007, 8, &other_threes, 1};
  EXPECT_FALSE(overlap(a, beside));
  EXPECT_TRUE(overlap(a, into));
  // 1000 + 3000000 i meets 1500000 + 1000 + 7000000 j only in halves of a million, and 1000000 + 1000 + 7000000 j at i
  // = 5.
  EXPECT_FALSE(overlap(a, {1501000, 8, &sevens, 1}));
  EXPECT_TRUE(overlap(a, {1001000, 8, &sevens, 1}));
  const level few{3, 3000000};
  EXPECT_TRUE(overlap({1000, 8, &few, 1}, {6001000, 8, &sevens, 1}));
  EXPECT_FALSE(overlap({1000, 8, &few, 1}, {1001000, 8, &sevens, 1}));
}

// Whatever was added and forgotten in between, in whatever order, and however many overlap.
TEST(Areas, KnowThoseThatTheyOverlap) {
  using weave::detail::areas;
  for (unsigned seed = 0; seed != 20; ++seed) {
    random_source random(seed);
    areas tested;
    std::vector<std::pair<section, area *>> all;
    for (unsigned round = 0; round != 6; ++round) {
      for (unsigned left = random.between(1, 150); left != 0; --left) {
        const section made = some_section(random);
        area *const found = &tested.of(made.named());
        ASSERT_EQ(found, &tested.of(made.named()));
        const auto known = std::find_if(all.begin(), all.end(), [&](const auto &each) { return each.second == found; });
        if (known == all.end())
          all.push_back({made, found});
        else
          ASSERT_EQ(known->first.all(), made.all());
      }
      ASSERT_EQ(tested.size(), all.size());
      for (const auto &[what, each] : all) {
        std::vector<area *> found, expected;
        tested.each_overlapping(*each, [&found](area &other) { found.push_back(&other); });
        for (const auto &[other_what, other] : all)
          if (other != each && overlap(what.named(), other_what.named()))
            expected.push_back(other);
        std::sort(found.begin(), found.end()), std::sort(expected.begin(), expected.end());
        ASSERT_EQ(found, expected) << "seed " << seed << ", round " << round << ": " << text(what);
      }
      const unsigned share = random.between(1, 4);
      for (const auto &each : all)
        each.second->live = random.below(share) == 0;
      all.erase(std::remove_if(all.begin(), all.end(), [](const auto &each) { return !each.second->live; }), all.end());
      tested.drop_idle();
    }
  }
}

struct named_section {
  section what;
  access mode;
  set all;
};

// A task of the reckoning: what it names, and all tasks that it comes behind.
struct reckoned {
  std::unique_ptr<graph_task> task;
  std::vector<named_section> operands;
  std::vector<std::size_t> waits_for;
  std::vector<bool> behind;
  std::vector<area *> turns;
  bool is_done = false;
};

bool conflict(const reckoned &a, const reckoned &b, bool commuting) {
  for (const named_section &x : a.operands)
    for (const named_section &y : b.operands) {
      const bool commute = x.mode == access::commute && y.mode == access::commute;
      const bool share = x.mode == y.mode && x.mode != access::write;
      if ((commuting ? commute : !share) && (x.all & y.all).any())
        return true;
    }
  return false;
}

// Each task follows those that it conflicts with, directly or behind others, and waits for no other; those that commute
// have a turn in common.
TEST(Accesses, OrderWhatConflictsAndNothingElse) {
  weave::detail::worker_base owner{0, false};
  for (unsigned seed = 0; seed != 300; ++seed) {
    random_source random(seed);
    accesses tested;
    std::vector<reckoned> tasks;
    std::vector<section> used;
    for (std::size_t step = 0; step != 60; ++step) {
      reckoned made{std::make_unique<graph_task>(nullptr, owner, 0, 0), {}, {}, {}, {}, false};
      std::vector<operand> operands;
      for (unsigned left = random.between(1, 3); left != 0; --left) {
        if (used.empty() || random.below(3))
          used.push_back(random.below(2) ? some_section(random)
                                         : section{random.below(size - 64), random.between(1, 64), {}});
        const section &what = used[random.below(static_cast<unsigned>(used.size()))];
        static constexpr access modes[] = {access::read, access::read, access::write, access::commute, access::concur};
        made.operands.push_back({what, modes[random.below(5)], what.all()});
      }
      for (const named_section &each : made.operands)
        operands.push_back(each.what.as(each.mode));
      tested.find({operands.data(), operands.size()});

      made.behind.resize(step);
      for (graph_task *before : tested.before()) {
        const auto found =
            std::find_if(tasks.begin(), tasks.end(), [&](const reckoned &each) { return each.task.get() == before; });
        ASSERT_NE(found, tasks.end());
        const auto number = static_cast<std::size_t>(found - tasks.begin());
        ASSERT_FALSE(found->is_done);
        ASSERT_TRUE(conflict(made, *found, false))
            << "seed " << seed << ": task " << step << " waits for task " << number << " in vain";
        made.waits_for.push_back(number);
        made.behind[number] = true;
        for (std::size_t i = 0; i != number; ++i)
          made.behind[i] = made.behind[i] || found->behind[i];
      }
      made.turns = tested.turns();
      bool excludes = false;
      for (std::size_t i = 0; i != step; ++i) {
        if (tasks[i].is_done)
          continue;
        ASSERT_TRUE(made.behind[i] || !conflict(made, tasks[i], false))
            << "seed " << seed << ": task " << step << " overtakes task " << i;
        if (made.behind[i] || !conflict(made, tasks[i], true))
          continue;
        excludes = true;
        const bool has_turn_in_common = std::any_of(made.turns.begin(), made.turns.end(), [&](area *each) {
          return std::find(tasks[i].turns.begin(), tasks[i].turns.end(), each) != tasks[i].turns.end();
        });
        ASSERT_TRUE(has_turn_in_common) << "seed " << seed << ": task " << step << " may run beside task " << i;
      }
      ASSERT_LE(excludes, tested.has_excluded());
      tested.record(*made.task);
      tasks.push_back(std::move(made));

      // A task may be done when those that it follows are.
      if (random.below(2)) {
        reckoned &each = tasks[random.below(static_cast<unsigned>(tasks.size()))];
        if (std::all_of(each.waits_for.begin(), each.waits_for.end(), [&](std::size_t i) { return tasks[i].is_done; }))
          each.is_done = true, each.task->state = progress::done;
      }
      if (random.below(10) == 0)
        tested.forget_done();
    }
  }
}

// An empty operand names nothing.
// Areas without tasks are dropped, few or many of them at a time; those with unfinished tasks are not.
TEST(Accesses, ForgetNoUnfinishedTaskWhateverElseIsNamed) {
  static std::array<int, 30'000> cells;
  weave::detail::worker_base owner{0, false};
  accesses all;
  std::vector<std::unique_ptr<graph_task>> tasks;
  for (std::size_t round = 0; round != 5; ++round)
    for (std::size_t i = 0; i != cells.size(); ++i) {
      const operand named{&cells[i], sizeof(int), access::write};
      all.find({&named, 1});
      const bool stays = i % 1000 == 7;
      ASSERT_EQ(all.before().size(), stays && round != 0) << round << ' ' << i;
      if (stays && round != 0) {
        ASSERT_EQ(all.before().front(), tasks[i / 1000].get());
      } else if (stays) {
        tasks.push_back(std::make_unique<graph_task>(nullptr, owner, 0, 0));
        all.record(*tasks.back());
      }
    }
}

TEST(Accesses, AnEmptySectionConflictsWithNothing) {
  weave::detail::worker_base owner{0, false};
  graph_task writer(nullptr, owner, 0, 0), other(nullptr, owner, 0, 0);
  accesses tested;
  const operand all{memory.data(), size, access::write}, none{memory.data() + 5, 0, access::write};
  tested.find({&all, 1});
  tested.record(writer);
  tested.find({&none, 1});
  EXPECT_TRUE(tested.before().empty());
  tested.record(other);
  tested.find({&all, 1});
  EXPECT_EQ(tested.before(), std::vector<graph_task *>{&writer});
}

} // namespace
