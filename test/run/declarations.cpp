// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// spawn in front of a declaration with an initialiser.
// RUN: %same_everywhere

#include <atomic>
#include <cstdio>
#include <memory>
#include <string>
static long fib(int n) {
  if (n < 2) return n;
#pragma weave spawn
  long x = fib(n - 1);
  long y = fib(n - 2);
#pragma weave sync
  return x + y;
}
static std::string join(std::string a, const std::string &b) { return a + b; }
template <class T> static T both(T a, T b) {
#pragma weave spawn firstprivate(a) if (a != b)
  const T ab = join(a, b);
#pragma weave spawn depends_on(in: b) label("ba")
  auto ba(join(b, a));
#pragma weave sync
  return ab + ba;
}
struct counted {
  static std::atomic<int> alive;
  int value;
  explicit counted(int value) : value(value) {
    if (value == 13)
      throw value;
    ++alive;
  }
  counted(const counted &other) : value(other.value) { ++alive; }
  ~counted() { --alive; }
};
std::atomic<int> counted::alive{0};
static counted make(int n) {
  fib(n % 20);
  return counted(n);
}
// Whatever is made is destroyed once, on every way out; what never was is not.
static long lives(int n) {
  long sum = 0;
  for (int i = 0; i < n; ++i)
    try {
#pragma weave spawn
      auto a = make(i);
#pragma weave spawn
      const counted b(make(i + 1));
      if (i == 5)
        continue;
      if (i == 7)
        throw 100;
#pragma weave sync
      sum += a.value * b.value;
    } catch (int thrown) {
      sum += thrown;
    }
  return sum * 10 + counted::alive;
}
static long unique(int n) {
  long total = 0;
  for (int i = 0; i < n; ++i) {
#pragma weave spawn
    auto p = std::make_unique<long>(fib(i));
#pragma weave spawn
    auto q = std::make_unique<long>(fib(i) + 1);
#pragma weave sync
    total += *p * *q;
  }
  return total;
}
int main() {
  std::printf("%ld %s %ld %ld\n", fib(25), both(std::string("a"), std::string("b")).c_str(), unique(20), lives(40));
}
