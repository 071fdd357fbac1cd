// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// matmul N: a product of N x N matrices by a cache-oblivious recursion. Much memory, few tasks.
#pragma once

#include "../harness.h"
#include <cmath>

// A part of a matrix that is stored by rows.
struct matrix_view {
  double *first;
  long pitch;

  double *row(long i) const { return first + i * pitch; }
  matrix_view from(long i, long j) const { return {row(i) + j, pitch}; }
};

constexpr long at_once = 64;

// c += a * b
inline void multiply_at_once(matrix_view a, matrix_view b, matrix_view c, long rows, long columns, long depth) {
  for (long i = 0; i < rows; ++i) {
    const double *const left = a.row(i);
    double *__restrict const sum = c.row(i);
    long k = 0;
    for (; k + 4 <= depth; k += 4) {
      const double l0 = left[k], l1 = left[k + 1], l2 = left[k + 2], l3 = left[k + 3];
      const double *const r0 = b.row(k), *const r1 = b.row(k + 1), *const r2 = b.row(k + 2), *const r3 = b.row(k + 3);
      for (long j = 0; j < columns; ++j)
        sum[j] += l0 * r0[j] + l1 * r1[j] + l2 * r2[j] + l3 * r3[j];
    }
    for (; k < depth; ++k)
      for (long j = 0; j < columns; ++j)
        sum[j] += left[k] * b.row(k)[j];
  }
}

/// The engine's part: c += a * b, all of them n x n.
void compute(matrix_view a, matrix_view b, matrix_view c, long n);

class kernel {
public:
  static constexpr std::size_t sizes = 1;
  explicit kernel(const long *size) : n(size[0]), a(n * n), b(n * n), c(n * n) {
    for (long i = 0; i < n * n; ++i) {
      a[i] = static_cast<double>(i * 7 % 11) - 5;
      b[i] = static_cast<double>(i * 5 % 13) - 6;
    }
  }

  void run() { compute({a.data(), n}, {b.data(), n}, {c.data(), n}, n); }

  // All elements are small whole numbers, so c x = a (b x) holds exactly.
  bool right() const {
    std::vector<double> x(n);
    for (long i = 0; i < n; ++i)
      x[i] = static_cast<double>(i % 17) - 8;
    return product(c, x) == product(a, product(b, x));
  }

private:
  std::vector<double> product(const std::vector<double> &matrix, const std::vector<double> &x) const {
    std::vector<double> y(n);
    for (long i = 0; i < n; ++i)
      for (long j = 0; j < n; ++j)
        y[i] += matrix[i * n + j] * x[j];
    return y;
  }

  long n;
  std::vector<double> a, b, c;
};

int main(int argc, char **argv) { return bench::main<kernel>(argc, argv); }
