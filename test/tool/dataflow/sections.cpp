// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Sections of arrays in depends_on: what is in front of the subscripts, and a call for each of them.
// RUN: %transform | %FileCheck %s

#include <vector>
void work(int *);
int get(int);
struct block {
  int *p;
  double rows[4][5];
};

void sections(int n, int *p, double (*m)[8], std::vector<int> &v, block &b, int **pp) {
  double a[6][7];
  // CHECK: .spawn_after({::weave::detail::inout(::weave::detail::part_of(p, "p[2:n - 1]")(2, n - 1))}, [p] {
#pragma weave spawn depends_on(inout: p[2:n - 1])
  work(p);
  // CHECK: in(::weave::detail::part_of(a, "a[1:n][0:3]")(1, n)(0, 3)), ::weave::detail::in(::weave::detail::part_of(a[n], "a[n][1:2]")(1, 2)), ::weave::detail::in(::weave::detail::part_of(a, "a[1:2][n]")(1, 2)(n, 1))
#pragma weave spawn depends_on(in: a[1:n][0:3], a[n][1:2], a[1:2][n])
  work(p);
  // CHECK: out(::weave::detail::part_of(m, "m[0:n:2][2:4]")(0, n, 2)(2, 4))
#pragma weave spawn depends_on(out: m[0:n:2][2:4])
  work(p);
  // A colon of a conditional is none of the section's.
  // CHECK: in(::weave::detail::part_of(v, "v[n ? 1 : 2:get(n)]")(n ? 1 : 2, get(n)))
#pragma weave spawn depends_on(in: v[n ? 1 : 2:get(n)])
  work(p);
  // Up to the end of an array; from its beginning.
  // CHECK: in(::weave::detail::part_of(b.rows, "b.rows[:][:2]").rest(0)(0, 2)), ::weave::detail::in(::weave::detail::part_of(a, "a[2:]").rest(2))
#pragma weave spawn depends_on(in: b.rows[:][:2], a[2:])
  work(p);
  // CHECK: commutative(::weave::detail::part_of(b.p, "b.p[0:n]")(0, n)), ::weave::detail::concurrent(::weave::detail::part_of((*m), "(*m)[0:2]")(0, 2))
#pragma weave spawn depends_on(commutative: b.p[0:n]; concurrent: (*m)[0:2])
  work(p);
  // CHECK: in(::weave::detail::part_of(pp[n], "pp[n][\"\\\"\"[0]:2]")("\""[0], 2))
#pragma weave spawn depends_on(in: pp[n]["\""[0]:2])
  work(p);
#pragma weave sync
}

template <class T> void dependent(T &values, int n) {
  // CHECK: inout(::weave::detail::part_of(values, "values[n:2]")(n, 2))
#pragma weave spawn depends_on(inout: values[n:2])
  work(&values[n]);
}
template void dependent(std::vector<int> &, int);
