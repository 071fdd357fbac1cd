// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Sections of arrays, strides and modes: what conflicts is ordered, whatever the bounds.
// RUN: %same_everywhere

#include <atomic>
#include <cstdio>
#include <vector>

static unsigned mix(unsigned a, unsigned b) {
  for (int i = 0; i < 100; ++i)
    a = a * 1664525u + b + 1013904223u;
  return a;
}

// Pieces that overlap by a halo on either side.
static unsigned halos(int n, int rounds) {
  constexpr int piece = 16;
  std::vector<unsigned> now(n + 2, 1), next(n + 2);
  unsigned *a = now.data(), *b = next.data();
  for (int round = 0; round < rounds; ++round, std::swap(a, b))
    for (int first = 1; first <= n; first += piece) {
      const int length = first + piece > n + 1 ? n + 1 - first : piece;
#pragma weave spawn depends_on(in: a[first - 1:length + 2]; out: b[first:length])
      for (int i = first; i < first + length; ++i)
        b[i] = mix(a[i - 1] + a[i + 1], a[i]);
    }
#pragma weave sync
  unsigned sum = 0;
  for (int i = 0; i <= n; ++i)
    sum = sum * 31 + a[i];
  return sum;
}

// Tiles, rows and columns of one matrix.
static unsigned tiles(int rounds) {
  constexpr int size = 24, side = 8;
  static unsigned m[size][size];
  for (int i = 0; i < size; ++i)
    for (int j = 0; j < size; ++j)
      m[i][j] = static_cast<unsigned>(i * size + j);
  for (int round = 0; round < rounds; ++round) {
    for (int i = 0; i < size; i += side)
      for (int j = 0; j < size; j += side) {
#pragma weave spawn depends_on(inout: m[i:side][j:side])
        for (int k = 0; k < side; ++k)
          for (int l = 0; l < side; ++l)
            m[i + k][j + l] = mix(m[i + k][j + l], static_cast<unsigned>(k * l));
      }
    const int row = round % size, column = round * 7 % size;
#pragma weave spawn depends_on(in: m[row]; inout: m[:][column])
    for (int k = 0; k < size; ++k)
      if (k != row)
        m[k][column] ^= m[row][k];
#pragma weave spawn depends_on(inout: m[round % 2:size / 2:2])
    for (int k = round % 2; k < size; k += 2)
      m[k][3] += m[k][5];
  }
#pragma weave sync
  unsigned sum = 0;
  for (auto &row : m)
    for (unsigned element : row)
      sum = sum * 31 + element;
  return sum;
}

// Even and odd elements are different objects.
static unsigned strides(int n) {
  std::vector<unsigned> v(2 * n, 1);
  for (int round = 0; round < 20; ++round) {
#pragma weave spawn depends_on(inout: v[0:n:2])
    for (int i = 0; i < n; ++i)
      v[2 * i] = mix(v[2 * i], 1);
#pragma weave spawn depends_on(inout: v[1:n:2])
    for (int i = 0; i < n; ++i)
      v[2 * i + 1] = mix(v[2 * i + 1], 2);
    if (round % 5 == 4) {
#pragma weave spawn depends_on(inout: v[0:2 * n])
      for (int i = 1; i < 2 * n; ++i)
        v[i] += v[i - 1];
    }
  }
#pragma weave sync
  return v.back();
}

// Sums in any order, then what they are.
static unsigned modes(int n) {
  unsigned sum = 0, result = 0;
  std::atomic<unsigned> seen{0};
  for (int i = 0; i < n; ++i) {
    if (i % 10 == 0) {
#pragma weave spawn depends_on(in: sum; inout: result)
      result = mix(result, sum);
    }
#pragma weave spawn depends_on(commutative: sum)
    sum += mix(3, static_cast<unsigned>(i));
#pragma weave spawn depends_on(concurrent: seen)
    seen += mix(5, static_cast<unsigned>(i));
  }
#pragma weave spawn depends_on(in: sum, seen; inout: result)
  result = mix(result, sum ^ seen);
#pragma weave sync
  return result;
}

// As many operands as the program finds out.
static unsigned gather(int n) {
  std::vector<unsigned> v(n, 1), sums(n);
  std::vector<int> next(n);
  for (int i = 0; i < n; ++i)
    next[i] = i * 7 % n;
  for (int round = 0; round < 5; ++round)
    for (int i = 0; i < n; ++i) {
      const int width = i % 4; // of none, too
#pragma weave spawn depends_on(iterator(j = 0:width), in: v[next[(i + j) % n]]; out: sums[i])
      {
        sums[i] = 1;
        for (int j = 0; j < width; ++j)
          sums[i] = mix(sums[i], v[next[(i + j) % n]]);
      }
#pragma weave spawn depends_on(iterator(long j = n - 1:i:-2), in: sums[i]; inout: v[j])
      for (int j = n - 1; j > i; j -= 2)
        v[j] += sums[i];
    }
#pragma weave sync
  unsigned result = 0;
  for (int i = 0; i < n; ++i)
    result = result * 31 + v[i] + sums[i];
  return result;
}

// Empty sections name nothing.
static unsigned empty(int n) {
  std::vector<unsigned> v(8, 1);
#pragma weave spawn depends_on(inout: v[0:8]; in: v[3:n])
  v[3] = mix(v[3], static_cast<unsigned>(n));
#pragma weave spawn depends_on(inout: v[0:8])
  v[3] = mix(v[3], 2);
#pragma weave sync
  return v[3];
}

int main() { std::printf("%u %u %u %u %u %u\n", halos(100, 10), tiles(20), strides(40), modes(60), gather(30), empty(0)); }
