#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# gdb 13.1 (gdb 13.1-3), with the machine's libraries and C compiler.
#
# Guess: `skip file library.h` keeps `step` out of the functions of that header, and no more. So a `step` at a call of
# such a function stops in the user's own function that it calls back, which is why one would skip the header.
# Instead: what a skipped function calls is stepped over with it; `step` stops behind the call. A breakpoint in the
# user's function is the way into it. Without `skip`, `step` stops in the header, and the next one in the function.
# Source: GDB manual, "Skipping Over Functions and Files", which speaks of the functions of the file alone.
. "$(dirname "${BASH_SOURCE[0]}")/lib/packages.sh"
unpack gdb=13.1-3

cd "$folder"
echo 'static int apply(int (*f)(int), int x) { return f(x); }' >library.h
cat >main.c <<'C'
#include "library.h"
static int own(int x) {
  return x + 1;
}
int main(void) {
  int y = apply(own, 1);
  return y - 2;
}
C
cc -g -O0 main.c -o main || cannot_tell "no C compiler"
# stops COMMAND...: the functions in which two steps from the call stop
stops() {
  "$root/usr/bin/gdb" -nx -batch --data-directory="$root/usr/share/gdb" "$@" -ex 'break main' -ex run \
    -ex step -ex 'python print("at", gdb.selected_frame().name())' \
    -ex step -ex 'python print("at", gdb.selected_frame().name())' main 2>/dev/null | sed -n 's/^at //p' | xargs
}
without=$(stops)
[ -n "$without" ] || cannot_tell "gdb does not run the program"
expect "two steps" "$without" "apply own"
expect "two steps with the header skipped" "$(stops -ex 'skip file library.h' | cut -d' ' -f1)" "main"
