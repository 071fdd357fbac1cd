// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The join at the end of a loop's body keeps the iterations from running beside each other.
// RUN: %verify
// RUN: %weavec --check %s 2>&1 | %FileCheck %s
#include <string>

void use(const std::string &);
void fill(std::string &);

void read(int n) {
  for (int i = 0; i < n; ++i) {
    std::string text = "cloth"; // expected-note {{'text' is declared in the body of the loop}}
    // CHECK: #pragma weave spawn
    // CHECK: #pragma weave spawn
    // CHECK-NEXT: ^
    // CHECK-NEXT: firstprivate(text)
    // expected-note@+2 {{give the task a 'text' of its own with 'firstprivate(text)'}}
    // expected-warning@+1 {{each iteration of the loop waits for this task at its end, because the task borrows 'text' [-Wweave-serialised]}}
#pragma weave spawn
    use(text);
  }
}

void written(int n) {
  while (n-- > 0) {
    std::string text; // expected-note {{declared in the body}} expected-note {{declare 'text' in front of the loop, or wait for the task with '#pragma weave sync'}}
#pragma weave spawn // expected-warning {{because the task borrows 'text'}}
    fill(text);
  }
}

// Structured bindings have no name of their own.
struct two {
  std::string first, second;
};
void bound(int n) {
  for (int i = 0; i < n; ++i) {
    // expected-note@+1 {{'left' is declared in the body}}
    auto [left, right] = two{};
    // expected-note@+2 {{give the task a 'left' of its own with 'firstprivate(left)'}}
    // expected-warning@+1 {{because the task borrows 'left'}}
#pragma weave spawn
    use(left);
    use(right);
  }
}

// A sync that the user wrote waits anyway; what is declared outside is not waited for; a copy is not borrowed.
void silent(int n) {
  std::string outside;
  for (int i = 0; i < n; ++i) {
    std::string text;
    int copy = i;
#pragma weave spawn
    fill(text);
    use(outside);
#pragma weave sync
#pragma weave spawn
    {
      use(outside);
      use(std::to_string(copy));
    }
  }
}
