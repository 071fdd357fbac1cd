// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// firstprivate, move, shared, private, if, default(none) and label keep the meaning of the serial program.
// RUN: %same_everywhere

#include <cstdio>
#include <memory>
#include <numeric>
#include <vector>

static long work(const std::vector<long> &values) { return std::accumulate(values.begin(), values.end(), 0L); }

static long copies(int n) {
  std::vector<long> scratch(10, 3);
  std::vector<std::unique_ptr<long>> kept(n);
  long table[3] = {1, 2, 3};
  for (int i = 0; i < n; ++i) {
    auto mine = std::make_unique<long>(i);
#pragma weave spawn move(mine) firstprivate(scratch, table) if (i % 7 != 2) label("copies")
    {
      scratch[0] = table[1] = i;
      *mine += work(scratch) + table[1];
      kept[i] = std::move(mine);
    }
  }
#pragma weave sync
  long total = 0;
  for (auto &value : kept)
    total += *value;
  return total;
}

static long global = 5;
static long of_its_own(int n) {
  static long kept = 7;
  long scratch = -1, results[3] = {};
#pragma weave spawn firstprivate(global, kept) private(scratch)
  {
    scratch = n * global;
    global += scratch;
    results[0] = global + kept;
  }
#pragma weave spawn firstprivate(kept)
  results[1] = kept + 1;
#pragma weave sync
  long sum = 0;
#pragma weave parallel_for firstprivate(kept) reduction(+ : sum)
  for (int i = 0; i < 100; ++i)
    sum += kept * i;
  return results[0] + results[1] + sum + kept;
}

static long ordered(long n) {
  long x = n;
  for (int i = 0; i < 30; ++i) {
#pragma weave spawn depends_on(inout : x) if (i % 3)
    x = 3 * x + i;
  }
#pragma weave sync
  return x;
}

static long loops(int n) {
  long total = 0, last, offset = 3;
  std::vector<long> scratch;
#pragma weave parallel_for reduction(+ : total) private(scratch, last) firstprivate(offset) if (n > 3)
  for (int i = 0; i < n; ++i) {
    scratch.assign(3, i);
    last = i;
    offset = 3 + i;
    total += scratch[1] + last + offset;
  }
  return total;
}

template <class... T> static long packs(T... values) {
  long sum = 0;
#pragma weave spawn firstprivate(values...) shared(sum) default(none)
  sum = (values + ...);
#pragma weave sync
  return sum;
}

template <class T> static void twice(T value, long &result) { result = long(value) * 2; }
template <class T> static long outputs(T value) {
  long unset, set = 1;
#pragma weave spawn
  twice(value, unset);
#pragma weave spawn shared(set)
  twice(value, set);
#pragma weave sync
  return unset + set;
}

int main() {
  std::printf("%ld %ld\n", copies(100), ordered(2));
  std::printf("%ld %ld\n", loops(1000), loops(2));
  std::printf("%ld %ld\n", packs(1, 2, 3L), outputs(4));
  std::printf("%ld\n", of_its_own(3));
}
