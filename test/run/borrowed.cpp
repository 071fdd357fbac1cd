// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A task is joined before what its copies refer to ends: the captures of a lambda, a reference member, a view.
// RUN: %same_everywhere
// RUN: %any_schedule

#include <cstdio>
#include <functional>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

static long work(int n) {
  volatile long s = 0;
  for (int i = 0; i < n; ++i)
    s = s + i;
  return 0;
}

/// What it held can be told from garbage when it has ended.
struct wiped {
  std::vector<int> v;
  explicit wiped(int n) : v(n) { std::iota(v.begin(), v.end(), 0); }
  ~wiped() {
    for (int &x : v)
      x = -1;
  }
  long sum() const { return std::accumulate(v.begin(), v.end(), work(20000)); }
};

struct view {
  const int *first, *last;
  explicit view(const std::vector<int> &v) : first(v.data()), last(v.data() + v.size()) {}
  long sum() const { return std::accumulate(first, last, work(20000)); }
};

static long lambda() {
  long a = 0;
  {
    wiped local(30);
    auto f = [&] { return local.sum(); };
#pragma weave spawn
    a += f();
  }
#pragma weave sync
  return a;
}

static long lambda_of_a_lambda() {
  long a = 0;
  {
    wiped local(31);
    const auto inner = [&local] { return local.sum(); };
    const auto outer = [inner] { return inner() + 1; };
#pragma weave spawn
    a += outer();
  }
#pragma weave sync
  return a;
}

static long member() {
  long a = 0;
  {
    wiped local(32);
    struct {
      wiped &w;
    } wrap{local};
#pragma weave spawn
    a += wrap.w.sum();
  }
#pragma weave sync
  return a;
}

static long a_view() {
  long a = 0;
  {
    wiped local(33);
    const view all(local.v);
#pragma weave spawn
    a += all.sum();
  }
#pragma weave sync
  return a;
}

static long iterators() {
  long a = 0;
  {
    wiped local(34);
    const auto first = local.v.begin(), last = local.v.end();
#pragma weave spawn
    a += std::accumulate(first, last, work(20000));
  }
#pragma weave sync
  return a;
}

static long in_function_object() {
  long a = 0;
  for (int i = 0; i < 3; ++i) {
    wiped local(35 + i);
    const std::function<long()> f = [&local] { return local.sum(); };
#pragma weave spawn
    a += f();
#pragma weave sync
  }
  return a;
}

static long assigned() {
  long a = 0;
  const wiped *p = nullptr;
  {
    wiped local(36);
    p = &local;
#pragma weave spawn
    a += p->sum();
  }
#pragma weave sync
  return a;
}

template <class T> static long dependent(T n) {
  long a = 0;
  {
    wiped local(n);
    auto f = [&](auto more) { return local.sum() + more; };
#pragma weave spawn
    a += f(n);
  }
#pragma weave sync
  return a;
}

int main() {
  std::printf("%ld %ld %ld %ld %ld\n", lambda(), lambda_of_a_lambda(), member(), a_view(), iterators());
  std::printf("%ld %ld %ld\n", in_function_object(), assigned(), dependent(37));
}
