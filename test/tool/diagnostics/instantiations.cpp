// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A template's task copies what only an instantiation shows to be written.
// RUN: %verify
// RUN: not %weavec --check %s -- -fdiagnostics-parseable-fixits 2>&1 | %FileCheck %s

template <class T> void compute(T value, long &result) { result = value; }
template <class T> void scale(T &value) { value *= 2; }
template <class T> struct adder {
  void add(T value, long &result) { result += value; }
};

template <class T> long outputs(T value) {
  long first = 0, second = 0, third = 0;
  // CHECK: fix-it:{{.*}}:{[[#@LINE+1]]:20-[[#@LINE+1]]:20}:" shared(first)"
#pragma weave spawn
  compute(value, first); // expected-error {{the task has its own copy of 'first', which 'compute<int>' may write; name it in 'shared' to pass it by reference}}
#pragma weave spawn
  adder<T>().add(value, second); // expected-error {{the task has its own copy of 'second', which 'add' may write}}
#pragma weave spawn shared(third)
  compute(value, third);
#pragma weave spawn firstprivate(third)
  compute(value, third);
#pragma weave sync
  return first + second + third;
}
template long outputs(int);
template long outputs(char);
