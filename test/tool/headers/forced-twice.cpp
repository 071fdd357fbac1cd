// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A header that the command line includes twice, and that is woven otherwise the second time.
// RUN: rm -rf %t && mkdir %t && cd %t
// RUN: %weavec %clangxx -std=c++17 -Wall -Werror -include %S/Inputs/toggled.h -include %S/Inputs/toggled.h -c %s -o clang.o
// RUN: %clangxx clang.o %library -pthread -o clang && ./clang
// RUN: %if gcc %{ %weavec %gxx -std=c++17 -Wall -Werror -include %S/Inputs/toggled.h -include %S/Inputs/toggled.h -c %s -o gcc.o %}
// RUN: %if gcc %{ %gxx gcc.o %library -pthread -o gcc && ./gcc %}
// RUN: ls clang.o.weave%S/Inputs/toggled.h.weave2

int main() { return first(1) == 10 && second(2) == 22 ? 0 : 1; }
