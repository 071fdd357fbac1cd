// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A task that changes what it reads under another name, or lets its address out, works on the variable and not on a copy.
// RUN: %same_everywhere
// RUN: %any_schedule

#include <algorithm>
#include <array>
#include <cstdio>
#include <functional>
#include <iterator>
#include <string_view>
#include <utility>
#include <vector>

struct key { char text[16]; std::string_view view() const { return text; } const char *c_str() const { return text; } };
struct holder { int *p; void set(int v) const { *p = v; } };
static int *global;
static void bump() { ++*global; }
static void through_global(int n) {
  int x = 0;
  global = &n;
#pragma weave spawn
  { bump(); x = n; }
#pragma weave sync
  std::printf("global %d\n", x);
}
static void member_pointer(int n) {
  int x = 0;
  const holder h{&n};
#pragma weave spawn
  { h.set(9); x = n; }
#pragma weave sync
  std::printf("holder %d\n", x);
}
static void earlier_task(int n) {
  int x = 0, *p = &n;
#pragma weave spawn depends_on(out: *p)
  *p = 4;
#pragma weave spawn depends_on(in: *p; out: x)
  x = n;
#pragma weave sync
  std::printf("earlier %d\n", x);
}
static void vector_of_pointers(int n) {
  int x = 0;
  std::vector<int *> all{&n};
#pragma weave spawn
  { for (int *p : all) *p += 3; x = n; }
#pragma weave sync
  std::printf("pointers %d\n", x);
}
static void swap_views(int n) {
  int x = 0, m = 5;
  auto refs = std::tie(n, m);
#pragma weave spawn
  { std::get<0>(refs) = 12; x = n; }
#pragma weave sync
  std::printf("tie %d\n", x);
}
static const int &larger(const int &a, const int &b) {
  const int *best;
#pragma weave spawn
  best = &std::max(a, b);
#pragma weave sync
  return *best;
}
static void same_object(const int &a, const int &b) {
  bool same;
#pragma weave spawn
  same = &a == &b;
#pragma weave sync
  std::printf("same %d\n", same);
}
static void kept_lambda(int n) {
  std::function<int()> f;
#pragma weave spawn
  f = [&n] { return n; };
#pragma weave sync
  std::printf("kept %d\n", f());
}
static void kept_reference(int n) {
  std::vector<std::reference_wrapper<const int>> refs;
#pragma weave spawn
  refs.push_back(std::cref(n));
#pragma weave sync
  std::printf("cref %d\n", refs[0].get());
}
static void declared() {
  key k{{'d', 'e', 0}};
#pragma weave spawn
  const auto v = k.view();
#pragma weave sync
  std::printf("declared %.*s\n", int(v.size()), v.data());
}
static void in_loop() {
  const std::array<int, 8> a{3, 9, 4, 1, 7, 8, 2, 6};
  const int *at[8];
#pragma weave parallel_for
  for (int i = 0; i < 8; ++i)
    at[i] = &a[i];
  int sum = 0;
  for (const int *p : at)
    sum += *p;
  std::printf("loop %d %d\n", sum, at[0] == a.data());
}
static void in_region(int n) {
  const int *best;
  const int c = n + 1;
  {
    int y = 0;
#pragma weave spawn
    y = n;
    best = &std::max(n, c);
#pragma weave sync
    std::printf("%d ", y);
  }
  int other[100];
  for (int i = 0; i < 100; ++i) other[i] = i;
  std::printf("region %d %d\n", *best, best == &c && other[5] == 5);
}
static void operands() {
  key k{{'x', 'y', 0}};
  const char *s = nullptr;
  int y = 0;
#pragma weave spawn depends_on(out: s)
  s = k.c_str();
#pragma weave spawn depends_on(in: s; out: y)
  y = s[1];
#pragma weave sync
  std::printf("operands %d %s\n", y, s);
}
template <class T> static void dependent(T n) {
  T x{}, *p = &n;
  int m = 2, *q = &m, y = 0;
  const int c = m;
  const int *r;
#pragma weave spawn
  { *p = 8; x = n; *q = 6; y = m; r = &c; }
#pragma weave sync
  std::printf("dependent %d %d %d\n", int(x), y, *r);
}
struct two {
  int a, b;
};
static void one_object(const two &in, two &out) {
#pragma weave spawn
  {
    out.a += 10;
    out.b = in.a;
  }
#pragma weave sync
  std::printf("one object %d %d\n", out.a, out.b);
}

static void elements(const int &n, std::vector<int> &v) {
  int x = 0;
#pragma weave spawn
  {
    v[0] = 5;
    x = n;
  }
#pragma weave sync
  std::printf("element %d\n", x);
}

static void by_lambda(int n) {
  int x = 0;
  auto increment = [&n] { ++n; };
  std::function<void()> set = [&n] { n *= 7; };
#pragma weave spawn
  {
    increment();
    set();
    x = n;
  }
#pragma weave sync
  std::printf("lambda %d\n", x);
}

static void by_pointer(int n) {
  int x = 0, *p = &n;
#pragma weave spawn
  {
    *p = 5;
    x = n;
  }
#pragma weave sync
  std::printf("pointer %d\n", x);
}

static void extremes() {
  const std::array<int, 4> a{3, 9, 4, 1};
  const int *best, *small;
#pragma weave spawn
  best = std::max_element(a.begin(), a.end());
#pragma weave spawn
  small = std::min_element(a.cbegin(), a.cend());
#pragma weave sync
  std::printf("extremes %d %d\n", int(best - a.begin()), int(small - a.begin()));
}

int main() {
  through_global(1);
  member_pointer(1);
  earlier_task(1);
  vector_of_pointers(1);
  swap_views(1);
  std::printf("larger %d\n", larger(4, 7));
  const int one = 1;
  same_object(one, one);
  kept_lambda(6);
  kept_reference(7);
  declared();
  in_loop();
  in_region(3);
  operands();
  dependent(1);
  dependent(1L);
  two same{1, 2};
  one_object(same, same);
  std::vector<int> v{1, 2, 3};
  elements(v[0], v);
  by_lambda(1);
  by_pointer(1);
  extremes();
}
