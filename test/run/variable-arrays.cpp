// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Arrays whose lengths only the run tells, of any number of dimensions, in tasks and loops.
// RUN: %same_everywhere

#include <cstdio>
#ifdef __clang__
#pragma clang diagnostic ignored "-Wvla-cxx-extension"
#endif

static long rows(int n, int m, long (*row)[3]) {
  long a[n][m], cube[n][2][m], line[n], s = 0, t = 0, u = 0;
  typedef long pair_of_rows[2][m];
  typedef long one_row[m];
  one_row b[n], *p = b;
  for (int i = 0; i < n; ++i) {
    line[i] = i;
    for (int j = 0; j < m; ++j) {
      a[i][j] = i * m + j;
      b[i][j] = i;
      cube[i][0][j] = j, cube[i][1][j] = i;
    }
  }
#pragma weave parallel_for reduction(+ : s)
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < m; ++j)
      s += a[i][j] + p[i][j] + long(sizeof(a[0])) + long(sizeof(cube));
#pragma weave parallel_for reduction(+ : t)
  for (long x : line)
    t += x + line[0];
#pragma weave parallel_for
  for (int i = 0; i < n; ++i)
    for (long &x : cube[i][1])
      x += row[0][2];
#pragma weave spawn
  a[0][0] = cube[n - 1][1][m - 1] + long(sizeof(a) / sizeof(a[0]));
#pragma weave spawn
  u = line[n - 1];
#pragma weave sync
  return s + t + u + a[0][0] + long(sizeof(pair_of_rows));
}

// The lengths are part of a type that the text does not show.
static long deduced(int n, int m) {
  long a[n][m], s = 0, t = 0;
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < m; ++j)
      a[i][j] = i * m + j;
  auto *row = a;
  const auto same = a;
  auto &last = a[n - 1];
#pragma weave parallel_for reduction(+ : s)
  for (int i = 0; i < n; ++i)
    s += row[i][0] + same[0][m - 1];
#pragma weave spawn
  t = row[1][1] + last[0] + long(sizeof(*same));
#pragma weave parallel_for reduction(+ : s)
  for (long x : last)
    s += x;
#pragma weave sync
  return s + t;
}

int main(int argc, char **) {
  long row[1][3] = {{1, 2, 3}};
  std::printf("%ld %ld %ld\n", rows(9 + argc, 1 + argc, row), rows(3, 1, row), deduced(3 + argc, 2 + argc));
}
