#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Clang 22.1.8.
#
# Guess: `#pragma clang loop` and an attribute list both belong to the statement behind them, so that their order
# does not matter.
# Instead: an attribute list in front of the pragma is an error, "an attribute list cannot appear here"; between the
# pragma and the loop it is accepted.
# Source: Clang's language extensions, "extensions for loop hint optimizations", which say that the pragma stands
# before the loop.
. "$(dirname "${BASH_SOURCE[0]}")/lib/packages.sh"
unpack_clang

attribute='[[clang::annotate("name")]]'
hint='#pragma clang loop unroll_count(2)'
loop='for (int i = 0; i < n; ++i) sum += p[i];'
# compiles LINE...: whether these compile as the body of a function
compiles() {
  { printf 'int f(int *p, int n) {\nint sum = 0;\n' && printf '%s\n' "$@" && printf 'return sum;\n}\n'; } |
    "$root/usr/lib/llvm-22/bin/clang" -x c++ -std=c++17 -fsyntax-only - 2>/dev/null && echo yes || echo no
}
expect "the attribute in front of the pragma compiles" "$(compiles "$attribute" "$hint" "$loop")" no
expect "the attribute behind the pragma compiles" "$(compiles "$hint" "$attribute" "$loop")" yes
