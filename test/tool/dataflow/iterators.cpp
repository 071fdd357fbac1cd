// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// depends_on(iterator(j = first:last), ...): a set of operands, with a loop around those that name an iterator.
// RUN: %transform | %FileCheck %s

void work(int *);

void iterators(int n, int *a, const int *next, int **rows, int b) {
  // CHECK: .spawn_after(::weave::detail::operand_set([&](auto &weave_operands) { for (const auto weave_j : ::weave::detail::counting(0, n)) { WEAVE_HIDING({{\[\[}}maybe_unused]] const auto j = weave_j;) weave_operands.add(::weave::detail::in(a[next[j]])); } weave_operands.add(::weave::detail::out(b)); }), [a] {
#pragma weave spawn depends_on(iterator(j = 0:n), in: a[next[j]]; out: b)
  work(a);
  // CHECK: for (const auto weave_i : ::weave::detail::counting<long>(n, 0, -1)) { WEAVE_HIDING({{\[\[}}maybe_unused]] const auto i = weave_i;) for (const auto weave_k : ::weave::detail::counting<unsigned long>(0, i)) { WEAVE_HIDING({{\[\[}}maybe_unused]] const auto k = weave_k;) weave_operands.add(::weave::detail::inout(::weave::detail::part_of(rows[i], "rows[i][k:i]")(k, i))); } } weave_operands.add(::weave::detail::in(b)); }), [a] {
#pragma weave spawn depends_on(iterator(long i = n:0:-1, unsigned long k = 0:i), inout: rows[i][k:i]) depends_on(in: b)
  work(a);
#pragma weave sync
}

template <class T> void dependent(T *values, T n) {
  // CHECK: for (const auto weave_j : ::weave::detail::counting<T>(0, n)) {
#pragma weave spawn depends_on(iterator(T j = 0:n), inout: values[j])
  work(values);
}
template void dependent(int *, int);
