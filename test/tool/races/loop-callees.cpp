// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Iterations of a parallel loop whose functions change the same object: seen where the body of the function is, else
// suspected by its signature.
// RUN: %verify -std=c++17

int work(int);

struct Statistics {
  long count = 0;
  void add(int x) {
    count += x; // expected-note {{written here}}
  }
  long total() const { return count; }
  void merge(int);
  void set(int index, int value);
};

int calls;
void note() {
  ++calls; // expected-note {{written here}}
}
void raise(long &to, long by) {
  if (by > 0)
    to += by; // expected-note {{written here}}
}
void send(Statistics &to, int what);
void fill(Statistics *to);
void show(const Statistics &of);

void all(const int *v, int n, Statistics &s, Statistics &t, Statistics *p) {
  long sum = 0;
#pragma weave parallel_for // expected-note 6 {{the directive is here}}
  for (int i = 0; i < n; ++i) {
    s.add(v[i]); // expected-warning {{all write 's.count'}}
    note(); // expected-warning {{all write 'calls'}}
    raise(sum, v[i]); // expected-warning {{'sum' is written here by some iterations}}
    t.merge(v[i]); // expected-warning {{'t' may be changed by 'merge', which iterations of this parallel loop call at the same time [-Wweave-race-maybe]}}
    send(t, v[i]); // expected-warning {{'t' may be changed by 'send'}}
    fill(&t); // expected-warning {{'t' may be changed by 'fill'}}
  }
  work(sum);
}

// Parts of their own, and what only reads.
void apart(const int *v, int n, Statistics &s, Statistics (&many)[10]) {
#pragma weave parallel_for
  for (int i = 0; i < n; ++i) {
    s.set(i, v[i]);
    show(s);
    Statistics own;
    own.merge(v[i]);
    send(own, v[i]);
    many[i].merge(i);
    many[i].add(int(s.total()));
    if (i == 0)
      s.merge(n);
  }
}
