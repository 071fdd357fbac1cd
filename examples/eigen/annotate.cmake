# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# cmake -D FROM=folder -D TO=folder -P annotate.cmake: copies the headers of Eigen, and lets the rows of a product of a sparse matrix
# and a dense one be computed in parallel. Eigen's own loops for OpenMP stay as they are.

file(COPY "${FROM}/Eigen" DESTINATION "${TO}")
set(header "${TO}/Eigen/src/SparseCore/SparseDenseProduct.h")
file(READ "${header}" text)
set(rows "for(Index i=0; i<n; ++i)")
string(REPLACE "      {\n        ${rows}" "      {\n        #pragma weave parallel_for\n        ${rows}" text "${text}")
string(REPLACE "    {\n      ${rows}" "    {\n      #pragma weave parallel_for\n      ${rows}" text "${text}")
string(REGEX MATCHALL "#pragma weave" inserted "${text}")
list(LENGTH inserted count)
if(NOT count EQUAL 2)
  message(FATAL_ERROR "${FROM} holds another Eigen than this script knows (3.4): ${count} of its 2 loops were found")
endif()
file(WRITE "${header}" "${text}")
