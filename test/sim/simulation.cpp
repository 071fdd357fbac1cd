// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "simulation.h"

#include "inspection.h"
#include "allocations.h"
#include "weave/runtime.h"

#include <algorithm>
#include <cmath>
#include <cxxabi.h>
#include <random>

namespace weave::sim {
namespace {

// Each processor's thread is a worker of its own, and has its own exceptions.
void keep_thread_locals() {
  static const bool registered = [] {
    struct exceptions { // of the Itanium C++ ABI
      void *caught;
      unsigned uncaught;
    };
    processors.keep_per_thread(detail::current);
    processors.keep_per_thread(detail::here);
    processors.keep_per_thread(*reinterpret_cast<exceptions *>(abi::__cxa_get_globals()));
    return true;
  }();
  static_cast<void>(registered);
}

// How long it may take from an offer until the task starts: a wake-up and a look at all workers, and all of it late.
nanoseconds patience(const experiment &asked) {
  const settings &machine = asked.machine;
  const nanoseconds look = asked.workers * 4 * machine.costs.transfer;
  return 20 * (machine.costs.wake_up + look + machine.trouble.stall + machine.trouble.delay) + 1'000'000;
}

} // namespace

experiment experiment_of(std::uint64_t seed, unsigned most_workers) {
  std::mt19937_64 random(seed);
  const auto below = [&random](std::uint64_t limit) { return random() % limit; };
  experiment made{};
  made.work = &workloads()[below(workloads().size())];
  made.workers = static_cast<unsigned>(std::exp2(1 + static_cast<double>(below(1000)) / 1000 * std::log2(most_workers / 2)));
  made.count = 1 + below(4000);
  made.grain = 1 + below(below(4) ? 5000 : 50000);
  made.machine.seed = seed;
  if (below(2))
    made.machine.trouble = {static_cast<unsigned>(20 + below(2000)), 1 + below(20000), static_cast<unsigned>(50 + below(5000)),
                            1 + below(2'000'000)};
  return made;
}

outcome simulate(const experiment &asked) {
  keep_thread_locals();
  allocated = {};
  pieces = {};
  pieces.runs.resize(asked.count);
  outcome result;
  processors.run(asked.machine, [&] {
    runtime all({asked.workers});
    detail::runtime &home = static_cast<detail::worker &>(*detail::current).home();
    watch invariants(home, patience(asked));
    if (asked.watched)
      processors.watch(20'000 + patience(asked) / 100, [&] { invariants.look(); });
    processors.spend(1'000'000); // the helpers fall asleep
    const nanoseconds begin = processors.now();
    const std::uint64_t transfers = processors.transfers();
    asked.work->run(asked.count, asked.grain);
    result.time = processors.now() - begin;
    result.transfers = processors.transfers() - transfers;
    processors.watch(0, nullptr);
  });
  processors.watch(0, nullptr);
  result.failure = processors.failure();
  result.work = pieces.work;
  result.spawns = pieces.spawns;
  result.stolen = pieces.stolen;
  result.tasks = allocated.tasks_made;
  result.digest = processors.digest();
  const auto wrong = std::find_if(pieces.runs.begin(), pieces.runs.end(), [](unsigned char runs) { return runs != 1; });
  if (!result.failure.empty())
    return result;
  if (wrong != pieces.runs.end())
    result.failure = "a piece of work ran " + std::to_string(*wrong) + " times";
  else if (!pieces.ordered)
    result.failure = "a task ran before one that it depends on";
  else if (allocated.tasks != 0)
    result.failure = std::to_string(allocated.tasks) + " tasks were not freed";
  else if (allocated.blocks != 0)
    result.failure = std::to_string(allocated.blocks) + " blocks of memory were not freed";
  return result;
}

} // namespace weave::sim
