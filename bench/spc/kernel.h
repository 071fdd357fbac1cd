// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// spc TASKS STEPS: a single producer makes all the tasks, and consumers run them.
#pragma once

#include "../harness.h"
#include "../work.h"

/// The engine's part: results[i] = work(i, steps) for each i, one task each.
void compute(std::uint64_t *results, long tasks, long steps);

class kernel {
public:
  static constexpr std::size_t sizes = 2;
  explicit kernel(const long *size) : steps(size[1]), results(size[0]) {}

  void run() { compute(results.data(), static_cast<long>(results.size()), steps); }

  bool right() const {
    const long tasks = static_cast<long>(results.size());
    for (long i = 0; i<tasks; i += steps> 0 ? 1 + tasks / 1000 : 1)
      if (results[i] != work(i, steps))
        return false;
    return true;
  }

private:
  long steps;
  std::vector<std::uint64_t> results;
};

int main(int argc, char **argv) { return bench::main<kernel>(argc, argv); }
