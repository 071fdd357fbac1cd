// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// bpc ROUNDS CONSUMERS STEPS: a producer makes another producer and a number of consumers, and so on: production
// bounces from worker to worker.
#pragma once

#include "../harness.h"
#include "../work.h"

/// The engine's part: results[i] = work(i, steps) for each i; every round but the last makes the next one before its
/// consumers.
void compute(std::uint64_t *results, long rounds, long consumers, long steps);

class kernel {
public:
  static constexpr std::size_t sizes = 3;
  explicit kernel(const long *size)
      : rounds(size[0]), consumers(size[1]), steps(size[2]), results(static_cast<std::size_t>(rounds) * consumers) {}

  void run() { compute(results.data(), rounds, consumers, steps); }

  bool right() const {
    const long tasks = static_cast<long>(results.size());
    for (long i = 0; i<tasks; i += steps> 0 ? 1 + tasks / 1000 : 1)
      if (results[i] != work(i, steps))
        return false;
    return true;
  }

private:
  long rounds, consumers, steps;
  std::vector<std::uint64_t> results;
};

int main(int argc, char **argv) { return bench::main<kernel>(argc, argv); }
