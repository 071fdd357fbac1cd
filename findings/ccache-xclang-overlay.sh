#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# ccache 4.7.5 and Clang 22.1.8.
#
# Guess: ccache refuses to cache a compile with a virtual file system, whatever the spelling, since it cannot know
# which files it reads. Spelled -ivfsoverlay, it does refuse.
# Instead: spelled -Xclang -ivfsoverlay -Xclang FILE, the compile is cached. If the overlay has files keep the names
# that they seem to have ("use-external-names": false), ccache compares the
# overlay's own text and the files of these names, not those that stand behind them: after a change of such a file
# the old object is served, as a hit.
# Source: ccache's manual, "sloppiness", has `ivfsoverlay` for those who ask for the first spelling to be cached.
. "$(dirname "${BASH_SOURCE[0]}")/lib/packages.sh"
unpack_clang ccache=4.8+really4.7.5-1 libhiredis0.14=0.14.1-3

cd "$folder"
export CCACHE_DIR=$folder/cache LD_LIBRARY_PATH=$root/usr/lib/x86_64-linux-gnu
compiler=$root/usr/lib/llvm-22/bin/clang
printf '#include "number.h"\nint number = NUMBER;\n' >source.c
echo '#define NUMBER 1' >number.h
printf '{"version": 0, "use-external-names": false, "roots": [{"type": "file", "name": "%s/number.h", "external-contents": "%s/behind.h"}]}' "$folder" "$folder" >overlay.json

# The number in the object, which it compiles.
number() {
  "$root/usr/bin/ccache" "$compiler" -Xclang -ivfsoverlay -Xclang "$folder/overlay.json" -c source.c -o source.o
  objdump -s -j .data source.o | awk '/^ 0000/ { print substr($2, 1, 2) }'
}

echo '#define NUMBER 2' >behind.h
expect "the number at first" "$(number)" 02
echo '#define NUMBER 3' >behind.h
expect "the number after the file behind the overlay has changed" "$(number)" 02
expect "hits" "$("$root/usr/bin/ccache" --print-stats | awk '$1 == "direct_cache_hit" { print $2 }')" 1
