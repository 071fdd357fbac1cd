# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""ccache in front of the tool and behind it: what changed is never served from the cache, and no serial object for a woven one."""

import os
import sys
from pathlib import Path

import project

tools, clangxx, gxx, folder = sys.argv[1:]
project.make(folder)
os.environ["CCACHE_DIR"] = os.path.join(folder, "cache")
for name in [name for name in os.environ if name.startswith("CCACHE_") and name != "CCACHE_DIR"]:
    del os.environ[name]
header = Path("lib/sum.h")
original = header.read_text()


def hits():
    counters = dict(line.split("\t") for line in project.run("ccache", "--print-stats").splitlines())
    return int(counters["direct_cache_hit"]) + int(counters["preprocessed_cache_hit"])


def compile(command, **environment):
    """Returns the bytes of the object file."""
    project.run(*command, "-std=c++17", "-O1", "-c", "main.cpp", "-o", "main.o", **environment)
    return Path("main.o").read_bytes()


def check(command, caches, **environment):
    project.run("ccache", "--clear", "--zero-stats")
    header.write_text(original)
    serial = compile(command, WEAVE="off", **environment)
    project.expect(not project.is_woven("main.o"), f"{command}: WEAVE=off compiles the serial program")
    woven = compile(command, **environment)
    project.expect(project.is_woven("main.o"), f"{command}: the tool is not left out because a serial object is cached")
    before = hits()
    project.expect(compile(command, **environment) == woven, f"{command}: the same again gives the same object")
    project.expect((hits() > before) == caches, f"{command}: {'a' if caches else 'no'} cached object is used")
    project.expect(compile(command, WEAVE="off", **environment) == serial, f"{command}: and back to serial")

    header.write_text(original.replace("< 100", "< 200"))
    changed = compile(command, **environment)
    project.expect(changed != woven, f"{command}: a changed header gives another object")
    header.write_text(original)
    before = hits()
    project.expect(compile(command, **environment) == woven, f"{command}: and the old one when it is changed back")
    project.expect((hits() > before) == caches, f"{command}: which {'is' if caches else 'is not'} in the cache")


weavec, weavexx = f"{tools}/weavec", f"{tools}/weave++"
check([weavec, "ccache", gxx], caches=True)
check([weavec, "ccache", clangxx], caches=True)
for compiler in clangxx, gxx:
    check(["ccache", weavec, compiler], caches=False)  # which ccache takes for two sources
    check(["ccache", weavec, os.path.basename(compiler)], caches=True)  # and here the compiler for an option
for compiler in clangxx, gxx:
    check(["ccache", weavexx], caches=True, WEAVE_CXX=compiler)

# Another compiler behind weave++ makes another object.
first = compile(["ccache", weavexx], WEAVE_CXX=clangxx)
project.expect(compile(["ccache", weavexx], WEAVE_CXX=gxx) != first, "the compiler behind weave++ counts")
