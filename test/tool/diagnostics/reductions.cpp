// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A type without the operator: one message, at the variable in the clause.
// RUN: %verify

#include <vector>
struct sum2 {
  int x = 0, y = 0;
};
int function(int);

struct holder {
  sum2 member;
  void reduce() {
    // expected-error@+1 {{'sum2' has no operator*; name a function: reduction(f: member)}}
#pragma weave parallel_for reduction(*: member)
    for (int i = 0; i < 10; ++i)
      member.x += i;
  }
};

void reductions(std::vector<long> v) {
  sum2 p;
  int array[3];
  // expected-error@+1 {{'sum2' has no operator+; name a function: reduction(f: p)}}
#pragma weave parallel_for reduction(+: p)
  for (int i = 0; i < 10; ++i)
    p.x += i;
  // expected-error@+1 {{'std::vector<long>' has no operator+; name a function: reduction(f: v)}}
#pragma weave parallel_for reduction(+: v)
  for (int i = 0; i < 10; ++i)
    v[0] += i;
  // expected-error@+1 {{'sum2' has no operator<; name a function: reduction(f: p)}}
#pragma weave parallel_for reduction(min: p)
  for (int i = 0; i < 10; ++i)
    p.x += i;
  // expected-error@+1 {{'array' cannot be reduced: it is an array; make it a std::array, and name a function: reduction(f: array)}}
#pragma weave parallel_for reduction(+: array)
  for (int i = 0; i < 10; ++i)
    ;
  // expected-error@+1 {{'function' cannot be reduced: it is a function}}
#pragma weave parallel_for reduction(+: function)
  for (int i = 0; i < 10; ++i)
    ;
}

template <class T> void dependent(T x) {
  // expected-error@+1 {{'sum2' has no operator+; name a function: reduction(f: x)}}
#pragma weave parallel_for reduction(+: x)
  for (int i = 0; i < 10; ++i)
    ;
}
template void dependent(long);
template void dependent(sum2); // expected-note {{in instantiation of function template specialization 'dependent<sum2>' requested here}}
