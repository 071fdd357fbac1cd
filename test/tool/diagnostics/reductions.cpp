// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A type without the operator, or with one that returns something else, or without a neutral element: one message, at the
// variable in the clause.
// RUN: %verify

#include <limits>
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
#pragma weave parallel_for reduction(+: array)
  for (int i = 0; i < 10; ++i)
    ++array[i % 3];
  sum2 pairs[4];
  // expected-error@+1 {{'sum2' has no operator+; name a function: reduction(f: pairs)}}
#pragma weave parallel_for reduction(+: pairs)
  for (int i = 0; i < 10; ++i)
    ++pairs[0].x;
  // expected-error@+1 {{'sum2' has no operator*; name a function: reduction(f: pairs)}}
#pragma weave parallel_for reduction(*: pairs[1:2])
  for (int i = 0; i < 10; ++i)
    ++pairs[1].x;
  // expected-error@+1 {{'function' cannot be reduced: it is a function}}
#pragma weave parallel_for reduction(+: function)
  for (int i = 0; i < 10; ++i)
    ;
}

struct moved {
  long value = 0;
  moved() = default;
  moved(moved &&) = default;
  moved &operator=(moved &&) = default;
  bool operator<(const moved &other) const { return value < other.value; }
};
void into(moved &left, moved &right);
moved joined(const moved &left, const moved &right);
moved *pointer(int, int);
struct number {
  explicit number(int);
  number operator+(number) const;
  const char *operator*(number) const;
  bool operator<(number) const;
};
template <> struct std::numeric_limits<moved> {
  static constexpr bool is_specialized = true, has_infinity = false;
  static moved max();
};

void results(moved m, number x, int n) {
  // expected-error@+1 {{'m' cannot be assigned what 'into' returns; it takes two values, and returns what they combine to}}
#pragma weave parallel_for reduction(into: m)
  for (int i = 0; i < 10; ++i)
    m.value += i;
#pragma weave parallel_for reduction(joined: m)
  for (int i = 0; i < 10; ++i)
    m.value += i;
  // expected-error@+1 {{'m' cannot be reduced by 'min': it cannot be assigned a value of its type}}
#pragma weave parallel_for reduction(min: m)
  for (int i = 0; i < 10; ++i)
    m.value = i;
  // expected-error@+1 {{'n' cannot be assigned what 'pointer' returns}}
#pragma weave parallel_for reduction(pointer: n)
  for (int i = 0; i < 10; ++i)
    n += i;
  // expected-error@+1 {{'x' cannot be assigned what 'operator*' returns}}
#pragma weave parallel_for reduction(*: x)
  for (int i = 0; i < 10; ++i)
    ;
  // expected-error@+1 {{no neutral element is known for the type of 'x'; name the value that pieces start from: identity(VALUE)}}
#pragma weave parallel_for reduction(+: x)
  for (int i = 0; i < 10; ++i)
    ;
  // expected-error@+1 {{no neutral element is known for the type of 'x'}}
#pragma weave parallel_for reduction(max: x)
  for (int i = 0; i < 10; ++i)
    ;
#pragma weave parallel_for reduction(+: x) identity(0) reduction(max: n)
  for (int i = 0; i < 10; ++i)
    ;
  // expected-error@+1 {{'x' cannot start from '"zero"', which does not convert to its type}}
#pragma weave parallel_for reduction(+: x) identity("zero")
  for (int i = 0; i < 10; ++i)
    ;
}

template <class T> void start(T x) {
  // expected-error@+1 {{no neutral element is known for the type of 'x'}}
#pragma weave parallel_for reduction(+: x)
  for (int i = 0; i < 10; ++i)
    ;
}
template void start(long);
template void start(number); // expected-note {{in instantiation of function template specialization 'start<number>' requested here}}

template <class T> void dependent(T x) {
  // expected-error@+1 {{'sum2' has no operator+; name a function: reduction(f: x)}}
#pragma weave parallel_for reduction(+: x)
  for (int i = 0; i < 10; ++i)
    ;
}
template void dependent(long);
template void dependent(sum2); // expected-note {{in instantiation of function template specialization 'dependent<sum2>' requested here}}
