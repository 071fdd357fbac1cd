// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A copy that could be told from the variable is none; any other one is. RACES: only its text matters.
// RUN: %transform | %FileCheck %s
void beside(); // what runs while a task does
#include <algorithm>
#include <cstdio>
#include <functional>
#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

int work(int);
struct key {
  char text[16];
  std::string_view view() const { return text; }
};
std::vector<double> many(const int &);
std::string name_of(const key &);

// Who has read a variable keeps no address of it.
void read_from_outside(std::istream &in, std::FILE *f, int *out, int n) {
  while (in >> n) {
    // CHECK: .spawn([n] {
#pragma weave spawn
    work(n);
  }
  while (std::fscanf(f, "%d", &n) == 1) {
    // CHECK: .spawn([out, n] {
#pragma weave spawn
    *out = std::printf("%d", n);
  }
}

// A container has a copy of what it is given, and so has what a function returns, unless it is a view.
void copied(std::vector<int> &v, std::map<int, int> &m, std::vector<double> *lists, std::string *names, int i) {
  const key k{};
  // CHECK: .spawn([&v, i, &m] {
#pragma weave spawn
  {
    v.push_back(i);
    m[i] = std::max(i, 2);
  }
  // CHECK: .spawn([lists, i, names, k] {
#pragma weave spawn
  {
    lists[i] = many(i);
    names[i] = name_of(k);
  } beside();
}

void views(std::vector<std::string_view> &list, const int &n) {
  const key k{};
  std::string_view v;
  // CHECK: .spawn([&v, &k] {
#pragma weave spawn
  v = k.view();
  // CHECK: .spawn([&list, &k] {
#pragma weave spawn
  list.push_back(k.view());
  const int *p;
  // CHECK: .spawn([&p, &n] {
#pragma weave spawn
  p = &n; beside();
#pragma weave sync
  std::printf("%d", *p);
}

// A lambda that only reads changes nothing.
void lambdas(int n, int m) {
  const auto look = [&n] { return n; };
  const auto change = [&m] { return ++m; };
  int x = 0;
  // CHECK: .spawn([&x, look, n] {
#pragma weave spawn
  x = look() + n;
  // CHECK: .spawn([&x, change, &m] {
#pragma weave spawn
  x = change() + m; beside();
}

// What types forbid does not happen, and what is declared const stays.
void types(double *d, int *i, char *c, const int &n) {
  // CHECK: .spawn([d, n] {
#pragma weave spawn
  d[0] = n;
  // CHECK: .spawn([i, &n] {
#pragma weave spawn
  i[0] = n;
  // CHECK: .spawn([c, &n] {
#pragma weave spawn
  c[0] = char(n);
  const int fixed = work(n);
  const int *p = &fixed;
  // CHECK: .spawn([i, p, fixed] {
#pragma weave spawn
  i[0] = *p + fixed; beside();
}

void loops(double *d, int *i, const int &n) {
  // CHECK: [d, n](auto weave_begin
#pragma weave parallel_for
  for (int k = 0; k < 9; ++k)
    d[k] = n;
  // CHECK: [i, &n](auto weave_begin
#pragma weave parallel_for
  for (int k = 0; k < 9; ++k)
    i[k] = n;
}

void regions() {
  const int c = work(1);
  const int *best;
  {
    int y;
    // CHECK: region([&best, &c](
#pragma weave spawn
    y = work(2);
    best = &c;
#pragma weave sync
    work(y);
  }
  work(*best);
}
