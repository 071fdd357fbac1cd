# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What the tests of build systems share: a small project, and ways to look at what a build did."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

FILES = {
    "lib/sum.h": """#pragma once
template <class T> T sum(const T *first, const T *last) {
  if (last - first < 100) {
    T all = T();
    while (first != last)
      all += *first++;
    return all;
  }
  const T *middle = first + (last - first) / 2;
  T left, right;
#pragma weave spawn
  left = sum(first, middle);
  right = sum(middle, last);
#pragma weave sync
  return left + right;
}
""",
    "lib/table.h": """#pragma once
#include "sum.h"
#include <vector>
std::vector<long> table(long n);
""",
    "main.cpp": """#include "lib/table.h"
#include <cstdio>
int main() {
  const std::vector<long> t = table(1000);
  std::printf("%ld\\n", sum(t.data(), t.data() + t.size()));
}
""",
    "plain.cpp": """#include <numeric>
#include <vector>
std::vector<long> table(long n) {
  std::vector<long> t(n);
  std::iota(t.begin(), t.end(), 1);
  return t;
}
""",
}
PRINTED = "500500\n"


def make(folder):
    """Writes the project afresh and makes its folder the working directory."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, text in FILES.items():
        path = Path(folder) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    os.chdir(folder)


def run(*command, **environment):
    """Runs a command and returns what it prints."""
    command = [str(word) for word in command]
    done = subprocess.run(
        command, env={**os.environ, **environment}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    if done.returncode != 0:
        sys.exit(f"{command} in {os.getcwd()}: exit status {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def expect(condition, what):
    if not condition:
        sys.exit(f"not so: {what}")


def is_woven(object):
    return "weave::detail::" in run("nm", "-C", object)


def expect_printed(program):
    for workers in "1", "2":
        printed = run(program, WEAVE_NUM_THREADS=workers)
        expect(printed == PRINTED, f"{program} prints {PRINTED!r}; it prints {printed!r}")
