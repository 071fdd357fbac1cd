// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A range with a statement in front of it, as C++20 has it, where the loop's header moves.
// RUN: %verify -std=c++20

#include <vector>

void loops(int n, std::vector<int> &v) {
#pragma weave parallel_for collapse(2)
  for (int m = n; int &x : v) // expected-error {{a collapsed loop cannot have a statement in front of its range}}
    for (int i = 0; i < n; ++i)
      x += i + m;
#pragma weave parallel_for staged
  {
    int sum = 0;
    for (int m = n; int &x : v) // expected-error {{a staged loop cannot have a statement in front of its range}}
      sum += x + m;
  }
}
