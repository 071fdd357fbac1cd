module;
#include <cstddef>
module whole;
long hundreds(std::size_t n) {
  long all = 0;
#pragma weave parallel_for reduction(+ : all)
  for (std::size_t i = 0; i < n; ++i)
    all += 100;
  return all;
}
