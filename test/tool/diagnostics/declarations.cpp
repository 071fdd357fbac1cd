// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Which declarations cannot be spawned.
// RUN: %verify

#include <string>
#include <utility>
int work(int);
std::pair<int, int> both(int);

void refused(int n) {
#pragma weave spawn // expected-error {{'spawn' can declare one plain variable, not several}}
  int a = work(1), b = work(2);
#pragma weave spawn // expected-error {{'spawn' can declare one plain variable, not a structured binding}}
  auto [c, d] = both(n);
#pragma weave spawn // expected-error {{'spawn' can declare one plain variable, not a reference}}
  const int &e = work(n);
#pragma weave spawn // expected-error {{'spawn' can declare one plain variable, not an array}}
  int f[2] = {work(1), work(2)};
#pragma weave spawn // expected-error {{'spawn' can declare one plain variable, not a static one}}
  static int g = work(n);
#pragma weave spawn // expected-error {{'spawn' can declare one plain variable, not a constexpr one}}
  constexpr int h = 3;
#pragma weave spawn // expected-error {{'spawn' can declare one plain variable, not a volatile one}}
  volatile int i = work(n);
#pragma weave spawn // expected-error {{'spawn' cannot stand before a declaration without initialiser}}
  int j;
#pragma weave spawn // expected-error {{'spawn' cannot stand before a declaration without initialiser}}
  std::string k;
  if (n)
#pragma weave spawn // expected-error {{a spawned declaration needs braces around it}}
    int l = work(n);
  if (n)
#pragma weave spawn if (n > 1) // expected-error {{a spawned declaration needs braces around it}}
    int m = work(n);
}

void type_of_variable(int n) {
#pragma weave spawn
  int x = work(n);
#pragma weave sync
  decltype(x) y = x; // expected-error {{a task makes 'x', so that 'decltype(x)' would be a reference; declare 'x' first, then spawn an assignment}}
  decltype((x)) z = x;
  work(y + z);
}

template <class T> T &pass(T &value) { return value; }
template <class T, class U> int dependent(U &value) {
#pragma weave spawn // expected-error {{'spawn' can declare one plain variable, not a reference}}
  T x = pass(value);
#pragma weave sync
  return x;
}
template int dependent<int>(int &);
template int dependent<int &>(int &);
