// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Loops spelled with OpenMP print what they do with g++ -fopenmp, whose output the lines below hold.
// RUN: %same_everywhere -fweave-openmp
// RUN: %t.0.woven | %FileCheck %s
// RUN: %gxx -std=c++17 -fopenmp %s -o %t.gomp && %t.gomp | %FileCheck %s

#include <cstdio>
#include <vector>

static double largest(const std::vector<double> &x, int &last) {
  double most = 0;
  const int n = static_cast<int>(x.size());
#pragma omp parallel for default(none) shared(x) firstprivate(n) lastprivate(last) reduction(max : most) num_threads(3)
  for (int i = 0; i < n; ++i) {
    const auto at = static_cast<std::vector<double>::size_type>(i);
    last = i * 2;
    if (x[at] > most)
      most = x[at];
  }
  return most;
}

template <class T> static T sum(const T *from, long n) {
  T total = 7;
#pragma omp parallel for simd schedule(guided, 4) reduction(+ : total) if (n > 3)
  for (const T *p = from; p < from + n; ++p)
    total += *p;
  return total;
}

int main() {
  const int n = 5000;
  std::vector<double> x(n), y(n);
  double *px = x.data(), *py = y.data();
#pragma omp parallel for schedule(static) shared(px, py)
  for (int i = 0; i < n; ++i) {
    px[i] = i;
    py[i] = 2 * i;
  }
  int last = -1;
  std::printf("%g", largest(x, last));
  std::printf(" %d\n", last);
  // CHECK: 4999 9998
  std::printf("%g %ld\n", sum(px, n), sum<long>(nullptr, 0));
  // CHECK-NEXT: 1.24975e+07 7
  long hits = 0, others = 0, atomics = 0;
  int i, j;
#pragma omp parallel for collapse(2) private(j) reduction(+ : hits)
  for (i = 0; i < 100; ++i)
    for (j = 0; j < 50; ++j)
      if ((i * j) % 3 == 0) {
        hits += 1;
#pragma omp atomic
        atomics++;
#pragma omp critical(name)
        { others += 2; }
      }
  std::printf("%ld %ld %ld\n", hits, others, atomics);
  // CHECK-NEXT: 2822 5644 2822
  long bins[4] = {};
#pragma omp parallel for reduction(+ : bins)
  for (int k = 0; k < n; ++k)
    bins[k % 4] += k;
  std::printf("%ld %ld %ld %ld\n", bins[0], bins[1], bins[2], bins[3]);
  // CHECK-NEXT: 3122500 3123750 3125000 3126250
#pragma omp parallel for lastprivate(i)
  for (i = 0; i < 12; i += 5)
    px[i] = -1;
  std::printf("%d %g\n", i, px[10]);
  // CHECK-NEXT: 15 -1
}
