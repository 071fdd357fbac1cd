// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Loops over pointers, iterators and ranges run over the elements that the serial ones run over, each once.
// RUN: %same_everywhere

#include <array>
#include <cstdio>
#include <deque>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

namespace yarn {
struct skein { // its begin and end are found by its namespace
  std::vector<long> threads;
};
inline long *begin(skein &s) { return s.threads.data(); }
inline long *end(skein &s) { return s.threads.data() + s.threads.size(); }
} // namespace yarn

class spool { // with members, and a sentinel
public:
  explicit spool(std::size_t n) : length_(n) {}
  struct end_of_spool {
    const long *at;
  };
  struct iterator {
    const long *at = nullptr;
    const long &operator*() const { return *at; }
    iterator &operator++() { return ++at, *this; }
    iterator &operator+=(std::ptrdiff_t n) { return at += n, *this; }
    friend std::ptrdiff_t operator-(iterator a, iterator b) { return a.at - b.at; }
    friend std::ptrdiff_t operator-(end_of_spool a, iterator b) { return a.at - b.at; }
    friend bool operator!=(iterator a, iterator b) { return a.at != b.at; }
    friend bool operator!=(iterator a, end_of_spool b) { return a.at != b.at; }
  };
  iterator begin() const { return {values_.data()}; }
  end_of_spool end() const { return {values_.data() + length_}; }

private:
  std::size_t length_;
  std::array<long, 100> values_ = {1, 2, 3, 4, 5};
};

template <class Range> static long total(Range &&range) {
  long sum = 0;
  for (const auto &x : range)
    sum = sum * 31 % 1000003 + long(x);
  return sum;
}

template <class Range> static void twice(Range &range) {
#pragma weave parallel_for
  for (auto &x : range)
    x *= 2;
  std::printf("%ld\n", total(range));
}

static std::vector<std::string> words(int n) {
  std::vector<std::string> made;
  for (int i = 0; i < n; ++i)
    made.push_back(std::to_string(i));
  return made;
}

int main() {
  std::vector<long> v(5000);
  std::iota(v.begin(), v.end(), 1);
#pragma weave parallel_for
  for (long *p = v.data(); p != v.data() + v.size(); ++p)
    *p += 3;
  std::printf("%ld\n", total(v));
#pragma weave parallel_for
  for (auto it = v.begin(); it < v.end(); it += 7)
    *it = -*it;
#pragma weave parallel_for
  for (std::vector<long>::reverse_iterator it = v.rbegin(); it != v.rend(); ++it)
    *it ^= 5;
#pragma weave parallel_for
  for (auto it{v.end() - 1}; it >= v.begin() + 10; it -= 3)
    *it += 1;
  std::printf("%ld\n", total(v));

  twice(v);
  std::array<int, 300> a{};
  std::iota(a.begin(), a.end(), 0);
  twice(a);
  int table[50] = {1, 2, 3};
  twice(table);
  std::deque<long> d(v.begin(), v.begin() + 1000);
  twice(d);
  yarn::skein skein{v};
  twice(skein);

  long sum = 0, lengths = 0;
#pragma weave parallel_for reduction(+ : sum)
  for (long x : spool(70))
    sum += x;
#pragma weave parallel_for reduction(+ : lengths)
  for (auto &&word : words(1234))
    lengths += long(word.size());
#pragma weave parallel_for reduction(+ : sum)
  for (const int x : {1, 20, 300})
    sum += x;
  std::vector<std::pair<int, double>> pairs(700, {1, 0.5});
#pragma weave parallel_for
  for (auto &[whole, half] : pairs) {
    if (whole == 2)
      continue;
    whole += 2;
    half *= whole;
  }
  double halves = 0;
#pragma weave parallel_for reduction(+ : halves) collapse(2)
  for (const auto &[whole, half] : pairs)
    for (int scale : table)
      halves += half * scale + whole;
  std::vector<int> none;
#pragma weave parallel_for
  for (int &x : none)
    x = 3;
  std::printf("%ld %ld %.1f\n", sum, lengths, halves);
  std::vector<std::vector<long>> rows(20, v);
#pragma weave parallel_for
  for (auto &row : rows) {
#pragma weave parallel_for
    for (auto &x : row)
      x += long(&row - rows.data());
  }
  std::printf("%ld %ld\n", total(rows[0]), total(rows[19]));
}
