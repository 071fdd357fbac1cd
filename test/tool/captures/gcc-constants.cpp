// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Constants that clang++ uses without a capture, and g++ takes for the object: references to objects with static storage, arrays, and
// classes.
// RUN: %transform -std=c++20 -Wall -Wextra -Werror | %FileCheck %s
// RUN: %if gcc %{ %weavec %gxx -std=c++17 -O1 -Wall -Wextra -Werror -c %s -o %t.o %}
// RUN: %if gcc %{ %weavec %gxx -std=c++20 -O1 -Wall -Wextra -Werror -c %s -o %t.o %}
void beside(); // what runs while a task does
struct Config {
  int depth = 3;
  int of(int i) const { return depth + i; }
};
static Config config;
static int table[4];
struct Row {
  int x[3], y;
};

int reference(int n) {
  auto &c = config;
  const auto &t = table;
  int r = 0;
  // CHECK: .fork([&r, c = c, n, &t = t] { (void)c; (void)t;
#pragma weave spawn
  r = c.depth + c.of(n) + t[n]; beside();
#pragma weave sync
  return r;
}

void written(int n) {
  auto &c = config;
  auto &depth = config.depth;
  // CHECK: .fork([&c = c, n, &depth = depth] { (void)c; (void)depth;
#pragma weave spawn
  {
    c.depth += n;
    ++depth;
  } beside();
}

int array(int n) {
  constexpr int primes[] = {2, 3, 5, 7};
  constexpr Row rows[] = {{{1, 2, 3}, 4}, {{5, 6, 7}, 8}}, last{{9, 10, 11}, 12};
  int sum = 0, r = 0;
  // CHECK: [primes](auto {{.*}}{ (void)primes;
#pragma weave parallel_for reduction(+ : sum)
  for (int i = 0; i < 4; ++i)
    sum += primes[i];
  // CHECK: .fork([&r, primes, n, &rows = rows, last = last] { (void)primes; (void)rows; (void)last;
#pragma weave spawn
  r = primes[n] + rows[1].x[n] + [&](int i) { return rows[i].y; }(n) + last.x[1]; beside();
#pragma weave sync
  return sum + r;
}

// Deep inside, and as a copy that was asked for.
struct Table {
  Row row;
};
int deep(int n) {
  constexpr Table t{{{1, 2, 3}, 4}};
  const auto &k = table;
  int r = 0;
  // CHECK: .fork([&r, t = t, n] { (void)t;
#pragma weave spawn firstprivate(t)
  r = t.row.x[n]; beside();
#pragma weave sync
  return r + k[0];
}

// G++ 12 fails if such a one is not captured.
int plain_class(int n) {
  struct Point {
    int x, y;
  };
  constexpr Point p{1, 2};
  int r = 0;
  // CHECK: .fork([&r, p = p, n] { (void)p;
#pragma weave spawn
  r = p.x + n; beside();
#pragma weave sync
  return r;
}

// Where only a constant can stand, it has to be the one outside.
int as_constant(int n) {
  constexpr int sizes[] = {2, 3};
  constexpr Row row{{1, 2, 3}, 4};
  int r = 0;
  // CHECK: .fork([sizes, n, row, &r] { (void)sizes; (void)row;
#pragma weave spawn
  {
    int local[sizes[1]] = {n};
    constexpr int twice = 2 * row.x[1];
    r = local[0] + twice;
  } beside();
#pragma weave sync
  return r;
}

// A loop over a reference to a whole array, and a region that uses a reference declared in front of it.
static long cube[2][2][2];
long collapsed() {
  long(&all)[2][2][2] = cube;
  // CHECK: [&all = all](
#pragma weave parallel_for collapse(3)
  for (int i = 0; i < 2; ++i)
    for (int j = 0; j < 2; ++j)
      for (int k = 0; k < 2; ++k)
        all[i][j][k] = i + 2 * j + 4 * k;
  return all[1][1][1];
}
int around(int n) {
  auto &c = config;
  if (n < 0)
    return 0;
  int r = 0, s = 0;
  // CHECK: region([n, &c = c](auto &{{.*}}{ (void)c;
#pragma weave spawn
  r = around(n - 1);
  s = c.depth;
#pragma weave sync
  return r + s;
}

template <class T> struct Pair {
  T x;
  int y;
};
template <class T> int dependent(int n) {
  constexpr Pair<T> pair{T(1), 2};
  constexpr T values[] = {3, 1, 4};
  const T k = T(3);
  int r = 0;
  // CHECK: .fork([&r, &pair = pair, n, &values = values, &k] {
#pragma weave spawn
  r = pair.y + n + int(values[n]) + int(k); beside();
#pragma weave sync
  return r;
}
template int dependent<int>(int);
template int dependent<double>(int);
