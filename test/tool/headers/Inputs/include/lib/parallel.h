// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
#include "beside.h"
template <class T> T sum_to(T n) {
  if (n < 2)
    return n;
  T left, right;
#pragma weave spawn
  left = sum_to<T>(n / 2);
  right = 0;
  for (T i = n / 2 + 1; i <= n; ++i)
    right += i;
#pragma weave sync
  return left + right;
}
inline const char *parallel_file() { return __FILE__; }
