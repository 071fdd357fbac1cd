// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Loops that `cancel` ends: what is in front of the end is done, and reductions hold what the serial loop has in them.
// RUN: %same_everywhere

#include <algorithm>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <vector>

template <class T> static long place_of(const std::vector<T> &v, T wanted) {
  long place = -1;
#pragma weave parallel_for reduction(max : place) identity(-1)
  for (std::size_t i = 0; i < v.size(); ++i)
    if (v[i] == wanted) {
      place = long(i);
#pragma weave cancel
      break;
    }
  return place;
}

static int slow(int i) {
  volatile int x = i;
  for (int k = 0; k < 200; ++k)
    x = x + 1;
  return x - 200;
}

int main() {
  const int n = 20000;
  std::vector<int> v(n);
  for (int i = 0; i < n; ++i)
    v[i] = int(i * 7919L % 10007);
  std::printf("%ld %ld %ld %ld\n", place_of(v, 77), place_of(v, v[0]), place_of(v, -5), place_of(std::vector<long>{1, 2}, 2L));

  // An arm without braces; several ends; what was done in front.
  std::vector<char> done(n);
  long sum = 1, bins[7] = {};
  std::string text;
#pragma weave parallel_for reduction(+ : sum, bins, text)
  for (int x : v) {
    if (slow(x) == 4444)
#pragma weave cancel
      break;
    sum += x;
    ++bins[x % 7];
    if (x % 100 == 0)
      text += char('a' + x % 26);
    else if (x == 3333)
#pragma weave cancel
      break;
  }
  std::printf("%ld %ld %ld %s\n", sum, bins[0], bins[6], text.c_str());
  int first = n;
#pragma weave parallel_for reduction(min : first)
  for (int i = 0; i < n; ++i) {
    done[i] = 1;
    if (slow(v[i]) > 10000) {
      first = std::min(first, i);
#pragma weave cancel
      break;
    }
  }
  std::printf("%d %d\n", first, int(std::count(done.begin(), done.begin() + first + 1, 1)));

  // Nested: each ends its own; `nowait`; what is thrown behind the end is not thrown.
  long ends = 0;
#pragma weave parallel_for reduction(+ : ends)
  for (int row = 0; row < 40; ++row) {
    int end = 500;
#pragma weave parallel_for reduction(min : end)
    for (int i = 0; i < 500; ++i)
      if (slow(i) >= row * 10) {
        end = std::min(end, i);
#pragma weave cancel
        break;
      }
    ends = ends + end;
    if (row == 30) {
#pragma weave cancel
      break;
    }
  }
  int late = n;
#pragma weave parallel_for nowait reduction(min : late)
  for (int i = n - 1; i >= 0; --i)
    if (slow(v[i]) == 5) {
      late = i;
#pragma weave cancel
      break;
    }
#pragma weave sync
  std::printf("%ld %d\n", ends, late);
  try {
#pragma weave parallel_for
    for (int i = 0; i < n; ++i) {
      if (i == 12000)
        throw std::runtime_error("behind the end");
      if (slow(i) == 11000) {
#pragma weave cancel
        break;
      }
    }
#pragma weave parallel_for
    for (int i = 0; i < n; ++i) {
      if (slow(i) == 9000)
        throw std::runtime_error("in front of the end");
      if (i == 9001) {
#pragma weave cancel
        break;
      }
    }
  } catch (const std::exception &e) {
    std::printf("%s\n", e.what());
  }
}
