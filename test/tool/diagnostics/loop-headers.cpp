// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A header that the serial loop would find changed, or that has no end.
// RUN: %verify

#include <string>
#include <utility>
#include <vector>
int work(int);
void look(const int &);
template <class T> void forward(T &&);

int limit;
static void shrink() { --limit; }
static void halve(int &n) { n /= 2; }
static void twice() { shrink(); }

struct stack {
  int depth = 0;
  std::vector<int> items;
  int size() const { return depth; }
  void pop() { --depth; }
  int top(int) const { return depth; }
  void members(stack &other) {
#pragma weave parallel_for
    for (int i = 0; i < depth; ++i)
      depth = i; // expected-error {{its body changes 'depth', which its bound reads in every iteration; let it read a copy that is made in front of the loop}}
#pragma weave parallel_for
    for (int i = 0; i < size(); ++i)
      pop(); // expected-error {{its body changes 'depth', which its bound reads}}
#pragma weave parallel_for
    for (int i = 0; i < other.size(); ++i)
      other.pop(); // expected-error {{its body changes 'other.depth', which its bound reads}}
#pragma weave parallel_for
    for (int i = 0; i < size(); ++i)
      other.items[0] = top(i);
  }
};

void bodies(int n, std::vector<int> &v, std::string text, stack s) {
  int &alias = n, stride = 1, last = n;
#pragma weave parallel_for
  for (int i = 0; i < n; i++)
    if (i == 3)
      n = 5; // expected-error {{its body changes 'n', which its bound reads}}
#pragma weave parallel_for
  for (int i = 0; i < n; i++)
    ++alias; // expected-error {{its body changes 'n', which its bound reads}}
#pragma weave parallel_for
  for (int i = 0; i < n; i++) {
    int &mine = alias;
    mine = 2; // expected-error {{its body changes 'n', which its bound reads}}
  }
  int &itself = itself;
#pragma weave parallel_for
  for (int i = 0; i < itself; i++)
    itself = 2; // expected-error {{its body changes 'itself', which its bound reads}}
#pragma weave parallel_for
  for (int i = 0; i < 100; i += stride)
    stride = 2; // expected-error {{its body changes 'stride', which its increment reads}}
#pragma weave parallel_for
  for (std::size_t i = 0; i < v.size(); ++i)
    v.pop_back(); // expected-error {{its body changes 'v', which its bound reads}}
#pragma weave parallel_for
  for (auto i = v.begin(); i != v.end(); ++i)
    v.push_back(*i); // expected-error {{its body changes 'v', which its bound reads}}
#pragma weave parallel_for
  for (std::size_t i = 0; i < text.size(); ++i)
    text += 'x'; // expected-error {{its body changes 'text', which its bound reads}}
#pragma weave parallel_for
  for (int i = 0; i < s.depth; ++i)
    s.pop(); // expected-error {{its body changes 's.depth', which its bound reads}}
#pragma weave parallel_for
  for (int i = 0; i < limit; ++i)
    twice(); // expected-error {{its body changes 'limit', which its bound reads}}
#pragma weave parallel_for
  for (int i = 0; i < n; ++i)
    halve(n); // expected-error {{its body changes 'n', which its bound reads}}
  const auto lower = [&] { --last; };
#pragma weave parallel_for
  for (int i = 0; i < last; ++i)
    lower(); // expected-error {{its body changes 'last', which its bound reads}}
  // expected-error@+1 {{its reduction changes 'last', which its bound reads}}
#pragma weave parallel_for reduction(min: last)
  for (int i = 0; i < last; ++i)
    last = work(i) < last ? work(i) : last;
#pragma weave parallel_for
  for (int i = 0; i < n--; ++i) // expected-error {{its header changes 'n', which its bound reads}}
    ;
#pragma weave parallel_for collapse(2)
  for (int i = 0; i < 10; ++i)
    for (int j = stride; j < n; ++j)
      stride = 0; // expected-error {{its body changes 'stride', which its inner header reads}}
#pragma weave parallel_for staged
  {
    n = work(1); // expected-error {{its prologue changes 'n', which its header reads}}
    for (int i = 0; i < n; ++i)
      work(i);
  }
}

template <class T> void dependent(T n, std::vector<T> v) {
  int m = 3;
#pragma weave parallel_for
  for (T i = 0; i < n; ++i)
    n = v[0]; // expected-error {{its body changes 'n', which its bound reads}}
#pragma weave parallel_for
  for (int i = 0; i < m; ++i)
    m = 2; // expected-error {{its body changes 'm', which its bound reads}}
}

// What only reads it, or has one of its own, changes nothing.
void fine(int n, std::vector<int> &v, std::vector<std::pair<int, int>> &pairs) {
#pragma weave parallel_for
  for (std::size_t i = 0; i < v.size(); ++i) {
    int n = 3;
    n = int(v.size());
    v[i] = n;
  }
#pragma weave parallel_for
  for (int i = 0; i < n; ++i) {
    look(n);
    forward(n);
    pairs[std::size_t(i)] = std::make_pair(n, +i);
    const auto copy = [n]() mutable { n = 2; };
    copy;
  }
}

void increments(int n, unsigned u, double d) {
  int i;
#pragma weave parallel_for
  for (int i = 0; i < n; i += 0.5) // expected-error {{its increment has type 'double', which is no integer}}
    ;
#pragma weave parallel_for
  for (int i = 0; i < n; i = i + d) // expected-error {{its increment has type 'double', which is no integer}}
    ;
#pragma weave parallel_for
  for (int i = 0; i < n; i += 0) // expected-error {{its increment is zero, so that it has no end}}
    ;
#pragma weave parallel_for
  for (int i = 1; i < n; i += i) // expected-error {{its increment depends on 'i', which it changes}}
    ;
#pragma weave parallel_for
  for (int i = 1; i < n - i; ++i) // expected-error {{its condition must compare 'i' with a bound}}
    ;
#pragma weave parallel_for
  for (int i = n; i < n; --i) // expected-error {{'i' moves away from its bound}}
    ;
#pragma weave parallel_for
  for (unsigned i = u; i < u; i -= 2) // expected-error {{'i' moves away from its bound}}
    ;
  // expected-error@+1 {{no clause but 'private' can name 'i', which is the loop's own variable}}
#pragma weave parallel_for firstprivate(i)
  for (i = 0; i < n; ++i)
    ;
#pragma weave parallel_for
  for (::limit = 0; limit < n; ++limit) // expected-error {{its first part must give one variable}}
    ;
#pragma weave parallel_for staged
  {
    for (i = 0; i < n; ++i) // expected-error {{a staged loop must declare 'i' itself, since the block around it uses it, too}}
      ;
    limit = i;
  }
}
