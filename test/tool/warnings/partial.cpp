// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A body that reads what some iterations have contributed to a reduction, as if it were all of it.
// RUN: %verify
#include <algorithm>
#include <cstdio>
#include <vector>

int cost(int);
bool worse(int, int);
void merge(int &into, int value);
void raise(int *most, int value);
int larger(int, int);

void read(int n, int *out, std::vector<int> &v) {
  int sum = 0, count = 0, most = 0, total = 0, first = 0;
#pragma weave parallel_for reduction(+: sum) // expected-note {{the directive is here}}
  for (int i = 0; i < n; ++i) {
    sum += out[i];
    out[i] = sum; // expected-warning {{'sum' is read here for something else than the reduction, and holds only what some of the iterations have contributed [-Wweave-partial]}}
  }
#pragma weave parallel_for reduction(+: count) // expected-note {{the directive is here}}
  for (int i = 0; i < n; ++i)
    if (cost(i))
      out[count++] = i; // expected-warning {{'count' is read here}}
#pragma weave parallel_for reduction(max: most) // expected-note {{the directive is here}}
  for (int i = 0; i < n; ++i) {
    most = std::max(most, cost(i));
    std::printf("%d\n", most); // expected-warning {{'most' is read here}}
  }
#pragma weave parallel_for reduction(+: total) // expected-note {{the directive is here}}
  for (int i = 0; i < n; ++i)
    out[i] = (total += cost(i)); // expected-warning {{'total' is read here}}
#pragma weave parallel_for reduction(+: first) // expected-note {{the directive is here}}
  for (int i = 0; i < n; ++i) {
    first += i;
    // expected-note@-3 {{the directive is here}}
    // expected-warning@+1 {{iterations of this parallel loop that run at the same time all write 'v'}}
    v.push_back(first); // expected-warning {{'first' is read here}}
  }
}

struct tally {
  long sum = 0;
  void add(int n, long *out) {
#pragma weave parallel_for reduction(+: sum) // expected-note {{the directive is here}}
    for (int i = 0; i < n; ++i)
      out[i] = sum += i; // expected-warning {{'sum' is read here}}
  }
};

// What ends up in the reduction again, or only decides.
void silent(int n, const int *a) {
  int sum = 0, best = 1000, count = 0;
  bool all = true;
#pragma weave parallel_for reduction(+: sum, count) reduction(min: best) reduction(&&: all)
  for (int i = 0; i < n; ++i) {
    sum = sum + a[i];
    sum = larger(sum, a[i]);
    ++count, count++;
    const int c = cost(i);
    if (c >= best)
      continue;
    if (c < best)
      best = c;
    best = worse(best, c) ? c : best;
    best = std::min(best, c);
    if (worse(best, c))
      merge(best, c);
    merge(sum, sum);
    raise(&sum, sum + 1);
    all = all && a[i];
    int before = sum;
    before += sum;
    sum = before;
    std::vector<int> own;
    own.push_back(sum);
    sum += int(sizeof(sum)) + own[0];
  }
}

template <class T> T templated(const T *a, T *out, int n) {
  T sum{};
  int count = 0;
#pragma weave parallel_for reduction(+: sum, count) // expected-note {{the directive is here}}
  for (int i = 0; i < n; ++i) {
    sum = sum + a[i];
    out[count++] = a[i]; // expected-warning {{'count' is read here}}
  }
  return sum;
}
template long templated(const long *, long *, int);
