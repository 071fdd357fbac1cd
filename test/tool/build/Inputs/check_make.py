# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""CXX=weave++ and CXX="weavec g++" under make: correct incremental builds, also with several jobs."""

import os
import sys
from pathlib import Path

import project

tools, compiler, library, folder = sys.argv[1:]
project.make(folder)
Path("Makefile").write_text(
    """CXXFLAGS = -std=c++17 -O1 -MMD -MP -Wall -Wextra
program: main.o plain.o
\t$(CXX) $^ $(LDLIBS) -o $@
clean:
\t$(RM) -r *.o *.d program *.weave
-include main.d plain.d
"""
)


def check(**variables):
    def make():
        printed = project.run("make", "-j2", *(f"{name}={value}" for name, value in variables.items()), WEAVE_CXX=compiler)
        return {name for name in ("main.cpp", "plain.cpp") if f" {name}" in printed}

    project.run("make", "clean")
    project.expect(make() == {"main.cpp", "plain.cpp"}, "everything is compiled")
    project.expect_printed("./program")
    project.expect(project.is_woven("main.o") and not project.is_woven("plain.o"), "main.cpp alone is woven")
    project.expect(make() == set(), "nothing is compiled when nothing changed")
    os.utime("lib/sum.h")
    project.expect(make() == {"main.cpp"}, "the users of a header are compiled when it changes, and nothing else")
    text = Path("main.d").read_text()
    project.expect("lib/sum.h" in text and ".weave/" not in text, "dependencies name the user's files")
    # What cannot be compiled leaves the old object alone, and is compiled when it is mended.
    right = Path("lib/sum.h").read_text()
    Path("lib/sum.h").write_text(right.replace("weave spawn", "weave spwan"))
    project.expect(os.system("make CXX='%s' > make.log 2>&1" % variables["CXX"]) != 0, "an error stops make")
    Path("lib/sum.h").write_text(right)
    project.expect(make() == {"main.cpp"}, "what failed is compiled again")
    project.expect_printed("./program")


check(CXX=f"{tools}/weave++")
check(CXX=f"{tools}/weavec {compiler}", LDLIBS=f"{library} -pthread")
