// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Two tasks write the same variable, element or member.
// RUN: %verify
#include <vector>

long work(long);

void variable() {
  long x;
#pragma weave spawn
  x = work(1); // expected-note {{written here}}
#pragma weave spawn // expected-note {{the task is spawned here}}
  x = work(2); // expected-warning {{this task writes 'x', and an earlier task that writes it may still be running}}
#pragma weave sync
}

void element(std::vector<long> v) {
#pragma weave spawn
  v[0] = work(1); // expected-note {{written here}}
#pragma weave spawn
  v[1] = work(2);
#pragma weave spawn // expected-note {{the task is spawned here}}
  v[0] = work(3); // expected-warning {{this task writes 'v[0]'}}
#pragma weave sync
}

// One of them says what it depends on, the other does not: nothing orders them.
void half_ordered() {
  long x;
#pragma weave spawn depends_on(out: x)
  x = work(1); // expected-note {{written here}}
#pragma weave spawn // expected-note {{the task is spawned here}}
  x = work(2); // expected-warning {{this task writes 'x'}}
#pragma weave sync
}

class counter {
  long count = 0, other = 0;

public:
  void run() {
#pragma weave spawn
    count += work(1); // expected-note {{written here}}
#pragma weave spawn
    other += work(1); // expected-note {{written here}}
#pragma weave spawn // expected-note 2 {{the task is spawned here}}
    count = other; // expected-warning {{this task writes 'count'}} expected-warning {{this task reads 'other'}}
#pragma weave sync
  }
};
