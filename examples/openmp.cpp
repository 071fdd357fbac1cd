// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A program as OpenMP has it, not a line of it ours: a plate that cools down by loops, whose temperatures are then
// sorted by tasks. weave++ -fweave-openmp -O3 openmp.cpp; or g++ -fopenmp -O3 openmp.cpp, for another runtime.
//
// usage: openmp [SIZE]

#include "support/arguments.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>

using field = std::vector<double>;

/// One step at each point from the four around it. Returns the largest change.
static double step(const field &from, field &to, long size) {
  double most = 0;
#pragma omp parallel for schedule(static) reduction(max : most)
  for (long row = 1; row < size - 1; ++row)
    for (long column = 1; column < size - 1; ++column) {
      const long at = row * size + column;
      const double mean = (from[at - 1] + from[at + 1] + from[at - size] + from[at + size]) / 4;
      most = std::max(most, std::abs(mean - from[at]));
      to[at] = mean;
    }
  return most;
}

static field cool(long size, int steps, double &change) {
  field now(size * size, 0.0), next(size * size, 0.0);
#pragma omp parallel
  {
#pragma omp for nowait
    for (long column = 0; column < size; ++column)
      now[column] = next[column] = 100;
#pragma omp single
    now[size * size / 2] = 1000;
  }
  for (int i = 0; i < steps; ++i) {
    change = step(now, next, size);
    std::swap(now, next);
  }
  return now;
}

static void sort(double *data, double *space, long n) {
  if (n < 256)
    return std::sort(data, data + n);
  const long half = n / 2;
#pragma omp task
  sort(data, space, half);
#pragma omp task
  sort(data + half, space + half, n - half);
#pragma omp taskwait
  std::merge(data, data + half, data + half, data + n, space);
  std::copy(space, space + n, data);
}

int main(int argc, char **argv) {
  const support::arguments arguments(argc, argv, "openmp [size]", 1);
  const long size = arguments.number(1, "size", 1000, 3, 10000);
  double change = 0;
  field plate = cool(size, 50, change);
  field space(plate.size());
#pragma omp parallel
#pragma omp single
  sort(plate.data(), space.data(), static_cast<long>(plate.size()));
  std::printf("last change %.12g, median %.12g, sorted: %s\n", change, plate[plate.size() / 2],
              std::is_sorted(plate.begin(), plate.end()) ? "yes" : "no");
}
