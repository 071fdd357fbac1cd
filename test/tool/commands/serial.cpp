// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// --serial writes the source without its directives, every line where it was.
// RUN: %weavec --serial %s -o %t.cpp && %gxx -Wall -Wextra -Werror -fsyntax-only %t.cpp
// RUN: %python -c "import sys; a, b = (open(f).readlines() for f in sys.argv[1:]); sys.exit(len(a) != len(b) or any(x != y and y.strip() for x, y in zip(a, b)))" %s %t.cpp
void work(int &);
void serial(int n) {
  int x = 0;
#pragma weave spawn
  work(x);
#pragma weave sync
#pragma weave parallel_for \
    reduction(+: x)
  for (int i = 0; i < n; ++i)
    x += i;
}
