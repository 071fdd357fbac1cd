// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// submit SUBMITTERS CALLS AHEAD: threads that are no workers hand over empty calls and take their results, each with so
// many on their way: what the passage of a call costs, or with one on its way how long it takes there and back.
// scripts/bench does not run it: OpenMP has nothing of the kind.
#pragma once

#include "../harness.h"

#include <deque>
#include <thread>
#include <utility>
#include <vector>

namespace bench {

/// An engine has `submit(f)`, which returns something with `get()`.
template <class Engine> struct submission {
  static constexpr std::size_t sizes = 3;

  explicit submission(const long *given)
      : submitters(given[0]), calls(given[1] / given[0]), ahead(given[2]), found(static_cast<std::size_t>(given[0])) {}

  void run() {
    Engine engine;
    std::vector<std::thread> threads;
    for (long t = 0; t != submitters; ++t)
      threads.emplace_back([this, &engine, t] { found[static_cast<std::size_t>(t)] = submit(engine); });
    for (std::thread &each : threads)
      each.join();
  }
  bool right() const {
    for (const long each : found)
      if (each != calls * (calls - 1) / 2)
        return false;
    return true;
  }

private:
  long submit(Engine &engine) const {
    long sum = 0;
    const auto submit = [&engine](long i) { return engine.submit([i] { return i; }); };
    std::deque<decltype(submit(0))> results;
    for (long i = 0; i != calls; ++i) {
      if (static_cast<long>(results.size()) == ahead) {
        sum += results.front().get();
        results.pop_front();
      }
      results.push_back(submit(i));
    }
    for (auto &each : results)
      sum += each.get();
    return sum;
  }

  const long submitters, calls, ahead;
  std::vector<long> found; // by each
};

} // namespace bench
