#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Clang 22.1.8; GCC 12.2.0 (g++-12 12.2.0-14+deb12u1).
#
# Guess: from C++17 on, a prvalue that initialises an element of an aggregate is that element, whether the element is
# a member or a base class, so that nothing is copied.
# Instead: where the element is a base class, Clang makes a temporary and calls the copy constructor. GCC wants one to
# be there, but does not call it. As a member, both copy nothing.
# Source: C++17 [dcl.init.aggr] p1, base classes are elements; [dcl.init] p17.6.1, a prvalue of the same class is the
# initialiser. Core issue 2403 is about bases of classes that are initialised so by calls.
. "$(dirname "${BASH_SOURCE[0]}")/lib/packages.sh"
unpack g++-12=12.2.0-14+deb12u1
unpack_clang

cd "$folder"
cat >part.h <<'C'
struct part { part(); part(const part &); ~part(); };
struct as_member { part first; int rest; };
struct as_base : part { int rest; };
C
cc1plus=$root/usr/lib/gcc/x86_64-linux-gnu/12/cc1plus
"$cc1plus" --version >/dev/null 2>&1 || cannot_tell "cc1plus does not run"
# copies TYPE COMMAND...: how many calls of the copy constructor there are in code that makes an aggregate of that type
copies() {
  printf '#include "part.h"\nvoid f() { %s made{part(), 1}; }\n' "$1" >made.cpp
  "${@:2}" made.cpp -o made.s 2>/dev/null || cannot_tell "$2 does not compile"
  grep -cE 'call.*_ZN4partC[12]ERKS_' made.s || true
}
gcc=("$cc1plus" -quiet -std=c++17)
clang=("$root/usr/lib/llvm-22/bin/clang" -x c++ -std=c++17 -S)
expect "copies by GCC of a member" "$(copies as_member "${gcc[@]}")" 0
expect "copies by GCC of a base class" "$(copies as_base "${gcc[@]}")" 0
expect "copies by Clang of a member" "$(copies as_member "${clang[@]}")" 0
expect "copies by Clang of a base class" "$(copies as_base "${clang[@]}")" 1
