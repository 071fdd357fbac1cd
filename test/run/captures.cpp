// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Every kind of capture gives its task the value that the serial program would.
// RUN: %same_everywhere

#include <array>
#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

static long work(long n) {
  long sum = 0;
  for (long i = 0; i < n % 1000; ++i)
    sum += i * i;
  return sum + n;
}

struct object {
  long member = 1;
  long cells[8] = {};
  void fill(int n) {
    for (int i = 0; i < 8; ++i)
#pragma weave spawn
      cells[i] = work(n + i);
#pragma weave spawn
    member += work(n);
  }
  long sum() const {
    long total = member;
    for (long cell : cells)
      total += cell;
    return total;
  }
};

template <class... T> static long packs_in_a_lambda(T... values) {
  const auto sum = [=] {
    long result = 0;
#pragma weave spawn
    result = (0 + ... + values);
#pragma weave sync
    return result;
  };
  return sum();
}

template <class... T> static long packs(T... values) {
  long results[sizeof...(values)];
  int next = 0;
  const auto one = [&](auto &value) {
    const int mine = next++;
#pragma weave spawn
    results[mine] = work(value);
  };
  (one(values), ...);
#pragma weave spawn
  ((values += 1), ...);
#pragma weave sync
  return (values + ... + results[0]);
}

static long loop_variables(int n) {
  std::vector<long> out(n);
  long total = 0;
  for (int i = 0; i < n; ++i) {
    const long square = long(i) * i;
#pragma weave spawn
    out[i] = work(square + i); // i and square go on: the task has its own
  }
#pragma weave sync
  for (long value : out)
    total += value;
  return total;
}

static long elements() {
  std::map<int, std::string> names;
  for (int i = 0; i < 20; ++i)
    names[i] = "";
  for (auto &[key, name] : names)
#pragma weave spawn
    name = std::string(key, 'x') + std::to_string(work(key));
  long length = 0;
#pragma weave sync
  for (const auto &[key, name] : names)
    length += key * long(name.size());
  return length;
}

static long owners(std::unique_ptr<long> p) {
  std::array<long, 4> small{1, 2, 3, 4};
  std::vector<char> big(100000, 'a');
  long a = 0, b = 0, c = 0;
#pragma weave spawn
  a = work(*p);
#pragma weave spawn
  for (char letter : big)
    b += letter;
#pragma weave spawn
  for (long &value : small)
    c += value++;
#pragma weave sync
  return a + b + c + small[0];
}

static long overwritten(int n) {
  long result = 0, x = n;
#pragma weave spawn
  result += work(x);
  x = 0; // the task has the old value
#pragma weave sync
  return result + x;
}

int main() {
  object o;
  o.fill(50);
  std::printf("%ld\n", o.sum());
  std::printf("%ld\n", packs(1L, 2, short(3)) + packs_in_a_lambda(4, 5L));
  std::printf("%ld\n", loop_variables(100));
  std::printf("%ld\n", elements());
  std::printf("%ld\n", owners(std::make_unique<long>(77)));
  std::printf("%ld\n", overwritten(123));
}
