// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Reductions of arrays, of sections, and of the members that hold them.
// RUN: %same_everywhere

#include <cstdio>
#include <string>
#include <vector>

static const int n = 20000;
static long bins[16];

struct pair {
  long first = 0, second = 0;
  friend pair operator+(const pair &a, const pair &b) { return {a.first + b.first, a.second + b.second}; }
};

struct table {
  long rows[3][4] = {};
  long *cells = nullptr;
  int size = 0;
  void fill(const std::vector<int> &v) {
#pragma weave parallel_for reduction(+ : rows, this->cells[0 : size])
    for (int x : v) {
      rows[x % 3][x % 4] += x;
      this->cells[x % size] += rows[0][0] >= 0;
    }
  }
};

template <class T, int N> static T most(const std::vector<int> &v) {
  T high[N] = {};
  const auto larger = [](T a, T b) { return a < b ? b : a; };
#pragma weave parallel_for reduction(larger : high)
  for (std::size_t i = 0; i < v.size(); ++i)
    high[i % N] = larger(high[i % N], T(v[i]));
  T sum = 0;
  for (T x : high)
    sum = sum * 3 + x;
  return sum;
}

template <class T> static long sum_of(T p, long length, const std::vector<int> &v) {
#pragma weave parallel_for reduction(+ : p[0 : length])
  for (int x : v)
    p[x % length] += x;
  return p[0] + p[length - 1];
}

static unsigned hash_of(const long *p, int length) {
  unsigned hash = 7;
  for (int i = 0; i < length; ++i)
    hash = hash * 31 + unsigned(p[i]);
  return hash;
}

int main() {
  std::vector<int> v(n);
  for (int i = 0; i < n; ++i)
    v[i] = int(i * 7919L % 10007);

  // A whole array, and a global one; an old value comes first.
  long h[256], low[2] = {1000000, 1000000};
  for (int i = 0; i < 256; ++i)
    h[i] = i;
#pragma weave parallel_for reduction(+ : h, bins) reduction(min : low)
  for (int i = 0; i < n; ++i) {
    ++h[v[i] % 256];
    bins[v[i] % 16] += sizeof h == 256 * sizeof(long);
    low[i % 2] = v[i] < low[i % 2] ? v[i] : low[i % 2];
  }
  std::printf("%u %u %ld %ld\n", hash_of(h, 256), hash_of(bins, 16), low[0], low[1]);

  // Sections: of a pointer, of the middle of an array, of rows; below the pointer.
  std::vector<long> space(300, 5);
  long *p = space.data() + 100;
  long matrix[6][3] = {};
  long(*rows)[3] = matrix;
  int from = 10, length = 7;
#pragma weave parallel_for reduction(+ : p[from : length], rows[1 : 4]) reduction(* : h[3 : 2])
  for (int i = 0; i < n; ++i) {
    p[from + v[i] % length] += i;
    rows[1 + i % 4][i % 3] += v[i];
    h[3 + i % 2] *= i % 3 ? 1 : -1;
  }
#pragma weave parallel_for reduction(+ : p[-9 : 5])
  for (int i = 0; i < n; ++i)
    p[-9 + i % 5] -= i;
  std::printf("%u %u %u\n", hash_of(space.data(), 300), hash_of(matrix[0], 18), hash_of(h, 256));
#pragma weave parallel_for reduction(+ : p[:0])
  for (int i = 0; i < n; ++i)
    if (i < 0)
      ++p[0];

  // Members, templates, what order shows.
  table t;
  std::vector<long> cells(13);
  t.cells = cells.data(), t.size = 13;
  t.fill(v);
  std::printf("%u %u\n", hash_of(t.rows[0], 12), hash_of(t.cells, 13));
  std::printf("%d %ld %ld\n", most<int, 5>(v), most<long, 9>(v), sum_of(cells.data(), 13, v) + sum_of<long(&)[16]>(bins, 3, v));
  std::string words[3] = {"a", "b", "c"};
#pragma weave parallel_for reduction(+ : words)
  for (int i = 0; i < 600; ++i)
    words[i % 3] += char('a' + v[i] % 26);
  pair pairs[4];
#pragma weave parallel_for reduction(+ : pairs) identity(pair{0, 0})
  for (int i = 0; i < n; ++i)
    pairs[i % 4].first += i, pairs[i % 4].second += v[i];
  std::printf("%s %s %s %ld %ld\n", words[0].c_str(), words[1].c_str(), words[2].c_str(), pairs[1].first, pairs[3].second);

  // Nested, collapsed, staged, reproducible, not waited for.
  long outer[8] = {}, all[5] = {}, stage[4] = {};
  double sums[3] = {};
#pragma weave parallel_for reduction(+ : outer)
  for (int i = 0; i < 20; ++i) {
#pragma weave parallel_for reduction(+ : outer[1 : 7])
    for (int k = 0; k < 500; ++k)
      outer[1 + k % 7] += i * v[k];
    ++outer[0];
  }
#pragma weave parallel_for collapse(2) reduction(+ : all)
  for (int i = 0; i < 40; ++i)
    for (int k = 0; k < 300; ++k)
      all[(i + k) % 5] += v[k];
#pragma weave parallel_for staged reduction(+ : stage)
  {
    long mine[4] = {};
    for (int i = 0; i < n; ++i)
      mine[i % 4] += v[i];
    for (int i = 0; i < 4; ++i)
      stage[i] += mine[i];
  }
  // What a float makes of the order is the same in each piece, since each holds small whole numbers.
#pragma weave parallel_for reduction(+ : sums) reproducible
  for (int i = 0; i < n; ++i)
    sums[i % 3] += v[i];
  std::printf("%u %u %u %.0f\n", hash_of(outer, 8), hash_of(all, 5), hash_of(stage, 4), sums[0] + 2 * sums[1] + 3 * sums[2]);
  long end = 0, begin_2[2] = {};
#pragma weave parallel_for reduction(+ : end, begin_2)
  for (int i = 0; i < n; ++i)
    end += ++begin_2[i % 2];
  std::printf("%ld\n", begin_2[1] + (end > 0));
  {
    int offset = 2, count = 9;
#pragma weave parallel_for nowait reduction(+ : p[offset : count])
    for (int i = 0; i < n; ++i)
      p[offset + i % count] += v[i];
#pragma weave sync
    std::printf("%u\n", hash_of(space.data(), 300));
  }
}
