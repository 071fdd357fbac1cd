// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What of OpenMP is not supported, or stands where its meaning is not kept, is refused by name, with the mend.
// RUN: %verify -fweave-openmp

void work(int);

void directives(int n, int *a) {
  // expected-error@+1 {{unknown OpenMP directive 'paralel'}}
#pragma omp paralel
  work(n);
  // expected-error@+1 {{'#pragma omp parallel master' is not supported: write 'parallel', and 'master' on the line below it}}
#pragma omp parallel master
  work(n);
  // expected-error@+1 {{'#pragma omp target' is not supported: there is no device; leave it out}}
#pragma omp target teams distribute
  work(n);
  // expected-error@+1 {{'#pragma omp taskwait' has no clause 'private'}}
#pragma omp taskwait private(n)
  // expected-error@+1 {{'#pragma omp parallel for' has no clause 'shedule'}}
#pragma omp parallel for shedule(static)
  for (int i = 0; i < n; ++i)
    a[i] = i;
  // expected-error@+1 {{clause 'ordered' of '#pragma omp parallel for' is not supported: collect what the iterations make, and use it in order behind the loop}}
#pragma omp parallel for ordered
  for (int i = 0; i < n; ++i)
    a[i] = i;
  // expected-error@+1 {{clause 'default(private)' of '#pragma omp task' is not supported: name the variables in 'private' or 'firstprivate'}}
#pragma omp task default(private)
  work(n);
  // expected-error@+1 {{clause 'reduction(merge)' of '#pragma omp parallel for' is not supported: the operators are '+ - * & | ^ && || min max'}}
#pragma omp parallel for reduction(merge : n)
  for (int i = 0; i < 8; ++i)
    n += i;
  // expected-error@+1 {{'critical' has one name in its parentheses}}
#pragma omp critical(one two)
  work(n);
  // expected-error@+1 {{'#pragma omp critical' must stand before a statement}}
#pragma omp critical
  int x = n;
}

void sections(int *a) {
#pragma omp parallel sections
  {
    // expected-error@+1 {{'#pragma omp parallel sections' must stand before a block in which each statement has a '#pragma omp section'; write one in front of this, too}}
    a[0] = 1;
#pragma omp section
    a[1] = 2;
  }
#pragma omp parallel
  {
    // expected-error@+1 {{'section' must stand in the block of a '#pragma omp sections'}}
#pragma omp section // expected-error {{only constructs that divide work may stand here}}
    a[1] = 2;
  }
}

void operands(int *a) {
  // expected-error@+1 {{clause 'depend(depobj)' of '#pragma omp task' is not supported: write 'in:', 'out:' or 'inout:' and what the task reads or writes}}
#pragma omp task depend(depobj : a[0])
  a[0] = 1;
}

void outside(int n, int *a) {
  // expected-error@+1 {{'#pragma omp for' must stand in a '#pragma omp parallel' of the same function; move it there, or call the function from a 'parallel for'}}
#pragma omp for
  for (int i = 0; i < n; ++i)
    a[i] = i;
  // expected-error@+1 {{'#pragma omp barrier' must stand in a '#pragma omp parallel' of the same function}}
#pragma omp barrier
  // expected-error@+1 {{this 'taskwait' has no task of its function to wait for, and does not wait for those of a caller; move it to where the tasks are made}}
#pragma omp taskwait
}

void ordered(int *a) {
  // expected-error@+1 {{a task with 'depend' must stand in its '#pragma omp parallel', or in a task, since it is ordered only among the tasks that stand there; move it}}
#pragma omp task depend(out : a[0])
  a[0] = 1;
}

void nested(int n, int *a) {
#pragma omp parallel
#pragma omp single
  {
    // expected-error@+1 {{'#pragma omp for' must stand in its '#pragma omp parallel' directly, and here stands in '#pragma omp single'}}
#pragma omp for
    for (int i = 0; i < n; ++i)
      a[i] = i;
#pragma omp task
    {
      // expected-error@+1 {{'#pragma omp barrier' must stand in its '#pragma omp parallel' directly, and here stands in '#pragma omp task'}}
#pragma omp barrier
    }
  }
}

void threads(int n, int *a) {
  int sum = 0;
#pragma omp parallel
  {
    // expected-error@+1 {{each thread of the '#pragma omp parallel' would do this for itself, and no threads are told apart here: it calls 'work'; put it into a 'single' or a loop, or in front}}
    work(n);
  }
#pragma omp parallel
  {
    // expected-error@+1 {{it changes 'sum', which the threads share}}
    sum += 1;
  }
#pragma omp parallel
  {
    int own = 0;
    // expected-error@+1 {{'own' would carry a value of each thread from one construct of the '#pragma omp parallel' to the next, and no threads are told apart here; declare it in this construct, or name it in its 'private' or 'firstprivate'}}
#pragma omp for
    for (int i = 0; i < n; ++i)
      own += a[i];
    // expected-error@+1 {{only constructs that divide work may stand here}}
#pragma omp critical
    sum += own;
  }
}
