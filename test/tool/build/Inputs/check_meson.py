# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""meson with CXX=weave++, and with an installation that pkg-config finds: a program, and a shared library that spawns."""

import os
import sys
from pathlib import Path

import project

build, tools, compiler, folder = sys.argv[1:]
project.make(folder)
Path("meson.build").write_text(
    """project('consumer', 'cpp', default_options: ['cpp_std=c++17', 'warning_level=3', 'werror=true'])
plain = static_library('plain', 'plain.cpp')
executable('program', 'main.cpp', link_with: plain)
shared_table = shared_library('table', 'plain.cpp', 'user.cpp')
executable('shared', 'main.cpp', link_with: shared_table)
"""
)
Path("user.cpp").write_text('#include "lib/table.h"\nlong all(const long *first, const long *last) { return sum(first, last); }\n')

project.run("meson", "setup", "by-name", CXX=f"{tools}/weave++", WEAVE_CXX=compiler)
project.run("meson", "compile", "-C", "by-name", WEAVE_CXX=compiler)
project.expect_printed("by-name/program")
project.expect_printed("by-name/shared")
objects = {path.name: project.is_woven(path) for path in Path("by-name").rglob("*.o")}
project.expect(objects["main.cpp.o"] and objects["user.cpp.o"] and not objects["plain.cpp.o"], "what has directives is woven")

# weavec in front of the compiler, and what is linked by pkg-config.
prefix = Path(folder, "prefix")
project.run("cmake", "--install", build, "--prefix", prefix)
Path("meson.build").write_text(
    """project('consumer', 'cpp', default_options: ['cpp_std=c++17'])
weave = dependency('weave', version: '>=0.1')
executable('program', 'main.cpp', 'plain.cpp', dependencies: weave)
"""
)
found = next(prefix.rglob("weave.pc")).parent
project.run("meson", "setup", "in-front", CXX=f"{prefix}/bin/weavec {compiler}", PKG_CONFIG_PATH=str(found))
project.run("meson", "compile", "-C", "in-front")
project.expect_printed("in-front/program")
