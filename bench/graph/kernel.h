// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// graph TASKS CELLS STEPS: each task reads two cells that nobody can foresee, and changes a third.
#pragma once

#include "../harness.h"
#include "../work.h"

/// What one task does.
inline std::uint64_t mixed(std::uint64_t a, std::uint64_t b, std::uint64_t c, long steps) {
  return (a ^ b << 1) + work(static_cast<long>(c % 1024), steps);
}

/// Three of the cells, in any order and perhaps the same ones.
struct chosen {
  std::uint32_t a, b, c;
};

/// The engine's part: cells[c] = mixed(cells[a], cells[b], cells[c], steps) for each of these, one task each, in an
/// order that does not change the result.
void compute(std::uint64_t *cells, const chosen *first, long tasks, long steps);

class kernel {
public:
  static constexpr std::size_t sizes = 3;
  explicit kernel(const long *size) : steps(size[2]), cells(size[1]), tasks(size[0]) {
    std::uint64_t state = 1;
    const auto next = [&] {
      state = state * 6364136223846793005u + 1442695040888963407u;
      return static_cast<std::uint32_t>((state >> 33) % cells.size());
    };
    for (std::size_t i = 0; i < cells.size(); ++i)
      cells[i] = i;
    for (chosen &each : tasks) {
      each.a = next();
      each.b = next();
      each.c = next();
    }
  }

  void run() {
    expected = cells;
    compute(cells.data(), tasks.data(), static_cast<long>(tasks.size()), steps);
  }

  bool right() {
    for (const chosen &each : tasks)
      expected[each.c] = mixed(expected[each.a], expected[each.b], expected[each.c], steps);
    return cells == expected;
  }

private:
  long steps;
  std::vector<std::uint64_t> cells, expected;
  std::vector<chosen> tasks;
};

int main(int argc, char **argv) { return bench::main<kernel>(argc, argv); }
