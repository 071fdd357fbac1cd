#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# GCC 12.2.0 (g++-12 12.2.0-14+deb12u1).
#
# Guess: `#pragma GCC unroll` in front of a loop does the same in a function and in a template, since it says nothing
# that depends on types.
# Instead: in a template (and so in a generic lambda) it is ignored where the loop's condition calls a function, with
# the warning "ignoring loop annotation", which no option switches off and -Werror makes an error.
# Source: GCC's manual, "Loop-Specific Pragmas", which make no such difference.
. "$(dirname "${BASH_SOURCE[0]}")/lib/packages.sh"
unpack g++-12=12.2.0-14+deb12u1

compiler=$root/usr/lib/gcc/x86_64-linux-gnu/12/cc1plus
"$compiler" --version </dev/null >/dev/null 2>&1 || cannot_tell "libraries of the compiler are not installed"
# warned HEAD CONDITION: how many warnings of this kind the loop gets in a function that begins so
warned() {
  printf 'int size();\n%s int f(int *p, int n) {\n#pragma GCC unroll 4\nfor (int i = 0; %s; ++i) p[i] = n;\nreturn n;\n}\n%s\n' \
    "$1" "$2" "${1:+template int f<int>(int *, int);}" >"$folder/loop.cpp"
  "$compiler" -quiet -O2 -w "$folder/loop.cpp" -o "$folder/loop.s" 2>"$folder/messages" || cannot_tell "it does not compile"
  "$compiler" -quiet -O2 "$folder/loop.cpp" -o "$folder/loop.s" 2>&1 | grep -c 'ignoring loop annotation' || true
}
expect "warnings in a function, of i < size()" "$(warned '' 'i < size()')" 0
expect "warnings in a template, of i < n" "$(warned 'template <class T>' 'i < n')" 0
expect "warnings in a template, of i < size()" "$(warned 'template <class T>' 'i < size()')" 1
