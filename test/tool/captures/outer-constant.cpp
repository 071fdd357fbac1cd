// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A constant that a closure around the task captures: g++ takes its name for that capture, and wants one in the task, too.
// RUN: %transform | %FileCheck %s
void beside(); // what runs while a task does
int work(int);
void inspect(const int *);
template <class F> void run(F f) { f(); }

void in_a_task() {
  const int k = 3;
  // CHECK: .fork([&k] {
#pragma weave spawn
  {
    inspect(&k);
    // CHECK: .fork([k] { (void)&k;
#pragma weave spawn
    work(k); beside();
  } beside();
}

void in_a_loop(int *p, int n) {
  constexpr int k = 3;
  // CHECK: [&k, p](auto weave_begin, auto weave_end) {
#pragma weave parallel_for
  for (int i = 0; i < n; ++i) {
    inspect(&k);
    // CHECK: .spawn([p, i, k] { (void)&k;
#pragma weave spawn
    p[i] = work(k);
  }
}

void in_lambdas() {
  const int k = 3;
  run([&] {
    inspect(&k);
    // CHECK: .fork([k] { (void)&k;
#pragma weave spawn
    work(k); beside();
  });
  run([k] {
    inspect(&k);
    run([&] {
      // CHECK: .fork([k] { (void)&k;
#pragma weave spawn
      work(k); beside();
    });
  });
}

// Without a capture around it there is none.
void nobody_captures() {
  const int k = 3;
  run([&] {
    // CHECK: .fork([] {
#pragma weave spawn
    work(k); beside();
  });
  inspect(&k);
}

// A region is a closure, too.
void in_a_region(long n) {
  const int k = 3;
  // CHECK: .fork([&k, n] {
#pragma weave spawn
  {
    inspect(&k);
    work(int(n));
    // CHECK: ::weave::detail::region([n, k](auto &weave_frame_{{[0-9]+}}) { (void)&k;{{.*}}.fork([n, k] { (void)&k;
#pragma weave spawn
    work(int(n) + k);
    work(k);
  } beside();
}
