#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# glibc 2.36 (libc6-dev 2.36-9+deb12u14), with the machine's compiler and GNU ld.
#
# Guess: in a static program a weak reference to dlopen stays null and costs nothing: a weak reference takes no
# member out of an archive, and the linker's warning about dlopen belongs to that member.
# Instead: libc.a takes dlopen.o in for its own sake. So the reference is resolved, and the linker warns of it,
# though nobody asked for dlopen.
# Source: the ELF specification on weak symbols and archives; the warning's text is glibc's.
. "$(dirname "${BASH_SOURCE[0]}")/lib/packages.sh"
unpack libc6-dev=2.36-9+deb12u14
command -v cc >/dev/null || cannot_tell "there is no C compiler"

cd "$folder"
cat >weak.c <<'C'
extern void *dlopen(const char *, int) __attribute__((weak));
int main(void) { return dlopen ? 1 : 0; }
C
lib=$root/usr/lib/x86_64-linux-gnu
cc -static "-B$lib" "-L$lib" weak.c -o weak 2>messages || cannot_tell "it does not link: $(cat messages)"
status=0
./weak || status=$?
expect "whether the program sees dlopen" "$status" 1
expect "warnings about dlopen" "$(grep -c "Using 'dlopen' in statically linked applications" messages)" 1
