#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# gdb 13.1 (gdb 13.1-3), with the machine's libraries and C compiler.
#
# Guess: in a frame filter, FrameDecorator.function() is the name that `backtrace` prints for the frame, so that a
# filter can leave out frames by their names.
# Instead: for a function without debug information it is a number, the frame's address, which gdb turns into the name
# as it prints. A filter that compares it with a name never fits these. The name is inferior_frame().name().
# Source: GDB manual, "Frame Decorator API": a string, or an address, or None.
. "$(dirname "${BASH_SOURCE[0]}")/lib/packages.sh"
unpack gdb=13.1-3

cd "$folder"
echo 'int library(int (*f)(void)) { return f() + 1; }' >library.c
echo 'int library(int (*f)(void)); int own(void) { return 0; } int main(void) { return library(own) - 1; }' >main.c
{ cc -O0 -c library.c && cc -g -O0 main.c library.o -o main; } || cannot_tell "no C compiler"
cat >filter.py <<'PYTHON'
import gdb
class Names:
    name, priority, enabled = "names", 100, True
    def filter(self, frames):
        for frame in frames:
            print("frame", type(frame.function()).__name__, frame.inferior_frame().name())
            yield frame
gdb.frame_filters["names"] = Names()
PYTHON
names=$("$root/usr/bin/gdb" -nx -batch --data-directory="$root/usr/share/gdb" -x filter.py -ex 'break own' -ex run \
  -ex backtrace main 2>/dev/null | sed -n 's/^frame //p')
[ -n "$names" ] || cannot_tell "gdb does not run the program"
expect "with debug information" "$(sed -n 1p <<<"$names")" "str own"
expect "without" "$(sed -n 2p <<<"$names")" "int library"
