// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The product of two square matrices, by a recursion that suits every cache without knowing any: the longest of the
// three dimensions is halved until what is left fits in the smallest cache.
//
// Two halves of the result are independent and run in parallel. Two halves of the sum add into the same result, so they
// run one after the other; for that reason the result is the same to the last bit at any number of workers.
#include "support/arguments.h"
#include "support/random.h"
#include "support/stopwatch.h"
#include <cmath>
#include <vector>

namespace {

// A part of a matrix that is stored by rows: its first element, and the distance from one row to the next.
struct matrix_view {
  double *first;
  long pitch;

  double *row(long i) const { return first + i * pitch; }
  matrix_view from(long i, long j) const { return {row(i) + j, pitch}; }
};

constexpr long at_once = 64;

// c += a * b, where c has `rows` rows and `columns` columns, and `depth` products add up to each element. Four rows of
// b at a time, so that an element of c is loaded and stored once in four.
void multiply_at_once(matrix_view a, matrix_view b, matrix_view c, long rows, long columns, long depth) {
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

void multiply(matrix_view a, matrix_view b, matrix_view c, long rows, long columns, long depth) {
  if (rows <= at_once && columns <= at_once && depth <= at_once) {
    multiply_at_once(a, b, c, rows, columns, depth);
  } else if (rows >= columns && rows >= depth) {
    const long half = rows / 2;
#pragma weave spawn
    multiply(a, b, c, half, columns, depth);
    multiply(a.from(half, 0), b, c.from(half, 0), rows - half, columns, depth);
#pragma weave sync
  } else if (columns >= depth) {
    const long half = columns / 2;
#pragma weave spawn
    multiply(a, b, c, rows, half, depth);
    multiply(a, b.from(0, half), c.from(0, half), rows, columns - half, depth);
#pragma weave sync
  } else {
    const long half = depth / 2;
    multiply(a, b, c, rows, columns, half);
    multiply(a.from(0, half), b.from(half, 0), c, rows, columns, depth - half);
  }
}

using vector = std::vector<double>;

vector random_elements(long count, std::uint64_t seed) {
  support::random random(seed);
  vector elements(count);
  for (double &element : elements)
    element = 2 * random.unit() - 1;
  return elements;
}

vector product(const vector &matrix, const vector &x) {
  const std::size_t n = x.size();
  vector y(n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j)
      y[i] += matrix[i * n + j] * x[j];
  return y;
}

// How far c is from a * b, as seen by a random vector x: c x is compared with a (b x), which takes n^2 steps, not n^3.
double error(const vector &a, const vector &b, const vector &c, long n) {
  const vector x = random_elements(n, 3);
  const vector expected = product(a, product(b, x)), actual = product(c, x);
  double worst = 0;
  for (long i = 0; i < n; ++i)
    worst = std::fmax(worst, std::fabs(expected[i] - actual[i]));
  return worst;
}

} // namespace

int main(int argc, char **argv) {
  const support::arguments arguments(argc, argv, "matmul [n]", 1);
  const long n = arguments.number(1, "n", 1024, 1, 20'000);

  vector a = random_elements(n * n, 1), b = random_elements(n * n, 2), c(n * n);
  const support::stopwatch watch;
  multiply({a.data(), n}, {b.data(), n}, {c.data(), n}, n, n, n);
  watch.report();

  if (const double wrong = error(a, b, c, n); !(wrong < 1e-9 * static_cast<double>(n))) {
    std::fprintf(stderr, "matmul: the product is wrong by %g\n", wrong);
    return 1;
  }
  double trace = 0;
  for (long i = 0; i < n; ++i)
    trace += c[i * n + i];
  std::printf("matmul(%ld): product verified, trace %.12g\n", n, trace);
}
