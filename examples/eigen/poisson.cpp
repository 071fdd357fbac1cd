// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Poisson's equation in a cube, solved by conjugate gradients. It is all Eigen's, and so are the loops that run in parallel:
// annotate.cmake inserts the directives into a copy of Eigen's headers when the example is built.
#include "../support/arguments.h"
#include "../support/random.h"
#include "../support/stopwatch.h"

#include <Eigen/IterativeLinearSolvers>
#include <Eigen/SparseCore>
#include <algorithm>
#include <cstdio>
#include <vector>

namespace {

using matrix = Eigen::SparseMatrix<double, Eigen::RowMajor>;
using several = Eigen::Matrix<double, Eigen::Dynamic, 4, Eigen::RowMajor>; // right-hand sides

/// The 27-point stencil in a cube of side^3 points.
matrix laplacian(int side) {
  const auto near = [side](int at) { return std::pair(std::max(at - 1, 0), std::min(at + 1, side - 1)); };
  matrix a(side * side * side, side * side * side);
  a.reserve(Eigen::VectorXi::Constant(a.rows(), 27));
  for (int row = 0, x = 0; x < side; ++x)
    for (int y = 0; y < side; ++y)
      for (int z = 0; z < side; ++z, ++row)
        for (int i = near(x).first; i <= near(x).second; ++i)
          for (int j = near(y).first; j <= near(y).second; ++j)
            for (int k = near(z).first; k <= near(z).second; ++k)
              a.insert(row, (i * side + j) * side + k) = i == x && j == y && k == z ? 26 : -1;
  a.makeCompressed();
  return a;
}

several random_sides(Eigen::Index rows) {
  support::random random(1);
  return several::NullaryExpr(rows, 4, [&random] { return random.unit(); });
}

} // namespace

int main(int argc, char **argv) {
  const support::arguments arguments(argc, argv, "poisson [side]", 1);
  const matrix a = laplacian(static_cast<int>(arguments.number(1, "side", 40, 2, 300)));
  const several b = random_sides(a.rows());
  several x(b.rows(), b.cols());

  const support::stopwatch watch;
  Eigen::ConjugateGradient<matrix, Eigen::Lower | Eigen::Upper> solver(a);
  for (Eigen::Index column = 0; column < b.cols(); ++column)
    x.col(column) = solver.solve(b.col(column));
  const double residual = (a * x - b).norm() / b.norm();
  watch.report();

  if (!(residual < 1e-10)) {
    std::fprintf(stderr, "poisson: the residual is %g\n", residual);
    return 1;
  }
  std::printf("poisson(%ld points): residual verified, %ld iterations, |x| = %.12g\n", long(a.rows()), long(solver.iterations()), x.norm());
}
