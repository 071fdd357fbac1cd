// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// collapse and grainsize: the headers of all loops of the nest move out.
// RUN: %transform | %FileCheck %s

void nests(double *a, int n, int m, short grain) {
  // CHECK: ::weave::detail::parallel_for(::weave::detail::loop_options(){{([.]weight[(][0-9]+[)])?}}.named(WEAVE_SITE({{[^)]*}})), ::weave::detail::collapse(::weave::detail::iterations<int, ::weave::detail::bound::less, ::weave::detail::direction::up>(0, n, 1), [&] { return ::weave::detail::iterations<int, ::weave::detail::bound::less, ::weave::detail::direction::up>(1, m - 1, 2); }), [a, m](auto weave_begin, auto weave_end, auto weave_begin_2, auto weave_end_2) {
  // CHECK-NEXT: for (int i = weave_begin; i < weave_end; ++i)
  // CHECK-NEXT: for (int j = weave_begin_2; j < weave_end_2; j += 2)
  // CHECK-NEXT: a[i * m + j] = 0; });
#pragma weave parallel_for collapse(2)
  for (int i = 0; i < n; ++i)
    for (int j = 1; j < m - 1; j += 2)
      a[i * m + j] = 0;
  // CHECK: parallel_for(::weave::detail::loop_options().run_if(!(n > 9) ? false : true).grainsize(grain){{.*}}, ::weave::detail::collapse({{.*}}(0, 2, 1); }, [&] { return {{.*}}(m, 0, 1); }), {{.*}}(auto weave_begin, auto weave_end, auto weave_begin_2, auto weave_end_2, auto weave_begin_3, auto weave_end_3) {
#pragma weave parallel_for collapse(1 + 2) grainsize(grain) if (n > 9)
  for (int i = 0; i < n; ++i) {
    {
      for (unsigned j = 0; j < 2; ++j) {
        ;
        for (int k = m; k > 0; --k)
          a[i + j + k] = 1;
      }
    }
  }
  double sum = 0;
  // CHECK: parallel_reduce(::weave::detail::loop_options().grainsize(100){{.*}}, {{.*}}, auto weave_end_2, auto &weave_sum) { WEAVE_HIDING(auto sum = weave_sum;) {
  // CHECK: } weave_sum = sum; }, ::weave::detail::reduction<::weave::detail::plus>(sum));
#pragma weave parallel_for collapse(2) grainsize(100) reduction(+ : sum)
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < m; ++j)
      sum += a[i * m + j];
}

template <class T, int Depth> void dependent(T *a, T n) {
  // CHECK: parallel_for(::weave::detail::loop_options().grainsize(n / 2).named(WEAVE_SITE({{[^)]*}})), ::weave::detail::iterations<T,
#pragma weave parallel_for grainsize(n / 2)
  for (T i = 0; i < n; ++i)
    a[i] = i;
}
template void dependent<int, 2>(int *, int);
