// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Parallel regions of constructs that divide work, with and without braces, print what they do with g++ -fopenmp.
// RUN: %same_everywhere -fweave-openmp
// RUN: %t.0.woven | %FileCheck %s
// RUN: %gxx -std=c++17 -fopenmp %s -o %t.gomp && %t.gomp | %FileCheck %s

#include <cstdio>
#include <vector>

static long tree(int depth) {
  if (depth == 0)
    return 1;
  long left = 0, right = 0;
#pragma omp task shared(left)
  left = tree(depth - 1);
#pragma omp task shared(right)
  right = tree(depth - 1);
#pragma omp taskwait
  return left + right;
}

/// Without a `taskwait`, the parent's waits for all of them.
static void fill(int *from, int n) {
  if (n == 0)
    return;
#pragma omp task
  fill(from, n / 2);
#pragma omp task
  fill(from + n / 2 + 1, n - n / 2 - 1);
  from[n / 2] += n;
}

static void heat(std::vector<double> &a, std::vector<double> &b, int steps) {
  const int n = static_cast<int>(a.size());
  double *from = a.data(), *to = b.data();
#pragma omp parallel firstprivate(from, to) num_threads(4)
  {
    for (int s = 0; s < steps; ++s) {
#pragma omp for schedule(static)
      for (int k = 1; k < n - 1; ++k)
        to[k] = (from[k - 1] + from[k + 1]) / 2 + s;
      double *const before = from;
      from = to;
      to = before;
    }
  }
}

int main() {
  const int n = 1000;
  std::vector<double> a(n, 1.0), b(n, 0.0);
  heat(a, b, 5);
  std::printf("%g %g\n", a[n / 2], b[n / 2]);
  // CHECK: 7 11
  double sum = 0, tmp = 0;
  int order[4] = {};
#pragma omp parallel private(tmp) shared(sum, order)
  {
#pragma omp for nowait
    for (int i = 0; i < n; ++i) {
      tmp = 2 * b[static_cast<std::vector<double>::size_type>(i)];
      a[static_cast<std::vector<double>::size_type>(i)] = tmp + 1;
    }
#pragma omp barrier
#pragma omp for reduction(+ : sum)
    for (int i = 0; i < n; ++i)
      sum += a[static_cast<std::vector<double>::size_type>(i)];
#pragma omp single
    order[0] = 1;
#pragma omp single nowait
    { order[1] = 2; }
#pragma omp master
    order[2] = 3;
#pragma omp flush
  }
  std::printf("%g %d%d%d\n", sum, order[0], order[1], order[2]);
  // CHECK-NEXT: 22938.2 123
  long leaves = 0;
#pragma omp parallel
#pragma omp single
  leaves = tree(12);
  long squares[16] = {}, total = 0;
#pragma omp parallel num_threads(2)
#pragma omp single nowait
  for (int i = 0; i < 16; ++i)
#pragma omp task
    squares[i] = i * i;
  for (const long square : squares)
    total += square;
  std::printf("%ld %ld\n", leaves, total);
  // CHECK-NEXT: 4096 1240
  int sorted = 0;
#pragma omp parallel
  {
#pragma omp master
    {
#pragma omp taskgroup
      {
#pragma omp task shared(sorted)
        sorted = 3;
      }
      sorted *= 2;
    }
#pragma omp barrier
#pragma omp for
    for (int i = 0; i < 4; ++i)
      order[i] = sorted + i;
  }
  std::printf("%d %d\n", order[0], order[3]);
  // CHECK-NEXT: 6 9
  int filled[20] = {}, grown = 0;
#pragma omp parallel
#pragma omp single
  fill(filled, 20);
  for (const int each : filled)
    grown += each;
  std::printf("%d\n", grown);
  // CHECK-NEXT: 74
  int first = 1, second = 2, third = 3;
#pragma omp parallel sections firstprivate(third) num_threads(2)
  {
#pragma omp section
    {
      const int scratch = third + 1;
      first += scratch;
    }
#pragma omp section
    {
      third += 10;
      second += third;
    }
  }
#pragma omp parallel
  {
#pragma omp sections nowait
    {
#pragma omp section
      order[0] = first;
#pragma omp section
      order[1] = second;
    }
  }
  std::printf("%d %d\n", order[0], order[1]);
  // CHECK-NEXT: 5 15
  int base = 5, last = 0;
  long taken = 0;
#pragma omp parallel
#pragma omp single
  {
    int offset = 2, k;
#pragma omp taskloop grainsize(3) reduction(+ : taken) lastprivate(last) firstprivate(base)
    for (k = 0; k < 100; ++k) {
      offset += 0;
      base = 5 + offset;
      taken += base;
      last = k;
    }
  }
  std::printf("%ld %d\n", taken, last);
  // CHECK-NEXT: 700 99
}
