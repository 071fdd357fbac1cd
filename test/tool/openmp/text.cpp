// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// OpenMP's directives become the text that our own do.
// RUN: %transform -fweave-openmp | %FileCheck %s

int g(int);

int fib(int n) {
  int x, y;
  if (n < 2)
    return n;
// CHECK: return ::weave::detail::region([&x, &n, &y](auto &weave_frame_{{[0-9]+}}) -> int { auto weave_task_{{[0-9]+}} = weave_frame_{{[0-9]+}}.fork([&x, n] {
#pragma omp task shared(x) firstprivate(n)
  x = fib(n - 1);
#pragma omp task shared(y)
  y = fib(n - 2);
// CHECK: weave_task_{{[0-9]+}}.join(); weave_frame_{{[0-9]+}}.sync();
#pragma omp taskwait
  return x + y;
}

int region(int n, int *a) {
  int sum = 0;
// CHECK: { ::weave::sync_scope weave_scope_{{[0-9]+}}; WEAVE_TRY
#pragma omp parallel num_threads(n)
  {
// CHECK: ::weave::detail::parallel_for(::weave::detail::loop_options().named(WEAVE_SITE({{[0-9]+}}, "region")), ::weave::detail::iterations<int, ::weave::detail::bound::less, ::weave::detail::direction::up>(0, n, 1), [a](auto weave_begin, auto weave_end) {
#pragma omp for schedule(dynamic, 8) nowait
// CHECK: for (int i = weave_begin; i < weave_end; ++i)
    for (int i = 0; i < n; ++i)
      a[i] = g(i);
// CHECK: static_cast<void>(0);
#pragma omp barrier
// CHECK: { ::weave::sync_scope weave_scope_{{[0-9]+}}; WEAVE_TRY {
#pragma omp single
// CHECK: sum += a[0]; } WEAVE_CATCH(weave_scope_{{[0-9]+}}) }
    sum += a[0];
// CHECK: } WEAVE_CATCH(weave_scope_{{[0-9]+}}) }
  }
// CHECK: { ::weave::sync_scope weave_scope_{{[0-9]+}}; WEAVE_TRY {
#pragma omp parallel
// CHECK: { ::weave::sync_scope weave_scope_{{[0-9]+}}; WEAVE_TRY {
#pragma omp single nowait
// CHECK: { ::weave::detail::frame weave_frame_{{[0-9]+}}; WEAVE_TRY { for (int i = 0; i < n; ++i)
  for (int i = 0; i < n; ++i)
// CHECK: weave_frame_{{[0-9]+}}.spawn([&a, i] {
#pragma omp task
// CHECK: a[i] = g(a[i]); }, WEAVE_SITE({{[0-9]+}}, "region")); } WEAVE_CATCH(weave_frame_{{[0-9]+}}) } } WEAVE_CATCH(weave_scope_{{[0-9]+}}) } } WEAVE_CATCH(weave_scope_{{[0-9]+}}) }
    a[i] = g(a[i]);
  return sum;
}

int loops(int n, int *a) {
  int i, j, last = 0, t;
  long total = 0;
// CHECK: ::weave::detail::parallel_reduce(::weave::detail::loop_options().run_if(!((n > 5) && ((n + 1) > 1)) ? false : true).named(WEAVE_SITE({{[0-9]+}}, "loops")), ::weave::detail::collapse(::weave::detail::iterations<std::remove_reference_t<decltype(i)>, ::weave::detail::bound::less, ::weave::detail::direction::up>(0, n, 1), [&] { return ::weave::detail::iterations<std::remove_reference_t<decltype(j)>, ::weave::detail::bound::less, ::weave::detail::direction::up>(0, n, 1); }), [a](auto weave_begin, auto weave_end, auto weave_begin_2, auto weave_end_2, auto &weave_total) { WEAVE_HIDING(auto total = weave_total;) WEAVE_HIDING(std::remove_reference_t<decltype(i)> i;) WEAVE_HIDING(std::remove_reference_t<decltype(j)> j;) WEAVE_HIDING({{\[\[}}maybe_unused]] std::remove_reference_t<decltype(t)> t;) {
#pragma omp parallel for collapse(2) private(j, t) reduction(- : total) if (n > 5) num_threads(n + 1)
// CHECK: for (i = weave_begin; i < weave_end; ++i)
  for (i = 0; i < n; ++i)
// CHECK: for (j = weave_begin_2; j < weave_end_2; ++j) {
    for (j = 0; j < n; ++j) {
      t = g(j);
      total += a[i] + t;
// CHECK: } } weave_total = total; }, ::weave::detail::reduction<::weave::detail::plus>(total));
    }
// CHECK: { const auto weave_space = ::weave::detail::iterations<std::remove_reference_t<decltype(i)>, ::weave::detail::bound::less, ::weave::detail::direction::up>(0, n, 1); ::weave::detail::parallel_reduce(::weave::detail::loop_options().named(WEAVE_SITE({{[0-9]+}}, "loops")), weave_space, [](auto weave_begin, auto weave_end, auto &weave_last) { WEAVE_HIDING(auto last = weave_last;) WEAVE_HIDING(std::remove_reference_t<decltype(i)> i;) {
#pragma omp parallel for lastprivate(last, i)
// CHECK: for (i = weave_begin; i < weave_end; ++i)
  for (i = 0; i < n; ++i)
// CHECK: last = g(i); } weave_last = last; }, ::weave::detail::reduction_by([&](auto &weave_left, auto &weave_right) { return ::weave::openmp::later(weave_left, weave_right); }, last)); ::weave::detail::finish<0>(weave_space, i); }
    last = g(i);
// CHECK: { WEAVE_HIDING(auto &weave_a = a;) WEAVE_HIDING({{\[\[}}maybe_unused]] std::remove_reference_t<decltype(t)> t;) { WEAVE_HIDING({{\[\[}}maybe_unused]] auto a = weave_a;) ::weave::sync_scope weave_scope_{{[0-9]+}}; WEAVE_TRY
#pragma omp parallel private(t) firstprivate(a)
  {
// CHECK: ::weave::detail::parallel_for(::weave::detail::loop_options().named(WEAVE_SITE({{[0-9]+}}, "loops")), ::weave::detail::iterations<std::remove_reference_t<decltype(i)>, ::weave::detail::bound::less, ::weave::detail::direction::up>(0, n, 1), [a](auto weave_begin, auto weave_end) { WEAVE_HIDING(std::remove_reference_t<decltype(i)> i;) WEAVE_HIDING({{\[\[}}maybe_unused]] std::remove_reference_t<decltype(t)> t;) {
#pragma omp for
// CHECK: for (i = weave_begin; i < weave_end; ++i) {
    for (i = 0; i < n; ++i) {
      t = g(i);
      a[i] = t;
    }
// CHECK: } WEAVE_CATCH(weave_scope_{{[0-9]+}}) } }
  }
  return last + i + static_cast<int>(total);
}

void others(int *a) {
// CHECK: { const ::weave::openmp::exclusive<903752354754036967u> weave_lock;
#pragma omp critical(lock)
  a[0] = g(1);
// CHECK: { const ::weave::openmp::exclusive<17958245310072901686u> weave_lock;
#pragma omp atomic update
  a[1] += 1;
// CHECK: ::weave::openmp::flush();
#pragma omp flush(a)
// CHECK: ::weave::load_balance();
#pragma omp taskyield
// CHECK: { ::weave::sync_scope weave_scope_{{[0-9]+}}; WEAVE_TRY {
#pragma omp parallel
// CHECK: { ::weave::sync_scope weave_scope_{{[0-9]+}}; WEAVE_TRY {
#pragma omp single
// CHECK: { ::weave::sync_scope weave_scope_{{[0-9]+}}; WEAVE_TRY
#pragma omp taskgroup
  {
    int size = 3;
// CHECK: ::weave::detail::graph_frame weave_frame_{{[0-9]+}}; WEAVE_TRY { weave_frame_{{[0-9]+}}.spawn_after({::weave::detail::inout(::weave::detail::part_of(a, "a[0 : 2]")(0, 2)), ::weave::detail::in(a[2])}, [&a, size] {
#pragma omp task depend(inout : a[0 : 2]) depend(in : a[2])
    a[0] = g(size);
// CHECK: } WEAVE_CATCH(weave_frame_{{[0-9]+}}) } WEAVE_CATCH(weave_scope_{{[0-9]+}}) } } WEAVE_CATCH(weave_scope_{{[0-9]+}}) } } WEAVE_CATCH(weave_scope_{{[0-9]+}}) }
  }
#pragma omp simd
  for (int i = 0; i < 8; ++i)
    a[i] += 1;
}
