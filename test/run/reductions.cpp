// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Reductions start from the variable's old value and combine pieces in order.
// RUN: %same_everywhere

#include <climits>
#include <cstdio>
#include <string>
#include <vector>

static long total = 5;

struct matrix { // 2x2, whose product does not commute
  unsigned a = 1, b = 0, c = 0, d = 1;
  matrix() = default;
  matrix(unsigned a, unsigned b = 0, unsigned c = 0) : a(a), b(b), c(c), d(a) {}
  friend matrix operator*(const matrix &x, const matrix &y) {
    matrix r;
    r.a = x.a * y.a + x.b * y.c, r.b = x.a * y.b + x.b * y.d;
    r.c = x.c * y.a + x.d * y.c, r.d = x.c * y.b + x.d * y.d;
    return r;
  }
};

template <class T> static T sum_of(const std::vector<T> &v) {
  T sum = 0;
#pragma weave parallel_for reduction(+ : sum)
  for (std::size_t i = 0; i < v.size(); ++i)
    sum += v[i];
  return sum;
}

int main() {
  const int n = 10000;
  std::vector<int> v(n);
#pragma weave parallel_for
  for (int i = 0; i < n; ++i)
    v[i] = int((i * 7919L) % 10007) - 5000;

  long sum = 3, low = LONG_MAX, high = LONG_MIN;
  unsigned product = 1, ones = 0, odd = 7, mask = ~0u;
  bool all = true, any = false, none = false;
#pragma weave parallel_for reduction(+ : sum) reduction(min : low) reduction(max : high)
  for (int i = 0; i < n; ++i) {
    sum += v[i];
    low = v[i] < low ? v[i] : low;
    high = v[i] > high ? v[i] : high;
  }
#pragma weave parallel_for reduction(* : product) reduction(| : ones) reduction(^ : odd) reduction(& : mask)
  for (int i = 0; i < n; ++i) {
    product *= unsigned(2 * v[i] + 1);
    ones |= unsigned(v[i]) & 0xff00;
    odd ^= unsigned(v[i]);
    mask &= unsigned(v[i]) | 0xf0f0;
  }
#pragma weave parallel_for reduction(&& : all) reduction(|| : any, none)
  for (int i = 0; i < n; ++i) {
    all = all && v[i] > -6000;
    any = any || v[i] == 123;
    none = none || v[i] > 6000;
  }
#pragma weave parallel_for reduction(+ : total)
  for (int i = 0; i < n; ++i)
    total += i;
  std::printf("%ld %ld %ld %u %u %u %u %d %d %d %ld\n", sum, low, high, product, ones, odd, mask, all, any, none, total);

  matrix m;
#pragma weave parallel_for reduction(* : m)
  for (int i = 0; i < n; ++i)
    m = m * matrix(unsigned(i % 5), unsigned(v[i] & 3), 1);
  std::printf("%u %u %u %u\n", m.a, m.b, m.c, m.d);

  // Order shows in a string.
  std::string text = "start";
#pragma weave parallel_for reduction(+ : text)
  for (int i = 0; i < 200; ++i)
    text += char('a' + i % 26);
  std::printf("%s\n", text.c_str());
  std::printf("%d %ld\n", sum_of(v), sum_of(std::vector<long>(1000, 3)));
}
