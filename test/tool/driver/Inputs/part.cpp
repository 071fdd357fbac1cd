// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
long part(long n) {
  long sum = 0;
#pragma weave parallel_for reduction(+ : sum)
  for (long i = 0; i < n; ++i)
    sum += i;
  return sum;
}
