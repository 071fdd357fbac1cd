// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Where things go: the object, the woven text beside it, the dependency file.
// RUN: rm -rf %t && mkdir %t && cd %t
// Without -o.
// RUN: cp %s unit.cpp
// RUN: %weavec %gxx -std=c++17 -MD -c unit.cpp && ls unit.o unit.d unit.o.weave
// RUN: %FileCheck %s --check-prefix=DEPENDS < unit.d
// RUN: rm -rf unit.o unit.d unit.o.weave
// RUN: %weavec %clangxx -std=c++17 -MD -c unit.cpp && ls unit.o unit.d unit.o.weave/overlay.json
// RUN: %FileCheck %s --check-prefix=DEPENDS < unit.d
// DEPENDS: unit.o:
// DEPENDS: unit.cpp
// DEPENDS-NOT: .weave/
// To assembler text, which is woven too.
// RUN: rm -rf unit.o unit.d unit.o.weave
// RUN: %weavec %gxx -std=c++17 -S unit.cpp && %FileCheck %s --check-prefix=ASSEMBLER < unit.s && ls unit.s.weave
// RUN: %weavec %clangxx -std=c++17 -S unit.cpp -o other.s && %FileCheck %s --check-prefix=ASSEMBLER < other.s && ls other.s.weave
// ASSEMBLER: take_back_direct
// Into nothing: the text goes to a temporary directory.
// RUN: %weavec %gxx -std=c++17 -c unit.cpp -o /dev/null
// RUN: %weavec %clangxx -std=c++17 -c unit.cpp -o /dev/null
// RUN: not ls /dev/null.weave
// A response file, a language by hand, a space in a name.
// RUN: cp unit.cpp "a b.txt"
// RUN: echo '-std=c++17 -x c++ -c "a b.txt" -o "a b.o" -MMD -MF "a b.dep"' > response
// RUN: %weavec %gxx @response && nm -C "a b.o" | %FileCheck %s --check-prefix=WOVEN
// RUN: %FileCheck %s --check-prefix=SPACE < "a b.dep"
// RUN: %weavec %clangxx @response && nm -C "a b.o" | %FileCheck %s --check-prefix=WOVEN
// WOVEN: weave::detail::
// SPACE: a\ b.txt
// SPACE-NOT: .weave/
int work(int);
void f(int n) {
#pragma weave spawn
  work(n);
  work(0);
}
