// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A library that WEAVE_TOOL names is told what a program does that was not built for it; or the program says why not.
// Not under a sanitizer: the programs are linked by commands that know nothing of it.
// UNSUPPORTED: sanitizer
// RUN: %weave++ -std=c++17 -O2 %S/names.cpp -o %t
// RUN: %clangxx -x c -std=c11 -Wall -Wextra -Wpedantic -Werror -I%include -shared -fPIC %S/Inputs/counting-tool.c -o %t.so
// RUN: env WEAVE_NUM_THREADS=3 WEAVE_TOOL=%t.so %t | %FileCheck %s
// CHECK: tool: some tasks, some stolen, some named, some loops, some waits, 0 open, 0 wrong
// RUN: %gxx -std=c++17 -Wall -Wextra -Werror -I%include -shared -fPIC %S/../../examples/observe/print.cpp -o %t.print.so
// RUN: env WEAVE_NUM_THREADS=3 WEAVE_TOOL=%t.print.so %t 2>&1 | %FileCheck --check-prefix=PRINT %s
// PRINT: task {{[0-9a-f]+}}: in_a_frame at {{.*}}names.cpp:{{[0-9]+}}, of worker 0, on worker {{[12]}}, {{[0-9.]+}} us
// PRINT: task {{[0-9a-f]+}}: a "label" \ with é, of worker 0, on worker {{[12]}}, {{[0-9.]+}} us
// RUN: not env WEAVE_NUM_THREADS=3 WEAVE_TOOL=%t.nothing.so %t 2>&1 | %FileCheck --check-prefix=MISSING %s
// MISSING: weave: error: WEAVE_TOOL is '{{.*}}.nothing.so', which cannot be loaded ({{.*}}cannot open shared object file{{.*}}); set it to a shared library with its path, or unset it
// RUN: %clangxx -x c -I%include -shared -fPIC /dev/null -o %t.empty.so
// RUN: not env WEAVE_NUM_THREADS=3 WEAVE_TOOL=%t.empty.so %t 2>&1 | %FileCheck --check-prefix=EMPTY %s
// EMPTY: which has no function 'weave_observe'; set it to a tool that is written for weave/observe.h, or unset it
// RUN: %clangxx -x c -D REFUSES -I%include -shared -fPIC %S/Inputs/counting-tool.c -o %t.refuses.so
// RUN: not env WEAVE_NUM_THREADS=3 WEAVE_TOOL=%t.refuses.so %t 2>&1 | %FileCheck --check-prefix=REFUSES %s
// REFUSES: which does not work with this runtime, whose version is 1; set it to a tool that does, or unset it
