# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""configure CXX=weave++ and configure CXX="weavec g++", beside the sources: the checks of configure, automake's own dependencies, a static library."""

import os
import sys
from pathlib import Path

import project

tools, compiler, library, folder = sys.argv[1:]
project.make(folder)
Path("configure.ac").write_text(
    """AC_INIT([consumer], [1])
AM_INIT_AUTOMAKE([foreign subdir-objects])
AC_PROG_CXX
AC_PROG_RANLIB
AM_PROG_AR
AC_LANG([C++])
AC_CHECK_HEADERS([vector])
AC_CHECK_FUNCS([clock_gettime no_such_function])
AC_CONFIG_FILES([Makefile])
AC_OUTPUT
"""
)
Path("Makefile.am").write_text(
    """bin_PROGRAMS = program
program_SOURCES = main.cpp lib/sum.h lib/table.h
program_LDADD = libplain.a
noinst_LIBRARIES = libplain.a
libplain_a_SOURCES = plain.cpp
"""
)
project.run("autoreconf", "--install")


def check(name, **variables):
    out = Path(folder, name)
    out.mkdir()
    os.chdir(out)
    flags = {"CXXFLAGS": "-std=c++17 -O1 -Wall -Wextra", **variables}
    said = project.run("../configure", *(f"{each}={value}" for each, value in flags.items()), WEAVE_CXX=compiler)
    for answer in (
        "accepts -g... yes",
        "compiler supports GNU C++... yes",
        "dependency style of {}... gcc3",
        "for vector... yes",
        "for clock_gettime... yes",
        "for no_such_function... no",
    ):
        answer = answer.format(variables["CXX"])
        project.expect(answer in said, f"configure says '{answer}'; it says\n{said}")

    def make():
        printed = project.run("make", "-j2", "V=1", WEAVE_CXX=compiler)
        return {each for each in ("main.cpp", "plain.cpp") if f" ../{each}" in printed}

    project.expect(make() == {"main.cpp", "plain.cpp"}, "everything is compiled")
    project.expect_printed("./program")
    project.expect(project.is_woven("main.o") and not project.is_woven("plain.o"), "main.cpp alone is woven")
    project.expect(make() == set(), "nothing is compiled when nothing changed")
    os.utime("../lib/sum.h")
    project.expect(make() == {"main.cpp"}, "the users of a header are compiled when it changes, and nothing else")


check("by-name", CXX=f"{tools}/weave++")
check("in-front", CXX=f"{tools}/weavec {compiler}", LIBS=f"{library} -pthread")
