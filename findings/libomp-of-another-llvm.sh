#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Debian 12: libomp-22-dev 22.1.8, libomp5-19 19.1.7.
#
# Guess: a program that clang-22 builds with -fopenmp, against libomp-22-dev, runs with the OpenMP runtime of LLVM 22.
# Instead: libomp-22-dev has headers and links, and depends on libomp5-19 by name. Its libomp.so leads to a library
# of the same soname, libomp.so.5, of LLVM 19: that is what is linked, loaded and
# measured.
# Source: the packages' own control files.
. "$(dirname "${BASH_SOURCE[0]}")/lib/packages.sh"
unpack "libomp-22-dev=1:22.1.8-1~deb12u1" "libomp5-19=1:19.1.7-3~deb12u1"

expect "what libomp-22-dev depends on for it" "$(dpkg-deb -f "$folder"/packages/libomp-22-dev_*.deb Depends | grep -o 'libomp5-[0-9]*')" libomp5-19
for name in llvm-22/lib/libomp.so x86_64-linux-gnu/libomp.so.5; do
  expect "what $name is" "$(readlink -f "$root/usr/lib/$name" | sed "s|^$root||")" /usr/lib/llvm-19/lib/libomp.so.5
done
