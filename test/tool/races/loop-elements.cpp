// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Iterations of a parallel loop that meet at an element: of a neighbour, or one that does not depend on the iteration.
// RUN: %verify -std=c++17
#include <array>
#include <vector>

int work(int);
constexpr int N = 100;

void neighbours(std::vector<int> &v, int *p, double (&grid)[N][N], int n) {
#pragma weave parallel_for // expected-note 3 {{the directive is here}}
  for (int i = 1; i < n; ++i) {
    v[i] = v[i - 1] + 1; // expected-warning {{'v[i]' is written here while another iteration of this parallel loop reads it as 'v[i - 1]' [-Wweave-race]}} expected-note {{read here}}
    p[2 * i] = p[2 * i + 2]; // expected-warning {{'p[2 * i]' is written here}} expected-note {{read here}}
    for (int j = 0; j < n; ++j)
      grid[i][j] = grid[i - 1][j] / 2; // expected-warning {{reads it as 'grid[i - 1][j]'}} expected-note {{read here}}
  }
}

// Rows of a matrix that is stored in one array.
void rows(std::vector<double> &a, int rows, int columns) {
#pragma weave parallel_for // expected-note {{the directive is here}}
  for (int i = 1; i < rows; ++i)
    for (int j = 0; j < columns; ++j)
      a[i * columns + j] += a[(i - 1) * columns + j]; // expected-warning {{reads it as 'a[(i - 1) * columns + j]'}} expected-note {{read here}}
}

void same(const std::vector<std::vector<double>> &a, const std::vector<double> &x, std::vector<double> &y, double *z,
          int slot) {
#pragma weave parallel_for // expected-note 2 {{the directive is here}}
  for (std::size_t i = 0; i < x.size(); ++i) {
    for (std::size_t j = 0; j < x.size(); ++j)
      y[j] += a[i][j] * x[i]; // expected-warning {{'y[j]' is written here while another iteration of this parallel loop writes it as 'y[j]'}}
    z[slot] = x[i]; // expected-warning {{'z[slot]' is written here}}
  }
}

void guarded(std::vector<int> &v, int n) {
#pragma weave parallel_for // expected-note {{the directive is here}}
  for (int i = 0; i < n; ++i)
    if (i > 0)
      v[i] = v[i - 1]; // expected-warning {{'v[i]' may be written here while another iteration of this parallel loop reads it as 'v[i - 1]' [-Wweave-race-maybe]}} expected-note {{read here}}
}

// The index does not determine the iteration.
void histograms(const std::vector<int> &v, std::vector<int> &bins, int *pairs) {
#pragma weave parallel_for // expected-note 3 {{the directive is here}}
  for (int i = 0; i < int(v.size()); ++i) {
    bins[v[i] & 7]++; // expected-warning {{'bins[v[i] & 7]' may be the same element in two iterations of this parallel loop, which both write it [-Wweave-race-maybe]}}
    const int bin = v[i];
    bins[bin] += 1; // expected-warning {{'bins[bin]' may be the same element}}
    pairs[i / 2] = v[i]; // expected-warning {{'pairs[i / 2]' may be the same element}}
  }
#pragma weave parallel_for // expected-note {{the directive is here}}
  for (int value : v)
    bins[value]++; // expected-warning {{'bins[value]' may be the same element}}
}

int letters(const char *text, int n) {
  int count[256] = {};
#pragma weave parallel_for // expected-note {{combine what the iterations contribute with 'reduction(+: count)'}}
  for (int i = 0; i < n; ++i)
    ++count[text[i] & 255]; // expected-warning {{'count[text[i] & 255]' may be the same element}}
  return count['e'];
}

// Elements of their own.
void apart(std::vector<int> &v, const std::vector<int> &w, std::vector<int> &sums, int *p, double (&grid)[N][N], const std::vector<int> &order,
           std::array<int, N> &all, int n, int width) {
#pragma weave parallel_for
  for (int i = 1; i < n; ++i) {
    v[i] = w[i - 1] + w[i + 1] + v[i];
    p[2 * i] = p[2 * i + 1] + p[2 * i - 1];
    for (int j = 1; j < n; ++j) {
      grid[i][j] = grid[i][j - 1];
      sums[i] += work(j);
    }
    const int at = i + 3;
    all[at] = all[i + 3] + 1;
    all[order[i]] = i;
  }
#pragma weave parallel_for
  for (int i = 0; i < n; i += 2)
    v[i] = v[i + 1];
#pragma weave parallel_for
  for (int k = 0; k < n * width; ++k)
    grid[k / width][k % width] = k;
#pragma weave parallel_for collapse(2)
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < width; ++j)
      p[i * width + j] = work(i + j);
#pragma weave parallel_for
  for (int i = 0; i < n; i += width)
    for (int j = i; j < i + width && j < n; ++j)
      v[j] = v[j] + 1;
#pragma weave parallel_for
  for (int j = 1; j < n; ++j)
    grid[5][j] = grid[4][j] + grid[3][j - 1];
  std::array<int, N> local = {};
#pragma weave parallel_for firstprivate(local)
  for (int i = 0; i < n; ++i) {
    local[i % 7] += i;
    work(local[i % 7]);
  }
#pragma weave parallel_for
  for (int i = 1; i < n; ++i)
    if (i % 2 == 0)
      v[i] = v[i - 1]; // every other element
}
