// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What the library gets by a forwarding reference and only reads is no change: of a loop's variable, of a copy, of an array.
// RUN: %same_everywhere

#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <numeric>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

static long total(const std::vector<long> &v) { return std::accumulate(v.begin(), v.end(), 0L); }
static long sum_of(const int (&a)[3]) { return a[0] + a[1] + a[2]; }

static long variables(long n) {
  std::vector<std::vector<std::pair<long, long>>> made(static_cast<std::size_t>(n));
  std::vector<long> read(static_cast<std::size_t>(n));
#pragma weave parallel_for
  for (std::size_t i = 0; i < made.size(); ++i) {
    auto &here = made[i];
    here.emplace_back(i, n);
    here.push_back(std::make_pair(n, i));
    here.push_back(std::pair(n, static_cast<long>(i)));
    const auto all = std::make_tuple(std::as_const(i), n);
    const std::optional<std::size_t> maybe(i);
    std::map<std::size_t, long> map;
    map.try_emplace(i, n);
    read[i] = long(std::get<0>(all) + *maybe + map.begin()->first + *std::make_unique<std::size_t>(i));
  }
  long sum = total(read);
  for (const auto &each : made)
    for (auto [a, b] : each)
      sum += a + 3 * b;
  return sum;
}

static long copies(long n) {
  long r = 0;
  auto pair = std::make_pair(n, n);
#pragma weave spawn firstprivate(n)
  {
    pair = std::make_pair(n, n + 1);
    r = std::as_const(n);
  }
  n = 7;
#pragma weave sync
  return r + pair.second + n;
}

static long arrays() {
  int a[3] = {1, 2, 3};
  long sum = 0;
#pragma weave parallel_for firstprivate(a) reduction(+: sum)
  for (int i = 0; i < 100; ++i)
    sum += i * std::cref(a).get()[i % 3] + sum_of(a) + std::as_const(a)[1];
  return sum;
}

int main() { std::printf("%ld %ld %ld\n", variables(20), copies(3), arrays()); }
