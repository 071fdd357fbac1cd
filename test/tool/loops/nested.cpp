// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Loops in loops, tasks in loops.
// RUN: %transform | %FileCheck %s
void beside(); // what runs while a task does
int work(int);

void loops(int n, int *a) {
  // CHECK: ::weave::detail::parallel_for({{.*}}(0, n, 1), [a, n](auto weave_begin, auto weave_end) {
#pragma weave parallel_for
  for (int i = 0; i < n; ++i) {
    // CHECK: ::weave::detail::parallel_for({{.*}}(0, i, 1), [a, n, i](auto weave_inner_begin, auto weave_inner_end) {
#pragma weave parallel_for
    for (int j = 0; j < i; ++j)
      a[n * i + j] = 0;
    // CHECK: a[n * i + j] = 0; });
    // CHECK-NEXT: } });
  }
}

// What the text declares for one loop hides nothing of another.
int reduced(int n, int own) {
  int sum = 0;
  // CHECK-LABEL: int reduced
#pragma weave parallel_for reduction(+ : sum) firstprivate(own)
  for (int i = 0; i < n; ++i) {
    own += i;
    // CHECK: auto weave_inner_begin_2, auto weave_inner_end_2, auto &weave_inner_sum) { WEAVE_HIDING(auto sum = weave_inner_sum;)
    // CHECK-NEXT: for (int j = weave_inner_begin; j < weave_inner_end; ++j)
#pragma weave parallel_for reduction(+ : sum) firstprivate(own) collapse(2)
    for (int j = 0; j < n; ++j)
      for (int k = 0; k < n; ++k) {
        own = k;
        // CHECK: (auto &weave_inner_inner_piece) {
        // CHECK: while (const auto weave_inner_inner_strip = weave_inner_inner_piece.next())
#pragma weave parallel_for staged
        {
          for (int l = 0; l < n; ++l)
            work(l);
        }
        sum += k;
      }
    // CHECK: weave_inner_sum = sum; }
    const auto in_a_lambda = [n] {
      int last;
      // CHECK: { const auto weave_inner_space =
#pragma weave parallel_for
      for (last = 0; last < n; ++last)
        work(last);
      return last;
    };
    sum += in_a_lambda() + own;
  }
  return sum;
}

// A loop that runs in parallel is an activation: its tasks are joined in each piece, before the piece's result is taken.
void tasks(int n) {
  int sum = 0;
  // CHECK-LABEL: void tasks
  // CHECK: [](auto weave_begin, auto weave_end, auto &weave_sum) { WEAVE_HIDING(auto sum = weave_sum;) {
  // CHECK-NEXT: for (int i = weave_begin; i < weave_end; ++i) {
  // CHECK-NEXT: ::weave::detail::region([&sum, i](auto &weave_frame_[[#@LINE+5]]) { auto weave_task_[[#@LINE+5]] = weave_frame_[[#@LINE+5]].fork([&sum, i] {
  // CHECK: {{^}}weave_task_[[#@LINE+4]].join(); weave_frame_[[#@LINE+4]].sync();
  // CHECK-NEXT: }); } } weave_sum = sum; }, {{.*}}(sum));
#pragma weave parallel_for reduction(+ : sum)
  for (int i = 0; i < n; ++i) {
#pragma weave spawn
    sum += work(i); beside();
#pragma weave sync
  }
}
