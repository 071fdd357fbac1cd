// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// LU factorisation by blocks. The loops stand as in a textbook; each step says which blocks it reads and which it
// changes, and runs as soon as those are ready. Steps of several rounds overlap: no processor waits for the end of a
// round.
#include "support/arguments.h"
#include "support/random.h"
#include "support/stopwatch.h"
#include <cmath>
#include <vector>

namespace {

constexpr int side = 64;

struct block {
  double at[side][side];
};

// A square matrix of blocks, stored by rows of blocks.
class block_matrix {
public:
  explicit block_matrix(int blocks) : count(blocks), storage(static_cast<std::size_t>(blocks) * blocks) {}

  int blocks() const { return count; }
  int order() const { return count * side; }
  block &operator()(int i, int j) { return storage[static_cast<std::size_t>(i) * count + j]; }
  double &element(int i, int j) { return (*this)(i / side, j / side).at[i % side][j % side]; }

private:
  int count;
  std::vector<block> storage;
};

// a = L * U in place; L has ones on its diagonal, which are not stored.
void factor(block &a) {
  for (int k = 0; k < side; ++k)
    for (int i = k + 1; i < side; ++i) {
      a.at[i][k] /= a.at[k][k];
      for (int j = k + 1; j < side; ++j)
        a.at[i][j] -= a.at[i][k] * a.at[k][j];
    }
}

// b = L^-1 * b, with the L of a factored block.
void solve_lower(const block &factored, block &b) {
  for (int k = 0; k < side; ++k)
    for (int i = k + 1; i < side; ++i)
      for (int j = 0; j < side; ++j)
        b.at[i][j] -= factored.at[i][k] * b.at[k][j];
}

// b = b * U^-1, with the U of a factored block.
void solve_upper(const block &factored, block &b) {
  for (int i = 0; i < side; ++i)
    for (int k = 0; k < side; ++k) {
      b.at[i][k] /= factored.at[k][k];
      for (int j = k + 1; j < side; ++j)
        b.at[i][j] -= b.at[i][k] * factored.at[k][j];
    }
}

// c -= a * b
void subtract_product(const block &a, const block &b, block &c) {
  for (int i = 0; i < side; ++i)
    for (int k = 0; k < side; ++k)
      for (int j = 0; j < side; ++j)
        c.at[i][j] -= a.at[i][k] * b.at[k][j];
}

void factor(block_matrix &a) {
  for (int k = 0; k < a.blocks(); ++k) {
#pragma weave spawn depends_on(inout: a(k, k))
    factor(a(k, k));
    for (int j = k + 1; j < a.blocks(); ++j) {
#pragma weave spawn depends_on(in: a(k, k); inout: a(k, j))
      solve_lower(a(k, k), a(k, j));
    }
    for (int i = k + 1; i < a.blocks(); ++i) {
#pragma weave spawn depends_on(in: a(k, k); inout: a(i, k))
      solve_upper(a(k, k), a(i, k));
      for (int j = k + 1; j < a.blocks(); ++j) {
#pragma weave spawn depends_on(in: a(i, k), a(k, j); inout: a(i, j))
        subtract_product(a(i, k), a(k, j), a(i, j));
      }
    }
  }
#pragma weave sync
}

// Random, with a diagonal that outweighs the rest of its row, so that no pivots are needed.
block_matrix random_matrix(int blocks) {
  support::random random(7);
  block_matrix a(blocks);
  for (int i = 0; i < a.order(); ++i) {
    for (int j = 0; j < a.order(); ++j)
      a.element(i, j) = 2 * random.unit() - 1;
    a.element(i, i) += a.order();
  }
  return a;
}

// The largest element of A x - L (U x) for a random x, in relation to A x.
double residual(block_matrix &a, block_matrix &lu) {
  const int n = a.order();
  support::random random(8);
  std::vector<double> x(n), ux(n);
  for (double &element : x)
    element = 2 * random.unit() - 1;
  for (int i = 0; i < n; ++i)
    for (int j = i; j < n; ++j)
      ux[i] += lu.element(i, j) * x[j];
  double worst = 0, scale = 0;
  for (int i = 0; i < n; ++i) {
    double expected = 0, actual = ux[i];
    for (int j = 0; j < n; ++j)
      expected += a.element(i, j) * x[j];
    for (int j = 0; j < i; ++j)
      actual += lu.element(i, j) * ux[j];
    worst = std::fmax(worst, std::fabs(expected - actual));
    scale = std::fmax(scale, std::fabs(expected));
  }
  return worst / scale;
}

double log_determinant(block_matrix &lu) {
  double sum = 0;
  for (int i = 0; i < lu.order(); ++i)
    sum += std::log(std::fabs(lu.element(i, i)));
  return sum;
}

} // namespace

int main(int argc, char **argv) {
  const support::arguments arguments(argc, argv, "lu [blocks]", 1);
  const int blocks = static_cast<int>(arguments.number(1, "blocks", 24, 1, 500));

  block_matrix a = random_matrix(blocks), lu = a;
  const support::stopwatch watch;
  factor(lu);
  watch.report();

  if (const double wrong = residual(a, lu); !(wrong < 1e-12)) {
    std::fprintf(stderr, "lu: the residual is %g\n", wrong);
    return 1;
  }
  std::printf("lu(%d blocks of %d): residual verified, log |det| = %.12g\n", blocks, side, log_determinant(lu));
}
