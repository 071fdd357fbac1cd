// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Constants in lambdas of the user's that capture by default, which capture what the generated text passes by reference.
// RUN: %same_everywhere

#include <cstdio>
#include <vector>
template <class F> void call(F f) { f(); }
template <class T> static T in_template(T n) {
  const T three = 3;
  constexpr int last = 6;
  T sum = 0;
  const auto add = [&] {
#pragma weave parallel_for reduction(+: sum)
    for (int i = 0; i < last; ++i)
      sum += three * n;
#pragma weave spawn
    sum += last;
#pragma weave sync
  };
  add();
  return sum;
}
static int work(int n) { return n; }

// A lambda inside of what exists twice, and clauses of which only the value counts.
static int in_region(int n) {
  int x = 0, y = 0;
  constexpr int last = 9;
#pragma weave spawn
  x = work(n);
  const auto inner = [&](int sum) {
#pragma weave parallel_for reduction(+: sum)
    for (int i = 0; i < last; ++i)
      sum += i;
    return sum;
  };
  y = inner(n);
#pragma weave sync
  return x + y;
}
static int by_value(int n) {
  [[maybe_unused]] const int grain = 4;
  int y = 0;
#pragma weave spawn shared(y) firstprivate(n) default(none)
  {
    const auto inner = [&](int sum) {
#pragma weave parallel_for reduction(+: sum) grainsize(grain)
      for (int i = 0; i < n; ++i)
        sum += i;
      return sum;
    };
    y = inner(2);
  }
#pragma weave sync
  return y;
}
int main() {
  const int m = 12, st = 2, g = 4, lo = 1;
  constexpr long cl = 12;
  std::vector<double> a(m + g - g);
  int out = 0, acc = 0;
  call([&] {
    double *p = a.data();
#pragma weave parallel_for grainsize(g)
    for (int i = lo; i < m; i += st)
      p[m - 1 - i] = i;
  });
  call([&out] {
    const int k = 3;
    int arr[5] = {};
#pragma weave spawn depends_on(in: arr[k]; out: out)
    out = arr[0] + work(k);
#pragma weave sync
  });
  call([=, &acc] {
#pragma weave parallel_for reduction(+: acc) collapse(2)
    for (int i = 0; i < m; ++i)
      for (long j = lo; j <= cl; j += st)
        acc += m;
  });
  call([&] {
#pragma weave parallel_for reduction(+: acc) identity(m - 12)
    for (int i = 0; i < m; ++i)
        acc += m;
#pragma weave spawn if(m > 3)
    acc += work(m);
#pragma weave sync
#pragma weave parallel_for nowait
    for (int i = m; i > 0; i -= st)
      a[i - 1] += m;
#pragma weave sync
  });
  const auto generic = [&](auto n) {
#pragma weave parallel_for
    for (int i = 0; i < m; ++i)
        a[i] += n;
#pragma weave parallel_for
    for (auto i = a.begin() + lo; i != a.begin() + m; i += 1)
        *i += n;
#pragma weave parallel_for staged
    {
      for (int i = 0; i < m; i += lo)
        a[i] += n;
    }
  };
  generic(1);
  std::printf("%g %d %d %ld %d %d\n", a[0], out, acc, in_template(2L), in_region(out), by_value(20));
}
