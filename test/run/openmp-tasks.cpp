// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tasks have what OpenMP's rules give them, also where that is not what the serial program does: the lines below are what
// g++ -fopenmp prints.
// Not under a sanitizer: the programs are linked by commands that know nothing of it.
// UNSUPPORTED: sanitizer
// RUN: %weavec %clangxx -std=c++17 -O1 -fweave-openmp -c %s -o %t.clang.o && %clangxx %t.clang.o %library -pthread -o %t.clang
// RUN: %weavec %gxx -std=c++17 -O1 -fweave-openmp -c %s -o %t.gcc.o && %gxx %t.gcc.o %library -pthread -o %t.gcc
// RUN: env WEAVE_NUM_THREADS=1 %t.clang | %FileCheck %s
// RUN: env WEAVE_NUM_THREADS=2 %t.clang | %FileCheck %s
// RUN: env WEAVE_NUM_THREADS=4 %t.clang | %FileCheck %s
// RUN: env WEAVE_NUM_THREADS=1 %t.gcc | %FileCheck %s
// RUN: env WEAVE_NUM_THREADS=2 %t.gcc | %FileCheck %s
// RUN: env WEAVE_NUM_THREADS=4 %t.gcc | %FileCheck %s
// RUN: %gxx -std=c++17 -fopenmp %s -o %t.gomp && %t.gomp | %FileCheck %s

#include <cstdio>
#include <cstring>
#include <omp.h>
#include <vector>

static int file_scope = 0;

struct counter {
  int total = 0;
  void add(int n) {
    int mine = n;
    // A member is behind `this`, and shared; a parameter and a local variable are the task's own.
#pragma omp task
    {
      mine += n;
      n = 100;
#pragma omp atomic
      total += mine;
    }
#pragma omp taskwait
    total += mine + n;
  }
};

static int orphaned(int n, int *results) {
  int local = 1, array[3] = {n, n, n};
#pragma omp task
  {
    local += 5;
    array[0] = 9;
    results[0] = local + array[0] + array[1];
    file_scope = 4;
  }
#pragma omp task shared(local)
  local += n;
#pragma omp taskwait
  return local * 1000 + array[0];
}

static void nested(int *results) {
#pragma omp parallel shared(results)
  {
    int own;
#pragma omp single
    {
      own = 3;
      int inner = 4, copied = 1;
#pragma omp task firstprivate(copied) shared(inner)
      {
        own += 1;
        copied += 1;
        // What the task around has for itself, this one has a copy of; what is shared there, in a variable of the region, too.
#pragma omp task
        {
          own += 10;
          copied += 10;
          results[1] = own + copied;
        }
#pragma omp taskwait
        results[2] = own + copied;
        inner = 5;
      }
#pragma omp taskwait
      results[3] = own * 10 + inner;
    }
  }
}

static void outer(int *results) {
  int seen = 1, given = 2, hidden = 3;
#pragma omp parallel firstprivate(given) private(hidden)
#pragma omp single
  {
#pragma omp task
    seen += given;
#pragma omp taskwait
#pragma omp task default(shared)
    {
      hidden = 50;
      given = 60;
    }
#pragma omp taskwait
    results[4] = hidden + given;
#pragma omp task default(none) shared(seen) firstprivate(given)
    {
      given += seen;
      seen = given;
    }
  }
  results[5] = seen * 10000 + given * 100 + hidden;
}

static void ordered(int *results) {
  int a[4] = {1, 2, 3, 4}, x = 0, *p = a;
#pragma omp parallel
#pragma omp single
  {
    for (int i = 1; i < 4; ++i)
#pragma omp task depend(in : p[i - 1 : 1]) depend(inout : a[i])
      a[i] += a[i - 1];
    for (int i = 0; i < 4; ++i)
#pragma omp task depend(mutexinoutset : x) depend(in : a[0 : 4])
      x += 5;
#pragma omp task depend(iterator(k = 0 : 4), in : a[k]) depend(out : x)
    x = x - 20 + 7 * (a[3] == 10);
#pragma omp task depend(in : x, a[3]) firstprivate(p) if (results)
    results[6] = x * 100 + p[3];
#pragma omp taskwait
    // An order is one thing, and a copy another.
    int copied = 1;
#pragma omp task depend(inout : copied)
    x = copied * 100;
    copied = 2;
#pragma omp task depend(inout : copied) firstprivate(copied)
    a[0] = copied + x;
#pragma omp taskwait
    results[6] += a[0];
  }
}

static void conditions(int *results) {
  int sum = 0;
  char text[8] = "abc";
#pragma omp parallel
#pragma omp single
#pragma omp taskgroup
  for (int i = 0; i < 10; ++i)
#pragma omp task untied mergeable priority(i) if (task : i % 2)
  {
    const int before = i;
    i += 100;
#pragma omp critical
    sum += before + i + text[0];
  }
  results[7] = sum;
}

int main() {
  int results[8] = {};
  counter c;
  int value = 0;
#pragma omp parallel
#pragma omp single
  {
    c.add(5);
    value = orphaned(2, results);
  }
  nested(results);
  outer(results);
  ordered(results);
  conditions(results);
  std::printf("%d %d %d\n", c.total, value, file_scope);
  // CHECK: 20 3002 4
  for (const int result : results)
    std::printf("%d ", result);
  // CHECK-NEXT: 17 26 6 35 110 630203 812 2060
  std::vector<int> numbers(omp_get_max_threads());
  if (omp_get_num_procs() < 1 || omp_get_wtime() < 0 || omp_get_wtick() > 1 || omp_in_final())
    return 1;
  omp_lock_t lock;
  omp_init_lock(&lock);
  int counted = 0;
#pragma omp parallel for
  for (int i = 0; i < 1000; ++i) {
#pragma omp atomic
    numbers[omp_get_thread_num()]++;
    omp_set_lock(&lock);
    ++counted;
    omp_unset_lock(&lock);
  }
  omp_destroy_lock(&lock);
  int all = 0;
  for (const int number : numbers)
    all += number;
  std::printf("%d %d\n", all, counted);
  // CHECK: 1000 1000
}
