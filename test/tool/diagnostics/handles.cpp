// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Handles that are none, syncs of handles that are not bound, and detached tasks that would borrow.
// RUN: %verify
// RUN: not %weavec --check %s -- -fdiagnostics-parseable-fixits 2>&1 | %FileCheck %s

#include <string>
int work(int);
void print(const std::string &);

void handles(int n) {
  int number = 0;
#pragma weave spawn handle(number) // expected-error {{'handle' needs a variable of type 'weave::handle', and 'number' has type 'int'}}
  work(n);
  const weave::handle fixed;
#pragma weave parallel_for handle(fixed) // expected-error {{'handle' needs a variable of type 'weave::handle', and 'fixed' has type 'const weave::handle'}}
  for (int i = 0; i < n; ++i)
    work(i);
  weave::handle h, other;
#pragma weave sync(h) // expected-error {{no task of this function is bound to 'h' in front of this 'sync'}}
#pragma weave spawn handle(other)
  work(n);
#pragma weave sync(h, other) // expected-error {{no task of this function is bound to 'h' in front of this 'sync'}}
#pragma weave sync
}

void detached(int n, std::string name) {
  int x = 0;
  weave::handle h;
  // CHECK: fix-it:"{{.*}}":{[[#@LINE+2]]:29-[[#@LINE+2]]:29}:" firstprivate(x)"
  // expected-note@+1 {{give the task a 'x' of its own with 'firstprivate(x)'}}
#pragma weave spawn detached
  x = work(n); // expected-error {{a detached task may outlive 'x', which it uses by reference}}
#pragma weave spawn detached // expected-note {{give the task a 'name' of its own with 'firstprivate(name)'}}
  print(name); // expected-error {{a detached task may outlive 'name', which it uses by reference}}
#pragma weave spawn detached shared(name) // expected-note {{the directive is here}}
  print(name); // expected-error {{a detached task may outlive 'name', which it uses by reference}}
#pragma weave spawn detached handle(h) // expected-error {{a detached task may outlive its handle; use 'weave::spawn', whose future can be kept}}
  work(n);
#pragma weave spawn detached depends_on(in: n) // expected-error {{a detached task may outlive what it depends on; leave out 'detached' or 'depends_on'}}
  work(n);
#pragma weave spawn detached // expected-error {{a detached task cannot declare a variable, which may end before it}}
  auto y = work(n);
}
