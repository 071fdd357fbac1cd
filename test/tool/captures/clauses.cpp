// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Captures that clauses ask for. RACES: only its text matters.
// RUN: %transform | %FileCheck %s
void beside(); // what runs while a task does
#include <memory>
#include <string>
#include <utility>
#include <vector>
int work(int);
void change(int &);
void text(const std::string &);
void consume(std::unique_ptr<int>);
static int global;

void lists(int n, std::string s, std::vector<int> v, std::unique_ptr<int> p) {
  // CHECK: .spawn([&n] {
#pragma weave spawn shared(n, global)
  work(n + global);
  // CHECK: .spawn([s] {
#pragma weave spawn firstprivate(s)
  text(s);
  // A copy that the task changes is its own, though the closure is const.
  // CHECK: .spawn([v, n] { WEAVE_HIDING(auto &weave_v = ::weave::detail::own(v);) WEAVE_HIDING(auto &weave_n = ::weave::detail::own(n);) { WEAVE_HIDING(auto &v = weave_v;) WEAVE_HIDING(auto &n = weave_n;)
#pragma weave spawn firstprivate(v, n)
  v[0] = ++n;
  // CHECK-NEXT: v[0] = ++n; } }, WEAVE_SITE({{[^;]*}});
  // CHECK: .spawn([p = std::move(p)] { WEAVE_HIDING(auto &weave_p = ::weave::detail::own(p);) { WEAVE_HIDING(auto &p = weave_p;)
#pragma weave spawn move(p)
  consume(std::move(p));
  // CHECK-NEXT: consume(std::move(p)); } }, WEAVE_SITE({{[^;]*}});
}

void globals(int n) {
  // CHECK: .spawn([n, global = global] { WEAVE_HIDING(auto &weave_global = ::weave::detail::own(global);) {
#pragma weave spawn firstprivate(global)
  global += n;
  int scratch = 0;
  // CHECK: (void)scratch, weave_frame_[[#@LINE+1]].spawn([n] { WEAVE_HIDING({{\[\[}}maybe_unused]] std::remove_reference_t<decltype(scratch)> scratch;)
#pragma weave spawn private(scratch)
  change(scratch = n);
}

void conditions(int n, int *p) {
  int x = 0;
  // CHECK: ::weave::detail::when(!(n > 3 && p) ? false : true, weave_frame_[[#@LINE+1]]).spawn([&x, n] {
#pragma weave spawn if (n > 3 && p)
  x = work(n);
  // CHECK: ::weave::detail::when(!(p) ? false : true, weave_frame_[[#@LINE+1]]).spawn([&x] {
#pragma weave spawn if (p) label("second") default(none) shared(x)
  x = work(x);
}

void ordered(int n) {
  int x = 0;
  // CHECK: ::weave::detail::when(!(n) ? false : true, weave_frame_[[#@LINE+1]]).spawn_after({::weave::detail::out(x)}, [&x, n] {
#pragma weave spawn if (n) depends_on(out : x)
  x = work(n);
}

// A list tells what a nested task does, too.
void nested(int n) {
  // CHECK: .fork([&n] {
#pragma weave spawn
  {
#pragma weave spawn shared(n)
    work(n); beside();
  } beside();
}

template <class... T> void packs(T... values) {
  // CHECK: .spawn([values...] {
#pragma weave spawn firstprivate(values...) default(none)
  (work(values), ...);
  // CHECK: .spawn([&] {
#pragma weave spawn shared(values...)
  (change(values), ...); beside();
}
template void packs(int, int);

void bindings(std::pair<int, std::string> pair) {
  auto [number, string] = pair;
  // CHECK: .spawn([string = string, &number = number] { WEAVE_HIDING(auto &weave_string = ::weave::detail::own(string);) { WEAVE_HIDING(auto &string = weave_string;)
#pragma weave spawn shared(number) firstprivate(string)
  string.resize(number);
}

// What is constant need not be listed, also where only an instantiation knows that it is.
template <class T> T constants(T value) {
  constexpr int factor = 3;
  const int offset = sizeof(T);
  T result;
  // CHECK: .spawn([&result, &value, factor, offset] {
#pragma weave spawn default(none) shared(result, value)
  result = value * factor + offset; beside();
#pragma weave sync
  return result;
}
template long constants(long);
