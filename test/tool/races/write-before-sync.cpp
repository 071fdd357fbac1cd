// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a task reads or writes through a reference is written while the task may be running.
// RUN: %verify
#include <string>
#include <vector>

long work(long);

void container(std::vector<long> v) {
  long size;
#pragma weave spawn // expected-note {{the task is spawned here}}
  size = v.size();
  v.push_back(1); // expected-warning {{'v' is written here while a task that reads it may be running}} expected-note {{insert}}
#pragma weave sync
  work(size);
}

void scalar(long n) {
  long x;
#pragma weave spawn // expected-note {{the task is spawned here}}
  x = work(n);
  n = 5; // the task has a copy
  x = n; // expected-warning {{'x' is written here while a task that writes it may be running}} expected-note {{insert}}
#pragma weave sync
}

struct pair {
  long a[2];
};
void element() {
  pair p;
#pragma weave spawn // expected-note {{the task is spawned here}}
  p.a[1] = work(1);
  p.a[0] = work(2);
  ++p.a[1]; // expected-warning {{'p.a[1]' is written here}} expected-note {{insert}}
#pragma weave sync
}
