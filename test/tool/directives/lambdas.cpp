// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tasks in lambdas: the body of the lambda is the activation.
// RUN: %transform -std=c++20 | %FileCheck %s
void beside(); // what runs while a task does
#include <memory>
int work(int);

struct object {
  int member;
  auto bind(std::unique_ptr<int> p, int n) {
    return [this, count = n, q = std::move(p)]() mutable {
      // What an outer lambda captures with an initialiser is a local variable like any other.
      // CHECK: ::weave::detail::region([this, &count, &q](auto &weave_frame_14) { auto weave_task_14 = weave_frame_14.fork([this, &count, &q] {
#pragma weave spawn
      member = count += *q; beside();
      // CHECK-NEXT: member = count += *q; }, WEAVE_SITE({{[^;]*}});
      // CHECK-NEXT: }); };
    };
  }
};

template <class... T> void packs(T &...values) {
  // CHECK: .spawn([&] {
#pragma weave spawn
  ((values = work(values)), ...);
  auto generic = [&](auto &own) {
    // CHECK: .spawn([&] {
#pragma weave spawn
    own = (values + ... + 0); beside();
  };
  // A pack that is expanded outside the task is one variable inside.
  // CHECK: .spawn([&values] {
  (
      [&] {
#pragma weave spawn
        values = work(1); beside();
      }(),
      ...);
  int result;
  generic(result);
}
template void packs(int &, long &);
