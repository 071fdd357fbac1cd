// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A task that copies much is slow to create.
// RUN: %verify

struct line {
  double values[8];
};
void work(const line &);

void many(line a, line b, line c, line d, line e, line f, line g, line h, line i, line j, line k, line l, line m, line n,
          line o, line p, line q) {
#pragma weave spawn // expected-warning {{the task copies 1088 bytes when it is created; 'a' alone is 64 bytes [-Wweave-large-capture]}}
  {
    line all[] = {a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q};
    work(all[0]);
  }
#pragma weave spawn
  {
    line few[] = {a, b};
    work(few[0]);
  }
}
