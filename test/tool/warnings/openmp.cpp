// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A source that is half converted looks finished: OpenMP's pragmas without -fopenmp do nothing.
// RUN: %verify
// RUN: %weavec --check %s -- -fopenmp 2>&1 | %FileCheck %s --check-prefix=WITH --allow-empty --implicit-check-not=openmp
// WITH-NOT: does nothing

int work(int);

void halves(int n, int *a) {
#pragma weave spawn
  a[0] = work(n);
#pragma omp task // expected-warning {{'#pragma omp task' does nothing without -fopenmp, and this source has weave directives; here, a task is 'spawn' [-Wweave-openmp]}}
  a[1] = work(n);
#pragma omp taskwait // expected-warning {{'#pragma omp taskwait' does nothing without -fopenmp, and this source has weave directives; here, waiting for tasks is 'sync'}}
#pragma weave sync
#pragma omp simd
  for (int i = 0; i < n; ++i)
    a[i] = 0;
#pragma omp target // expected-warning {{'#pragma omp target' does nothing without -fopenmp, and this source has weave directives [-Wweave-openmp]}}
  a[2] = 0;
}
