// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What the clauses of a parallel loop make of it is what the serial loop does.
// RUN: %same_everywhere

#include <climits>
#include <cstdio>
#include <mutex>
#include <numeric>
#include <string>
#include <vector>

static std::vector<int> hits(4000);
static void hit(long i) { ++hits[std::size_t(i)]; }
static void show(const char *name) {
  long sum = 0, once = 0;
  for (std::size_t i = 0; i < hits.size(); ++i)
    sum += long(i) * hits[i], once += hits[i] == 1;
  std::printf("%s: %ld %ld\n", name, sum, once);
  hits.assign(hits.size(), 0);
}

static int evaluated = 0;
static int counted(int n) { return ++evaluated, n; }

static void nests(int n, int m, const std::vector<std::vector<int>> &rows) {
#pragma weave parallel_for collapse(2)
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < m; ++j)
      hit(i * m + j);
  show("two");
#pragma weave parallel_for collapse(3) grainsize(n / 2)
  for (long i = n - 1; i >= 0; --i) {
    for (unsigned char j = 0; j != 7; ++j) {
      for (short k = 20; k > 4; k -= 3) {
        if (k == 11)
          continue;
        hit(i * 100 + j * 6 + (k - 5) / 3);
      }
    }
  }
  show("three");
  // As in the serial loop, nobody looks at the bound of a loop that is never reached.
#pragma weave parallel_for collapse(2)
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (std::size_t j = 0; j < rows.at(0).size(); ++j)
      hit(1);
  show("empty");
  std::string text = ">";
#pragma weave parallel_for collapse(2) reduction(+ : text)
  for (int i = 0; i < 20; ++i)
    for (int j = 0; j < 5; ++j)
      text += char('a' + (i * 5 + j) % 26);
  std::printf("%s\n", text.c_str());
#pragma weave parallel_for collapse(1) grainsize(100)
  for (int i = 0; i < counted(1000); ++i)
    hit(i);
  show("grain");
}

struct matrix { // 2x2, whose product does not commute
  unsigned a = 0, b = 0, c = 0, d = 0;
};
static matrix times(const matrix &x, const matrix &y) {
  return {x.a * y.a + x.b * y.c, x.a * y.b + x.b * y.d, x.c * y.a + x.d * y.c, x.c * y.b + x.d * y.d};
}
static int longer(int a, int b) { return a > b ? a : b; }
template <class T> static T add(T a, T b) { return a + b; }

static void reductions(const std::vector<int> &v) {
  const int n = int(v.size());
  matrix m{1, 0, 0, 1};
#pragma weave parallel_for reduction(times : m) identity(matrix{1, 0, 0, 1})
  for (int i = 0; i < n; ++i)
    m = times(m, {unsigned(v[i] & 3), unsigned(i % 5), 1, 2});
  std::printf("%u %u %u %u\n", m.a, m.b, m.c, m.d);
  int most = INT_MIN, least = INT_MAX;
  long sum = 1;
  const auto smaller = [](int a, int b) { return a < b ? a : b; };
#pragma weave parallel_for reduction(longer : most) identity(INT_MIN) reduction(smaller : least) \
    identity(INT_MAX) reduction([](long a, long b) { return a + b; } : sum)
  for (int i = 0; i < n; ++i) {
    most = longer(most, v[i]);
    least = smaller(least, v[i]);
    sum += v[i];
  }
  std::printf("%d %d %ld\n", most, least, sum);
  unsigned exact = 3;
#pragma weave parallel_for reduction(+ : sum) reduction(add<unsigned> : exact) reproducible
  for (int i = 0; i < n; ++i) {
    sum -= v[i];
    exact = add(exact, unsigned(v[i]));
  }
  std::printf("%ld %u\n", sum, exact);
}

static void staged(const std::vector<int> &v) {
  std::vector<long> total(16);
  std::mutex mutex;
  int empty = 0;
#pragma weave parallel_for staged shared(total)
  {
    std::vector<long> mine(16);
    for (std::size_t i = 0; i < v.size(); ++i) {
      if (v[i] == 5)
        continue;
      ++mine[std::size_t(v[i]) % 16];
    }
    std::lock_guard<std::mutex> lock(mutex);
    for (int b = 0; b < 16; ++b)
      total[std::size_t(b)] += mine[std::size_t(b)];
  }
  for (long each : total)
    std::printf(" %ld", each);
#pragma weave parallel_for staged
  {
    for (int i = 0; i < empty; ++i)
      hit(i);
    std::printf("\nonce\n");
  }
  long sum = 5;
#pragma weave parallel_for staged reduction(+ : sum) grainsize(10)
  {
    const int weight = 3;
    for (int x : v)
      sum += x * weight;
  }
  std::printf("%ld\n", sum);
}

static long waiting(const std::vector<int> &v) {
  long sum = 0;
  int most = 0;
  std::vector<int> doubled(v.size());
#pragma weave parallel_for nowait
  for (std::size_t i = 0; i < v.size(); ++i)
    doubled[i] = 2 * v[i];
#pragma weave parallel_for nowait reduction(+ : sum) if (v.size() > 10)
  for (int x : v)
    sum += x;
#pragma weave parallel_for nowait reduction(longer : most)
  for (std::size_t i = 0; i < v.size(); ++i)
    most = longer(most, v[i]);
#pragma weave sync(most)
  long result = most;
#pragma weave sync
  return result + sum + std::accumulate(doubled.begin(), doubled.end(), 0L);
}

static void scopes(int n) {
  for (int round = 0; round < 3; ++round) {
    int local[100] = {};
    int offset = round;
#pragma weave parallel_for nowait firstprivate(offset)
    for (int i = 0; i < 100; ++i) {
      offset = i < n ? offset : round;
      local[i] = offset;
    }
#pragma weave sync
    std::printf("%d\n", std::accumulate(local, local + 100, 0));
  }
  try {
#pragma weave parallel_for nowait
    for (int i = 0; i < n; ++i)
      if (i >= 17)
        throw i;
#pragma weave sync
  } catch (int thrown) {
    std::printf("thrown %d\n", thrown);
  }
}

int main() {
  nests(30, 100, {});
  std::vector<int> v(3000);
  for (std::size_t i = 0; i < v.size(); ++i)
    v[i] = int(i * 7919 % 1009);
  reductions(v);
  staged(v);
  std::printf("%ld\n", waiting(v));
  scopes(60);
}
