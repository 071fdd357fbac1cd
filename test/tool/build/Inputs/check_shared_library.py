# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""weave++ -shared, and programs linked with what it makes or loading it: by each linker, and by two compilers in one process."""

import re
import shutil
import sys
from pathlib import Path

import libraries
import project

tools, build, compiler, other, folder = sys.argv[1:]
weave = f"{tools}/weave++", "-std=c++17", "-O2"
libraries.make(folder)


def run(*command, compiler=compiler):
    return project.run(*command, WEAVE_CXX=compiler)


def exported(file):
    """The runtime's symbols that a program or library shows to others."""
    return set(re.findall(r"weave_[0-9]+_[0-9]+\S*", project.run("nm", "-D", "--defined-only", file)))


for name in "woven", "woven-loader":
    run(*weave, "-c", f"{name}.cpp")
    run(*weave, "-fno-pie", "-c", f"{name}.cpp", "-o", f"{name}-no-pie.o")
for name in "plain", "plain-loader":
    project.run(compiler, "-std=c++17", "-O2", "-c", f"{name}.cpp")
run(*weave, "-fPIC", "-c", "library.cpp")
run(*weave, "-fPIC", "-fvisibility=hidden", "-fvisibility-inlines-hidden", "-c", "library.cpp", "-o", "hidden.o")
run(*weave, "-fPIC", "-c", "library.cpp", "-o", "other.o", compiler=other)

interface = exported(f"{build}/lib/libweave-shared.so")
project.expect(interface, "the runtime shows its interface")
everything = project.run("nm", "-D", "--defined-only", f"{build}/lib/libweave-shared.so").splitlines()
project.expect(len(everything) == sum("weave_" in line for line in everything), "the runtime hides all else")

for linker in [name for name in ("bfd", "gold", "lld") if shutil.which(f"ld.{name}")]:
    link = f"{tools}/weave++", f"-fuse-ld={linker}"
    for name in "library", "hidden", "other":
        run(*link, "-shared", f"{name}.o", "-o", f"{name}.so")
        project.expect(not exported(f"{name}.so"), "a library does not hold the runtime")
    run(*link, "-no-pie", "woven-no-pie.o", "./other.so", "-o", "program")
    project.expect(exported("program") == interface, "a program shows all of the runtime")
    libraries.expect_one_set("./program")
    run(*link, "woven.o", "./hidden.so", "-o", "program")
    libraries.expect_one_set("./program")
    run(*link, "-rdynamic", "-Wl,--gc-sections", "woven.o", "./library.so", "-o", "program")
    libraries.expect_one_set("./program")
    project.expect(" main\n" in project.run("nm", "-D", "--defined-only", "program"), "-rdynamic means what it meant")
    project.run(compiler, f"-fuse-ld={linker}", "plain.o", "./library.so", "-o", "program")
    libraries.expect_one_set("./program")
    for objects, by in ("woven-loader.o", link), ("plain-loader.o", (compiler, f"-fuse-ld={linker}")):
        run(*by, objects, "-ldl", "-o", "loader")
        libraries.expect_one_set("./loader", "./library.so", "./other.so")
    # A library that holds no directive does not need the runtime.
    Path("nothing.cpp").write_text("int nothing() { return 0; }\n")
    run(*link, "-fPIC", "-shared", "nothing.cpp", "-o", "nothing.so")
    project.expect("weave" not in project.run("readelf", "-d", "nothing.so").replace(str(build), ""), "only what is woven needs the runtime")

# A library in the static program, of which the linker warns as little as of the serial one; and one command for all.
run(*weave, "-static", "-Wl,--fatal-warnings", "woven.cpp", "library.cpp", "-o", "program")
libraries.expect_one_set("./program")
run(*weave, "-fPIC", "-shared", "library.cpp", "-o", "library.so")
run(*weave, "woven.cpp", "./library.so", "-o", "program")
libraries.expect_one_set("./program")
