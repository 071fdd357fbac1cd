// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// How a task captures what it names.
// RUN: %transform | %FileCheck %s
void beside(); // what runs while a task does
#include <array>
#include <atomic>
#include <string>
#include <vector>

int work(int);
int inspect(const int *);
int look(const int &);
void text(const std::string &);
struct plain {
  int a, b;
};
struct large {
  char bytes[65];
};
struct counted {
  counted(const counted &);
  ~counted();
  int value;
};
int inspect(const plain &, const large &, const counted &);
static int global;
enum class color { red };

void scalars(int n, const int &r, int *p, color c, bool &flag) {
  static int persistent;
  thread_local int local_to_thread;
  const int constant = 3;
  const int computed = work(n);
  constexpr int known = 4;
  volatile int seen = 0;
  // CHECK: .fork([&flag, c, n, &r, p, computed, &seen] {
#pragma weave spawn
  {
    flag = c == color::red;
    global = persistent = local_to_thread = n + r + *p + computed + constant + known + seen + int(c);
  } beside();
}

void classes(plain a, large b, counted c, std::string s, std::vector<int> v, std::atomic<int> &counter) {
  // CHECK: .spawn([a, &b, &c] {
#pragma weave spawn
  inspect(a, b, c);
  // CHECK: .spawn([&s, &counter, &v] {
#pragma weave spawn
  {
    text(s);
    counter += v[0];
  }
  // CHECK: .spawn([&a] {
#pragma weave spawn
  a.b = 3; beside();
}

void arrays(int n) {
  int small[4] = {}, big[100] = {};
  std::array<int, 4> standard{};
  const std::array<int, 4> fixed{};
  // CHECK: .spawn([small, n, &big, fixed] {
#pragma weave spawn
  work(small[n] + big[n] + fixed[1]);
  // Handing out a pointer, and a call of a member that is not const, may write.
  // CHECK: .spawn([&small, &standard] {
#pragma weave spawn
  work(inspect(small) + standard[1]);
  // CHECK: .spawn([&small, n, &standard] {
#pragma weave spawn
  small[n] = standard[2] = 5; beside();
}

void unevaluated(int n, int m) {
  // CHECK: .fork([m] {
#pragma weave spawn
  work(sizeof(n) + m + sizeof(decltype(n))); beside();
}

struct object {
  int member;
  static int shared;
  void method(int n) {
    // CHECK: .spawn([this, n] {
#pragma weave spawn
    member = n;
    // CHECK: .spawn([n] {
#pragma weave spawn
    shared = n;
    // CHECK: .spawn([this] {
#pragma weave spawn
    [this] { member = 1; }(); beside();
  }
};

void local_names(int n) {
  // CHECK: .spawn([n] {
#pragma weave spawn
  {
    int mine = n;
    struct local {
      int member = 1;
      int get() { return member; }
    };
    auto f = [mine](int parameter) { return parameter + mine + local().get(); };
    for (int i = 0; i < mine; ++i)
      f(i);
  } beside();
}

void functions(int (&f)(int), int (*g)(int)) {
  // CHECK: .fork([&f, g] {
#pragma weave spawn
  f(g(1)); beside();
}

// The copy that a lambda has of a variable may be bound to a reference to const.
void copied_by_lambda(int n) {
  // CHECK: .fork([n] {
#pragma weave spawn
  {
    auto f = [n] { return look(n); };
    f();
  }
  ++n;
}

// RACES: functions without a body may write what several tasks hand them.
