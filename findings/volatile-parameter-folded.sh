#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# GCC 12.2.0 (cpp-12 12.2.0-14+deb12u1), with the machine's libisl, libmpc and libmpfr; Clang 22.1.8.
#
# Guess: what is read from a volatile parameter is unknown to the compiler, so that `1.0 / x` is a division when the
# program runs, in the rounding mode of that moment; it is the usual way to keep a compiler from folding.
# Instead: from -O1 on, where GCC clones or inlines the function, it takes the parameter for the constant that the call
# passes, and divides itself, to nearest. A call that is not inlined, another compiler, or -frounding-math divides.
# So two calls under one rounding mode may differ. Clang stores and reads the parameter.
# Source: C17 6.7.3 (7), every access to a volatile object is a side effect that happens as written.
. "$(dirname "${BASH_SOURCE[0]}")/lib/packages.sh"
unpack cpp-12=12.2.0-14+deb12u1
unpack_clang

cd "$folder"
cat >third.c <<'C'
static double third(volatile double x) { return 1.0 / x; }
double call(void) { return third(3.0); }
C
cc1=$root/usr/lib/gcc/x86_64-linux-gnu/12/cc1
"$cc1" --version >/dev/null 2>&1 || cannot_tell "cc1 does not run"
# divisions COMMAND...: how many the program does
divisions() {
  "$@" third.c -o third.s || cannot_tell "$1 does not compile"
  grep -c divsd third.s || true
}
expect "divisions by GCC at -O0" "$(divisions "$cc1" -quiet -O0)" 1
expect "divisions by GCC at -O1" "$(divisions "$cc1" -quiet -O1)" 0
expect "divisions by GCC at -O1 -frounding-math" "$(divisions "$cc1" -quiet -O1 -frounding-math)" 1
expect "divisions by Clang at -O1" "$(divisions "$root/usr/lib/llvm-22/bin/clang" -S -O1)" 1
