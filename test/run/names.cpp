// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What is spawned is found in a trace under its label, or its function and line, whatever becomes of the directive.
// Not under a sanitizer: the programs are linked by commands that know nothing of it.
// UNSUPPORTED: sanitizer
// RUN: %weave++ -std=c++17 -O2 %s -o %t && env WEAVE_NUM_THREADS=3 WEAVE_TRACE=%t.json %t
// RUN: %python %S/Inputs/trace.py %t.json | %FileCheck %s
// RUN: env WEAVE_CXX=%gxx %weave++ -std=c++17 -O0 %s -o %t && env WEAVE_NUM_THREADS=3 WEAVE_TRACE=%t.json %t
// RUN: %python %S/Inputs/trace.py %t.json | %FileCheck %s
// CHECK-DAG: {{^}}a "label" \ with é in labelled names.cpp:[[#]]
// CHECK-DAG: {{^}}in_a_frame names.cpp:[[#]]
// CHECK-DAG: {{^}}in_a_region names.cpp:[[#]]
// CHECK-DAG: {{^}}(anonymous namespace)::declares names.cpp:[[#]]
// CHECK-DAG: {{^}}graphs::in_a_graph names.cpp:[[#]]
// CHECK-DAG: {{^}}on_its_own names.cpp:[[#]]
// CHECK-DAG: {{^}}in_a_loop names.cpp:[[#]]
// CHECK-DAG: {{^}}staged names.cpp:[[#]]
// CHECK-DAG: {{^}}exactly names.cpp:[[#]]
// CHECK-DAG: {{^}}holder::in_a_template names.cpp:[[#]]
// CHECK-DAG: {{^}}with_a_lambda names.cpp:[[#]]
// CHECK-DAG: {{^}}in_batches names.cpp:[[#]]
// CHECK-DAG: {{^}}task

#include <atomic>
#include <thread>
#include <vector>
#include <weave/weave.h>

// Whether something ran on a thread that is not the program's own; all that is spawned here says so.
static const std::thread::id first = std::this_thread::get_id();
static std::atomic<bool> elsewhere;
static void run() {
  if (std::this_thread::get_id() != first)
    elsewhere = true;
}
template <class F> static void until_stolen(F spawn) {
  for (elsewhere = false; !elsewhere;)
    spawn();
}
// For as long as another needs to take something.
static void linger() {
  for (int i = 0; i < 100 && !elsewhere; ++i)
    std::this_thread::yield();
}

static void in_a_frame(int n) {
  if (n > 0) {
#pragma weave spawn
    run();
  }
  linger();
}
static void labelled(int n) {
  if (n > 0) {
#pragma weave spawn label("a \"label\" \\ with é")
    run();
  }
  linger();
}
static long in_a_region(long n) {
  long x = 0;
#pragma weave spawn
  {
    run();
    x = n;
  }
  linger();
#pragma weave sync
  return x;
}
namespace {
long declares(long n) {
#pragma weave spawn
  const long x = (run(), n);
  linger();
#pragma weave sync
  return x;
}
} // namespace
namespace graphs {
static long in_a_graph() {
  long a = 0;
#pragma weave spawn depends_on(out: a)
  {
    run();
    a = 1;
  }
  linger();
#pragma weave sync
  return a;
}
} // namespace graphs
static void on_its_own() {
#pragma weave spawn detached
  run();
  linger();
}
static void in_a_loop() {
#pragma weave parallel_for
  for (int i = 0; i < 1000; ++i) {
    run();
    linger();
  }
}
static void staged() {
#pragma weave parallel_for staged
  {
    run();
    for (int i = 0; i < 1000; ++i)
      linger();
  }
}
static double exactly() {
  double sum = 0;
#pragma weave parallel_for reduction(+: sum) reproducible
  for (int i = 0; i < 100000; ++i) {
    run();
    sum += 0.1 * i;
    if (i % 100 == 0)
      linger();
  }
  return sum;
}
template <class T> struct holder {
  void in_a_template(T n) {
    if (n > 0) {
#pragma weave spawn
      run();
    }
    linger();
  }
};
static void with_a_lambda() {
  const auto spawn = [](int n) {
    if (n > 0) {
#pragma weave spawn
      run();
    }
    linger();
  };
  spawn(1);
}
static void in_batches() {
  for (int i = 0; i < 1000; ++i) {
#pragma weave spawn
    run();
  }
}

int main() {
  until_stolen([] { in_a_frame(1); });
  until_stolen([] { labelled(1); });
  until_stolen([] { in_a_region(1); });
  until_stolen([] { declares(1); });
  until_stolen([] { graphs::in_a_graph(); });
  until_stolen([] { on_its_own(); });
  until_stolen([] { in_a_loop(); });
  until_stolen([] { staged(); });
  until_stolen([] { exactly(); });
  until_stolen([] { holder<long>().in_a_template(1); });
  until_stolen([] { with_a_lambda(); });
  until_stolen([] { in_batches(); });
  until_stolen([] {
    auto called = weave::spawn(run);
    linger();
    called.get();
  });
  weave::sync_root();
}
