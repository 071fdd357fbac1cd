// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// System headers are never woven.
// RUN: rm -rf %t && mkdir %t
// RUN: %weavec %clangxx -std=c++17 -isystem %S/Inputs/include -c %s -o %t/a.o
// RUN: not ls %t/a.o.weave
// RUN: %weavec %clangxx -std=c++17 -I %S/Inputs/include -c %s -o %t/b.o
// RUN: ls %t/b.o.weave/overlay.json
#include <lib/parallel.h>
