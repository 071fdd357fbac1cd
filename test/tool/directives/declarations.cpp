// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A spawned declaration: its variable lives where it was declared, and is made by the task. RACES: only its text matters.
// RUN: %transform | %FileCheck %s

#include <memory>
#include <string>
#include <vector>
int work(int);
std::string text(int);
void use(const std::string &);

int regions(int n) {
  // CHECK: return ::weave::detail::region([n](auto &weave_frame_[[#@LINE+1]]) -> int { auto weave_x = ::weave::detail::spawned(weave_frame_[[#@LINE+1]], [n] {
#pragma weave spawn
  int x = work(n);
  // CHECK-NEXT: int x = work(n); return x; }); weave_frame_[[#@LINE-2]].spawn(weave_x.task(), WEAVE_SITE({{[^;]*}}); auto &x = weave_x.get();
  int y = work(n + 1);
#pragma weave sync
  return x + y;
}

void forms(int n, std::unique_ptr<int> p) {
  for (int i = 0; i < 2; ++i)
    n += i;
  {
    // CHECK: auto weave_a = ::weave::detail::spawned(weave_frame_[[#@LINE+1]], [n] {
#pragma weave spawn
    const auto a = text(n);
    // CHECK-NEXT: const auto a = text(n); return a; }); {{.*}}.task(), WEAVE_SITE({{[^;]*}}); const auto &a = weave_a.get();
    // What is not ready yet is read when the task runs.
    // CHECK: auto weave_b = ::weave::detail::spawned({{.*}}, [&a] {
#pragma weave spawn
    std::string b{a + a};
    // CHECK-NEXT: std::string b{a + a}; return b; }); {{.*}}; auto &b = weave_b.get();
    // CHECK: [p = std::move(p)] { WEAVE_HIDING(auto &weave_p = ::weave::detail::own(p);) { WEAVE_HIDING(auto &p = weave_p;)
#pragma weave spawn move(p)
    auto c = std::vector<int>(*p,
                              3);
    // CHECK-NEXT: auto c
    // CHECK-NEXT: 3); return c; } }); {{.*}}.task(), WEAVE_SITE({{[^;]*}}); {{\[\[}}maybe_unused]] auto &c = weave_c.get();
    // CHECK: when(!(n > 1) ? false : true, {{.*}}.spawn(weave_d.task(), WEAVE_SITE({{[^;]*}}); auto &d
#pragma weave spawn if (n > 1)
    std::vector<int>::size_type d = work(n);
#pragma weave sync
    use(b + std::to_string(d));
  }
}

void ordered(int n) {
  int x = 0;
#pragma weave spawn depends_on(out : x)
  x = work(n);
  // CHECK: auto weave_y = ::weave::detail::spawned(weave_frame_[[#@LINE-2]], [&x] {
#pragma weave spawn depends_on(in : x)
  int y = work(x);
  // CHECK-NEXT: int y = work(x); return y; }); weave_frame_[[#@LINE-5]].spawn_after({::weave::detail::in(x)}, weave_y.task(), WEAVE_SITE({{[^;]*}}); auto &y
#pragma weave sync
  work(y);
}

void jumps(int n) {
  int i = 0;
again: {
#pragma weave spawn
  int x = work(n);
#pragma weave sync
  if (x < i++)
    goto again;
}
  switch (n) {
  case 1: {
#pragma weave spawn
    int y = work(n);
#pragma weave sync
    work(y);
    break;
  }
  default:
    break;
  }
}

template <class T> T dependent(const T &a, int n) {
  // CHECK: [&a, n] {
#pragma weave spawn firstprivate(n)
  const T x = a + static_cast<T>(n);
  // CHECK-NEXT: return x; } }); {{.*}} const auto &x = weave_x.get();
  if constexpr (sizeof(T) == 4) {
#pragma weave spawn
    auto y = a * 2;
#pragma weave sync
    return x + y;
  }
#pragma weave sync
  return x;
}
template int dependent(const int &, int);
template long dependent(const long &, int);
