# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What the tests of woven shared libraries share: a library, programs that use it, and what these print."""

import project

FILES = {
    # Also a plug-in. It shows one function, whatever -fvisibility says.
    "library.cpp": """long fib(int n) {
  if (n < 2)
    return n;
  long x, y;
#pragma weave spawn
  x = fib(n - 1);
  y = fib(n - 2);
#pragma weave sync
  return x + y;
}
extern "C" __attribute__((visibility("default"))) long library_fib(int n) { return fib(n); }
""",
    "threads.h": """#include <cstdio>
#include <filesystem>
#include <iterator>
inline void print(long a, long b) {
  const auto threads = std::distance(std::filesystem::directory_iterator("/proc/self/task"), {});
  std::printf("%ld %ld, %ld threads\\n", a, b, long(threads));
}
""",
    # Linked with the library.
    "woven.cpp": """#include "threads.h"
extern "C" long library_fib(int n);
int main() {
  long x, y;
#pragma weave spawn
  x = library_fib(20);
  y = library_fib(21);
#pragma weave sync
  print(x, y);
}
""",
    "plain.cpp": """#include "threads.h"
extern "C" long library_fib(int n);
int main() { print(library_fib(20), library_fib(21)); }
""",
    # Loads the libraries that it is told.
    "loader.h": """#include "threads.h"
#include <cstdlib>
#include <dlfcn.h>
inline long load_and_call(const char *name, int n) {
  void *const library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
  if (!library)
    std::exit((std::puts(dlerror()), 1));
  return reinterpret_cast<long (*)(int)>(dlsym(library, "library_fib"))(n);
}
""",
    "woven-loader.cpp": """#include "loader.h"
int main(int, char **names) {
  long x, y;
#pragma weave spawn
  x = load_and_call(names[1], 20);
  y = load_and_call(names[2], 21);
#pragma weave sync
  print(x, y);
}
""",
    "plain-loader.cpp": """#include "loader.h"
int main(int, char **names) { print(load_and_call(names[1], 20), load_and_call(names[2], 21)); }
""",
}


def make(folder):
    """Writes the project afresh and makes its folder the working directory."""
    project.FILES = FILES
    project.make(folder)


def expect_one_set(*command):
    """The program prints what it should, and has as many threads as there are workers."""
    for workers in "1", "2", "4":
        printed = project.run(*command, WEAVE_NUM_THREADS=workers)
        wanted = f"6765 10946, {workers} threads\n"
        project.expect(printed == wanted, f"{command} prints {wanted!r}; it prints {printed!r}")
