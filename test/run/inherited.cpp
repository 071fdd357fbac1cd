// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A const member function of a base, and what takes a base by const reference, only read: such a variable is copied, and
// such an iterator drives a loop.
// RUN: %same_everywhere
// RUN: %same_everywhere -D_GLIBCXX_DEBUG
// RUN: %any_schedule

#include <cstddef>
#include <cstdio>
#include <iterator>
#include <vector>

static int work(int n) {
  volatile int s = 0;
  for (int i = 0; i < n; ++i)
    s = s + 1;
  return 0;
}

struct base {
  int v;
  int get() const { return v; }
};
struct middle : base {};
struct derived : middle {};
static int read(const base &b) { return b.v; }

static int members() {
  derived d{{{1}}};
  int r = 0, s = 0, t = 0;
#pragma weave spawn
  r = work(20000) + d.get();
#pragma weave spawn
  s = work(20000) + read(d);
#pragma weave spawn
  t = work(20000) + static_cast<const base &>(d).v;
  d.v = 5;
#pragma weave sync
  return r * 100 + s * 10 + t;
}

/// What an iterator of a facade has of its base.
template <class Derived> struct facade {
  int *at;
  int &operator*() const { return *at; }
  Derived &operator++() {
    ++at;
    return static_cast<Derived &>(*this);
  }
  Derived &operator+=(std::ptrdiff_t n) {
    at += n;
    return static_cast<Derived &>(*this);
  }
  friend Derived operator+(const facade &i, std::ptrdiff_t n) { return Derived{{i.at + n}}; }
  friend std::ptrdiff_t operator-(const facade &a, const facade &b) { return a.at - b.at; }
  friend bool operator!=(const facade &a, const facade &b) { return a.at != b.at; }
  friend bool operator==(const facade &a, const facade &b) { return a.at == b.at; }
  friend bool operator<(const facade &a, const facade &b) { return a.at < b.at; }
};
struct cursor : facade<cursor> {
  using iterator_category = std::random_access_iterator_tag;
  using value_type = int;
  using difference_type = std::ptrdiff_t;
  using pointer = int *;
  using reference = int &;
};

int main() {
  std::printf("%d\n", members());
  std::vector<int> v{10, 20, 30};
  const cursor first{{v.data()}}, last{{v.data() + 3}};
  long s = 0, t = 0;
#pragma weave parallel_for reduction(+ : s)
  for (auto it = v.begin(); it != v.end(); ++it)
    s += *it;
#pragma weave parallel_for reduction(+ : t)
  for (cursor c = first; c != last; ++c)
    t += *c;
  std::printf("%ld %ld\n", s, t);
}
