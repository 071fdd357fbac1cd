// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// OpenMP's constructs around directives, or in the place of a loop, are refused by name; what protects is no race.
// RUN: %verify -fopenmp

int work(int);

void constructs(int n, int *a) {
  int sum = 0, count = 0;
  // expected-error@+1 {{'parallel_for' cannot stand before 'omp parallel for'}}
#pragma weave parallel_for
#pragma omp parallel for
  for (int i = 0; i < n; ++i)
    a[i] = i;
#pragma omp parallel
  {
    // expected-error@+1 {{'spawn' cannot stand in '#pragma omp parallel', whose threads know nothing of tasks; move it out of the construct, or to a function}}
#pragma weave spawn
    work(n);
  }
#pragma weave parallel_for
  for (int i = 0; i < n; ++i) {
#pragma omp critical
    sum += a[i];
#pragma omp atomic
    ++count;
  }
#pragma weave spawn
  {
#pragma omp parallel for reduction(+ : sum) firstprivate(n)
    for (int i = 0; i < n; ++i)
      sum += a[i];
  }
#pragma weave sync
}
