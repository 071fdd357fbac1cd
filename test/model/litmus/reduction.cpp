// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What the checker leaves out must have a counterpart in what it runs, whatever the bounds are. Random programs show
// it: the reduced search finds the outcomes that the search of all executions finds, and fails if that fails.
#include "litmus.h"

#include <array>
#include <random>

namespace weave::model {
namespace {

struct step {
  enum {
    // Operations.
    load,
    store,
    exchange,
    add,
    compare,
    compare_weakly,
    fences,
    // What has to do with which threads are ready.
    wait,
    wake,
    turn,
    rest,
    // Plain memory.
    read,
    write,
    // What the checker sees without a choice before it.
    look,
    clock,
    time,
    start,
    kinds
  } does;
  unsigned variable;
  order how;
  int value;
};

using program = std::vector<std::vector<step>>; // by thread

class generator {
public:
  explicit generator(unsigned seed) : draw_(seed) {}

  program any() {
    program made(2 + draw_() % 2);
    for (std::vector<step> &thread : made)
      for (unsigned steps = 1 + draw_() % (made.size() == 2 ? 4 : 3); steps; --steps)
        thread.push_back(any_step());
    return made;
  }

private:
  step any_step() {
    step made;
    made.does = static_cast<decltype(step::does)>(draw_() % 2 ? draw_() % step::wait : draw_() % step::kinds);
    made.variable = draw_() % 2;
    made.value = static_cast<int>(draw_() % 3);
    made.how = made.does == step::load    ? of(relaxed, acquire, seq_cst)
               : made.does == step::store ? of(relaxed, release, seq_cst)
                                          : of(relaxed, acq_rel, seq_cst);
    return made;
  }
  order of(order a, order b, order c) { return std::array{a, b, c}[draw_() % 3]; }

  std::mt19937 draw_;
};

// What a program works on.
struct state {
  std::array<atomic<int>, 3> atomics{0, 0, 0};
  std::array<int, 2> plain{0, 0};
};

int do_step(const step &step, state &all) {
  atomic<int> &here = all.atomics[step.variable];
  int expected = step.value;
  switch (step.does) {
  case step::load:
    return here.load(step.how);
  case step::store:
    return here.store(step.value, step.how), 0;
  case step::exchange:
    return here.exchange(step.value, step.how);
  case step::add:
    return here.fetch_add(1, step.how);
  case step::compare:
    return here.compare_exchange_strong(expected, 3, step.how) ? 10 : expected;
  case step::compare_weakly:
    return here.compare_exchange_weak(expected, 3, step.how) ? 10 : expected;
  case step::fences:
    return fence(step.how), 0;
  case step::wait:
    return here.wait(0, relaxed), 0;
  case step::wake:
    return here.store(1, relaxed), here.notify_all(), 0;
  case step::turn:
    return threads->spin(), 0;
  case step::rest:
    return let_others_finish(), 0;
  case step::read:
    return all.plain[step.variable];
  case step::write:
    return all.plain[step.variable] = step.value;
  case step::look:
    return here.newest();
  case step::clock:
    return static_cast<int>(threads->elapsed().count());
  case step::time:
    return pass(std::chrono::nanoseconds(1)), 0;
  case step::start: {
    thread started([&] { here.store(2, relaxed); });
    const int found = all.atomics[2 - step.variable].load(relaxed);
    started.join();
    return found;
  }
  default:
    return 0;
  }
}

outcome run(const program &program) {
  state all;
  std::vector<outcome> found(program.size());
  std::vector<thread> started;
  for (std::size_t i = 0; i != program.size(); ++i)
    started.push_back(thread([&all, &found, &program, i] {
      for (const step &step : program[i])
        found[i].push_back(do_step(step, all));
    }));
  for (thread &each : started)
    each.join();
  outcome together{all.atomics[0].newest(), all.atomics[1].newest(), all.atomics[2].newest()};
  for (const outcome &each : found)
    together.insert(together.end(), each.begin(), each.end());
  return together;
}

struct findings {
  std::set<outcome> outcomes;
  result search;
};

findings search(const program &program, bounds bounds) {
  findings all;
  all.search = explore(bounds, [&] {
    const outcome found = run(program);
    if (!threads->is_redundant())
      all.outcomes.insert(found);
  });
  return all;
}

/// Whether the reduced search finds what the search of all executions finds.
void compare(const program &program, bounds bounds, const std::string &which) {
  const findings some = search(program, bounds), all = search(program, {bounds.preemptions, bounds.stale, false});
  EXPECT_LE(some.search.executions, all.search.executions) << which;
  ASSERT_EQ(some.search.failed(), all.search.failed()) << which << ": " << some.search << all.search;
  if (!all.search.failed()) {
    ASSERT_EQ(some.outcomes, all.outcomes) << which;
  }
}

TEST(Reduction, LosesNoOutcomeAndNoFailureOfRandomPrograms) {
  for (unsigned seed = 0; seed != 500 && !HasFatalFailure(); ++seed)
    compare(generator(seed).any(), {1 + seed % 2, seed / 2 % 2}, "seed " + std::to_string(seed));
}

TEST(Reduction, LeavesOutMostExecutionsOfThreadsThatShareLittle) {
  const step mine{step::add, 0, relaxed, 0}, other{step::add, 1, relaxed, 0}, shared{step::add, 2, relaxed, 0};
  const program program{{mine, mine, mine, mine, mine, mine, shared},
                        {other, other, other, other, other, other, shared}};
  EXPECT_LT(4 * search(program, {2, 0}).search.executions, search(program, {2, 0, false}).search.executions);
}

// In each of these some outcome needs the first thread to be stopped right after it stored to variable 0.

TEST(Reduction, KnowsThatTheOrderOfFencesMatters) {
  compare({{{step::store, 0, relaxed, 1}, {step::fences, 0, seq_cst, 0}, {step::load, 1, relaxed, 0}},
           {{step::load, 0, relaxed, 0}, {step::store, 2, relaxed, 1}},
           {{step::load, 2, relaxed, 0}, {step::fences, 0, seq_cst, 0}, {step::load, 0, relaxed, 0}}},
          {1, 1}, "fences");
}

TEST(Reduction, KnowsThatTheOrderOfSequentiallyConsistentLoadsMatters) {
  compare({{{step::load, 2, relaxed, 0},
            {step::store, 0, relaxed, 1},
            {step::load, 1, seq_cst, 0},
            {step::load, 2, relaxed, 0}},
           {{step::load, 2, relaxed, 0}, {step::load, 0, relaxed, 0}, {step::load, 1, seq_cst, 0}},
           {{step::store, 1, relaxed, 1}, {step::store, 2, relaxed, 1}}},
          {1, 1}, "loads");
}

TEST(Reduction, KnowsWhatAThreadDoesBetweenItsOperations) {
  const auto test = [](step between, step elsewhere) {
    compare({{{step::store, 0, relaxed, 1}, {step::load, 1, relaxed, 0}, between, {step::load, 2, relaxed, 0}},
             {{step::load, 0, relaxed, 0}, elsewhere, {step::store, 2, relaxed, 1}}},
            {1, 0}, std::to_string(between.does));
  };
  test({step::look, 2, relaxed, 0}, {step::store, 2, relaxed, 2});
  test({step::clock, 0, relaxed, 0}, {step::time, 0, relaxed, 0});
  test({step::turn, 0, relaxed, 0}, {step::turn, 0, relaxed, 0});
}

} // namespace
} // namespace weave::model
