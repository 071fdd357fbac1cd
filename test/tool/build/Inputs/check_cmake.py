# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""find_package(Weave) and weave_target from an installed tree: the right program, and nothing compiled twice."""

import json
import os
import shlex
import sys
from pathlib import Path

import project

build, compiler, folder = sys.argv[1:]
folder = Path(folder)
prefix = folder / "installed"
project.make(folder)
project.run("cmake", "--install", build, "--prefix", prefix)
Path("CMakeLists.txt").write_text(
    """cmake_minimum_required(VERSION 3.25)
project(consumer CXX)
set(CMAKE_CXX_STANDARD 17)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
find_package(Weave REQUIRED)
add_executable(program main.cpp plain.cpp)
weave_target(program)
add_executable(precompiled main.cpp plain.cpp)
target_precompile_headers(precompiled PRIVATE lib/table.h <vector>)
target_compile_options(precompiled PRIVATE -Wall -Wextra -Werror)
weave_target(precompiled)
add_executable(openmp openmp.cpp)
weave_target(openmp OPENMP)
"""
)
Path("openmp.cpp").write_text(
    """#include <omp.h>
int main() {
  int sum = 0;
#pragma omp parallel for reduction(+ : sum)
  for (int i = 0; i < 100; ++i)
    sum += i + _OPENMP - 201511 + omp_in_final();
  return sum != 4950;
}
"""
)
project.run(
    *["cmake", "-G", "Ninja", "-S", ".", "-B", "out", f"-DCMAKE_PREFIX_PATH={prefix}", f"-DCMAKE_CXX_COMPILER={compiler}"],
    *["-DCMAKE_BUILD_TYPE=Release"],
)
project.run("cmake", "--build", "out")
for program in "program", "precompiled":
    project.expect_printed(Path("out", program).resolve())
    objects = Path(f"out/CMakeFiles/{program}.dir")
    project.expect(project.is_woven(objects / "main.cpp.o"), "main.cpp is woven")
    project.expect(not project.is_woven(objects / "plain.cpp.o") or program == "precompiled", "plain.cpp is not woven")
project.run("out/openmp")
project.expect(project.is_woven(Path("out/CMakeFiles/openmp.dir/openmp.cpp.o")), "OpenMP's directives are woven where they are asked for")


def rebuilt():
    """Builds again; which sources of `program` were compiled?"""
    printed = project.run("cmake", "--build", "out", "-v", "--target", "program")
    return {name for name in ("main.cpp", "plain.cpp") if f"{name}.o -c " in printed}


project.expect(rebuilt() == set(), "nothing is compiled when nothing changed")
os.utime("lib/sum.h")
project.expect(rebuilt() == {"main.cpp"}, "the users of a header are compiled when it changes, and nothing else")
os.utime("plain.cpp")
project.expect(rebuilt() == {"plain.cpp"}, "a source is compiled when it changes, and nothing else")

# What ninja knows of dependencies: the user's files, none of the copies.
dependencies = project.run("ninja", "-C", "out", "-t", "deps", "CMakeFiles/program.dir/main.cpp.o")
project.expect("/lib/sum.h" in dependencies and ".weave/" not in dependencies, "dependencies name the user's files")

# clangd takes its commands from here: the plain compiler on the original file, which accepts them.
commands = json.loads(Path("out/compile_commands.json").read_text())
for entry in commands:
    words = shlex.split(entry["command"])
    project.expect("weavec" not in entry["command"] and words[0] == compiler, "the command is the compiler's own")
(main,) = [e for e in commands if e["file"] == str(folder / "main.cpp") and "program.dir" in e["command"]]
os.chdir(main["directory"])
compiler, *rest = shlex.split(main["command"])
project.run(compiler, "-Wall", "-Werror", "-Wno-unused-command-line-argument", *rest, "-fsyntax-only")
