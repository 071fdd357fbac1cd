// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A reduction may name a data member, and a class with an operator, a function or neither copies.
// RUN: %same_everywhere

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

struct pair {
  long first = 0, second = 0;
};
struct statistics {
  pair total;
  long most = 0, weight = 2;
  long sum(const std::vector<int> &v) {
#pragma weave parallel_for reduction(+ : total.first, this->total.second) reduction(max : most)
    for (std::size_t i = 0; i < v.size(); ++i) {
      total.first += v[i] * weight;
      this->total.second += 1;
      most = v[i] > this->most ? v[i] : most;
    }
    return total.first + total.second;
  }
};

template <class T> struct summed {
  T total{};
  void add(const std::vector<T> &v) {
#pragma weave parallel_for reduction(+ : total)
    for (const T &x : v)
      this->total += x;
  }
};

inline std::vector<int> operator+(const std::vector<int> &a, const std::vector<int> &b) {
  std::vector<int> all(a);
  all.insert(all.end(), b.begin(), b.end());
  return all;
}

struct list { // changes both of what it combines, and cannot be copied
  std::unique_ptr<std::string> text = std::make_unique<std::string>();
};
inline list joined(list &left, list &right) {
  list result;
  *result.text = *left.text + *right.text;
  return result;
}

int main() {
  std::vector<int> v(5000);
  for (std::size_t i = 0; i < v.size(); ++i)
    v[i] = int(i * 7919 % 1000);
  statistics s;
  const long sum = s.sum(v);
  std::printf("%ld %ld\n", sum, s.most);
  statistics many[2];
  statistics &other = many[1];
#pragma weave parallel_for staged reduction(+ : other.total.first) reduction(min : s.most)
  {
    long mine = 0;
    for (int x : v)
      mine += x * other.weight;
    other.total.first += mine;
    if (mine < s.most)
      s.most = mine;
  }
  std::printf("%ld\n", other.total.first);
  summed<long> longs;
  longs.add(std::vector<long>(3000, 5));
  summed<std::string> strings;
  strings.add(std::vector<std::string>(40, "ab"));
  std::printf("%ld %s\n", longs.total, strings.total.c_str());
  std::vector<int> even;
#pragma weave parallel_for reduction(+ : even)
  for (int x : v)
    if (x % 2 == 0)
      even.push_back(x);
  unsigned hash = 0;
  for (int x : even)
    hash = hash * 31 + unsigned(x);
  std::printf("%zu %u\n", even.size(), hash);
  list letters;
#pragma weave parallel_for reduction(joined : letters)
  for (int i = 0; i < 2000; ++i)
    *letters.text += char('a' + i % 26);
  hash = 0;
  for (char c : *letters.text)
    hash = hash * 31 + unsigned(c);
  std::printf("%zu %u\n", letters.text->size(), hash);
}
