// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Whatever the header of a loop compares with and counts by, the loop has the iterations of the serial one, and leaves the same in its variable.
// RUN: %same_everywhere

#include <atomic>
#include <climits>
#include <cmath>
#include <cstdio>
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

struct ratio { // no integer, but compared with some
  long over, under;
  friend bool operator<(int i, const ratio &r) { return i * r.under < r.over; }
};

static void bounds(double limit, float ratio_of) {
#pragma weave parallel_for
  for (int i = 0; i < std::sqrt(limit); ++i)
    hit(i);
  show("square root");
#pragma weave parallel_for
  for (unsigned char i = 3; i <= 60 * ratio_of; i += 7)
    hit(i);
  show("fraction, inclusive");
#pragma weave parallel_for
  for (long i = 900; i > limit / 7; i -= 3)
    hit(i);
  show("down");
#pragma weave parallel_for
  for (int i = 900; i >= -0.5; --i)
    hit(i);
  show("down to less than nothing");
#pragma weave parallel_for
  for (int i = 0; i != std::floor(limit); ++i)
    hit(i);
  show("not equal");
  const ratio third{1000, 3};
#pragma weave parallel_for
  for (int i = 0; i < third; ++i)
    hit(i);
  show("class");
  const std::atomic<int> atomic{77};
#pragma weave parallel_for
  for (int i = 0; i < atomic; ++i)
    hit(i);
  show("atomic");
}

template <class T> static void strides(T first, T last, int up, int down) {
#pragma weave parallel_for
  for (T i = last; i > first; i += T(down))
    hit(long(i));
  show("a negative step is added");
#pragma weave parallel_for
  for (T i = first; i < last; i -= T(down))
    hit(long(i));
  show("a negative step is subtracted");
#pragma weave parallel_for
  for (T i = first; i != last; i += T(up))
    hit(long(i));
  show("to");
#pragma weave parallel_for
  for (T i = last; i != first; i += T(down))
    hit(long(i));
  show("fro");
}

static void wrapping(unsigned n, unsigned short from) {
#pragma weave parallel_for
  for (unsigned i = n - 1; i < n; --i)
    hit(long(i));
  show("below zero");
#pragma weave parallel_for
  for (unsigned i = 0 - n; i >= 5; ++i)
    hit(long(UINT_MAX - i));
  show("beyond the largest");
#pragma weave parallel_for
  for (unsigned short i = from; i <= from; i -= 1)
    hit(i);
  show("short");
  unsigned i;
#pragma weave parallel_for
  for (i = n; i <= n; --i)
    hit(long(i));
  std::printf("%u ", i);
  show("left behind");
}

static int counter;
static std::vector<int> outside(int n, const std::vector<int> &v) {
  std::vector<int> left;
  int i, j = -1;
  long sum = 0;
#pragma weave parallel_for reduction(+ : sum)
  for (i = 0; i < n; i = i + 1)
    sum += i;
  left.push_back(i);
#pragma weave parallel_for
  for (i = 3 * n; i < n; i = 2 + i) // never
    hit(i);
  left.push_back(i);
#pragma weave parallel_for private(i)
  for (i = n; 0 <= i; i = i - 3)
    hit(i);
  left.push_back(i);
#pragma weave parallel_for collapse(2)
  for (i = 0; i < n; ++i)
    for (j = 10; j > 0; j -= 4)
      hit(i * 10 + j);
  left.insert(left.end(), {i, j});
  j = -5;
#pragma weave parallel_for collapse(2)
  for (i = 0; i < -n; ++i)
    for (j = 0; j < n; ++j)
      hit(i);
  left.insert(left.end(), {i, j});
#pragma weave parallel_for
  for (counter = 1; counter < n; counter += 5)
    hit(counter);
  left.push_back(counter);
  std::vector<int>::const_iterator at;
#pragma weave parallel_for reduction(+ : sum)
  for (at = v.begin(); at != v.end(); at = at + 1)
    sum += *at;
  left.push_back(int(at - v.begin()));
  const int *p, *end = v.data() + v.size();
  if (n > 0)
#pragma weave parallel_for reduction(+ : sum)
    for (p = v.data(); p < end; p = 1 + p)
      sum += *p;
  else
    p = v.data();
  left.push_back(int(p - v.data()));
#pragma weave parallel_for nowait
  for (i = 0; i < n; ++i)
    hit(i);
#pragma weave sync
  left.push_back(i);
  left.push_back(int(sum));
  show("outside");
  return left;
}

static long staged(const std::vector<int> &v) {
  long sum = 0;
#pragma weave parallel_for staged reduction(+ : sum)
  {
    const std::size_t size = v.size();
    const int &first = v[0];
    const int from = 2 * first;
    long mine = 0;
    for (std::size_t i = std::size_t(from); i < size; ++i)
      mine += v[i];
    sum += mine;
  }
  return sum;
}

// The variable stands outside the block, which does not use it otherwise.
static long staged_outside(const std::vector<int> &v) {
  long sum = 0, first = 1;
  std::size_t i = 0;
#pragma weave parallel_for staged reduction(+: sum)
  {
    const long from = first;
    long mine = 0;
    for (i = std::size_t(from); i < v.size(); i += 2)
      mine += v[i];
    sum += mine;
  }
  return sum + long(i);
}

int main() {
  bounds(50, 1.5f);
  bounds(2500.25, 3.999f);
  strides<int>(0, 60, 6, -6);
  strides<short>(0, 60, 12, -3);
  unsigned u = 30, back = 0u - 3u;
#pragma weave parallel_for
  for (unsigned i = u; i != 0; i += back)
    hit(long(i));
  show("modulo");
  wrapping(40, 200);
  for (int n : {0, 1, 17}) {
    for (int i : outside(n, std::vector<int>(100, 3)))
      std::printf("%d ", i);
    std::printf("\n");
  }
  std::printf("%ld\n", staged(std::vector<int>(1000, 2)));
  std::printf("%ld\n", staged_outside(std::vector<int>(1000, 2)));
  int glued[] = {1, 2, 3}, sum = 0, *p = glued;
  int(*array)[3] = &glued;
  // clang-format off
#pragma weave parallel_for reduction(+: sum)
  for (int x :glued) sum += x;
#pragma weave parallel_for reduction(+: sum)
  for (auto&x:*array) sum += x;
#pragma weave parallel_for reduction(+: sum)
  for (auto x:{1,2,3}) sum += x;
#pragma weave parallel_for reduction(+: sum)
  for (int i=0;i<*p;++i)sum+=i;
  // clang-format on
  std::printf("%d\n", sum);
}
