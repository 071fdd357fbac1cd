// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A fix-it that adds a clause puts it in front of the comment at the end of the line, and not into the comment. In a _Pragma there is no
// place for it that an editor could use.
// RUN: not %weavec --check %s -- -fdiagnostics-parseable-fixits 2>&1 | %FileCheck %s --implicit-check-not=fix-it:

void work(int);

void commented(int n) {
  // CHECK: fix-it:{{.*}}:{[[#@LINE+1]]:29-[[#@LINE+1]]:29}:" firstprivate(n)"
#pragma weave spawn detached // and forgotten
  work(++n);
}

void continued(int n) {
  // CHECK: fix-it:{{.*}}:{[[#@LINE+2]]:21-[[#@LINE+2]]:21}:" firstprivate(n)"
#pragma weave spawn /* */ \
            detached /* and forgotten */
  work(++n);
}

void by_operator(int n) {
  // CHECK: error: a detached task may outlive 'n'
  _Pragma("weave spawn detached") work(++n);
}
