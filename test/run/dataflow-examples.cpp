// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Each kind of operand, and each mode, as the description of the language spells them.
// RUN: %same_everywhere

#include <atomic>
#include <cstdio>

static int f(int a) { return 3 * a + 1; }

// Variables, elements and sections, in one list for each mode.
static int lists(int n) {
  int a = 1, c = 0, b[8] = {}, d[16] = {};
  for (int i = 0; i < n; ++i) {
    const int lo = i % 5, len = i % 7;
#pragma weave spawn depends_on(in: a, b[i % 8]; out: c; inout: d[lo:len])
    {
      c = f(a) + b[i % 8];
      for (int k = lo; k < lo + len; ++k)
        d[k] = f(d[k]) % 1000;
    }
#pragma weave spawn depends_on(in: c, d[0:16:5]; out: b[(i + 3) % 8])
    b[(i + 3) % 8] = (c + d[0] + d[5] + d[10] + d[15]) % 1000;
#pragma weave spawn depends_on(in: c; inout: a)
    a = (a + c) % 1000;
  }
#pragma weave sync
  int sum = a;
  for (int each : d)
    sum = f(sum) % 10000 + each;
  return sum;
}

// Members, dereferences and whole arrays.
struct mesh {
  int cells[3][4];
  int *border;
};
static int members(mesh &m) {
  for (int round = 0; round < 5; ++round) {
#pragma weave spawn depends_on(inout: m.cells)
    for (auto &row : m.cells)
      for (int &cell : row)
        cell = f(cell) % 1000;
#pragma weave spawn depends_on(in: m.cells[1]; inout: *m.border)
    *m.border += m.cells[1][2];
#pragma weave spawn depends_on(in: *m.border; inout: m.cells[0:2][1:2])
    for (int i = 0; i < 2; ++i)
      for (int j = 1; j < 3; ++j)
        m.cells[i][j] += *m.border % 100;
  }
#pragma weave sync
  return m.cells[0][0] + m.cells[1][2] + m.cells[2][3] + *m.border;
}

// As many operands as the program finds out.
static int iterated(int n) {
  int a[10] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, next[10], b = 0;
  for (int i = 0; i < 10; ++i)
    next[i] = (i * 3 + 1) % 10;
  for (int i = 0; i < 10; ++i) {
#pragma weave spawn depends_on(inout: a[i])
    a[i] = f(a[i]);
  }
#pragma weave spawn depends_on(iterator(j = 0:n), in: a[next[j]]; out: b)
  for (int j = 0; j < n; ++j)
    b += a[next[j]];
#pragma weave spawn depends_on(iterator(j = 0:10), out: a[j]) depends_on(inout: b)
  for (int &each : a)
    each = ++b;
#pragma weave sync
  return b + a[4];
}

// Sums in any order, one at a time and all at once; then what they came to.
static int any_order(int n) {
  int sum = 0, result = 0;
  std::atomic<int> count{0};
  for (int i = 0; i < n; ++i) {
#pragma weave spawn depends_on(commutative: sum; concurrent: count)
    sum += i, ++count;
    if (i % 4 == 3) {
#pragma weave spawn depends_on(in: sum, count; inout: result)
      result = f(result) % 1000 + sum + count;
    }
  }
#pragma weave sync
  return result;
}

int main() {
  int border = 1;
  mesh m{{{1, 2, 3, 4}, {5, 6, 7, 8}, {9, 10, 11, 12}}, &border};
  std::printf("%d %d %d %d %d\n", lists(40), members(m), iterated(7), iterated(0), any_order(20));
}
