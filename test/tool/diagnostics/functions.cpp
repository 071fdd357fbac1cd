// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %verify -std=c++20

#include <coroutine>
int work(int);

constexpr int at_compile_time(int n) {
#pragma weave spawn // expected-error {{weave directive in a constexpr function}}
  n = 3;
  return n;
}
consteval int only_at_compile_time(int n) {
#pragma weave sync // expected-error {{weave directive in a consteval function}}
  return n;
}
void in_a_lambda(int n) {
  auto f = [](int m) consteval {
#pragma weave sync // expected-error {{weave directive in a consteval function}}
    return m;
  };
  auto g = [](int m) constexpr {
#pragma weave spawn // expected-error {{weave directive in a constexpr function}}
    m = 3;
    return m;
  };
  auto h = [](int m) { // constexpr unasked
#pragma weave spawn
    m = 3;
    return m;
  };
  work(n + f(3) + g(3) + h(3));
}

struct task {
  struct promise_type {
    task get_return_object();
    std::suspend_never initial_suspend();
    std::suspend_never final_suspend() noexcept;
    void return_void();
    void unhandled_exception();
  };
};
task coroutine(int n) {
#pragma weave spawn // expected-error {{weave directive in a coroutine}}
  n = work(n);
  co_return;
}
template <class T> task template_coroutine(T n) {
#pragma weave spawn // expected-error {{weave directive in a coroutine}}
  n = work(n);
  co_await std::suspend_never();
}
