# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Woven SHARED, MODULE and STATIC libraries of CMake, and pkg-config, from an installed tree."""

import os
import shutil
import sys
from pathlib import Path

import libraries
import project

build, compiler, folder = sys.argv[1:]
folder = Path(folder)
prefix = folder / "installed"
libraries.make(folder)
project.run("cmake", "--install", build, "--prefix", prefix)
Path("CMakeLists.txt").write_text(
    """cmake_minimum_required(VERSION 3.25)
project(consumer CXX)
set(CMAKE_CXX_STANDARD 17)
find_package(Weave REQUIRED)
add_library(shared SHARED library.cpp)
weave_target(shared)
add_library(plugin MODULE library.cpp)
set_target_properties(plugin PROPERTIES CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
weave_target(plugin)
add_library(static STATIC library.cpp)
weave_target(static)
foreach(kind shared static)
  add_executable(woven-${kind} woven.cpp)
  weave_target(woven-${kind})
  add_executable(plain-${kind} plain.cpp)
  target_link_libraries(woven-${kind} PRIVATE ${kind})
  target_link_libraries(plain-${kind} PRIVATE ${kind})
endforeach()
add_executable(woven-loader woven-loader.cpp)
weave_target(woven-loader)
add_executable(plain-loader plain-loader.cpp)
"""
)
project.run(
    *["cmake", "-G", "Ninja", "-S", ".", "-B", "out", f"-DCMAKE_PREFIX_PATH={prefix}", f"-DCMAKE_CXX_COMPILER={compiler}"],
    *["-DCMAKE_BUILD_TYPE=Release"],
)
project.run("cmake", "--build", "out")
for kind in "woven", "plain":
    for library in "shared", "static":
        libraries.expect_one_set(f"out/{kind}-{library}")
    libraries.expect_one_set(f"out/{kind}-loader", "out/libplugin.so", "out/libshared.so")

# By hand, where pkg-config is installed.
if shutil.which("pkg-config"):
    (pc,) = prefix.rglob("weave.pc")

    def flags(what, name):
        return project.run("pkg-config", what, name, PKG_CONFIG_PATH=str(pc.parent)).split()

    weavec = prefix / "bin" / "weavec"
    libdir = str(pc.parent.parent)
    compile = weavec, compiler, "-std=c++17", *flags("--cflags", "weave"), "-c"
    project.run(*compile, "-fPIC", "library.cpp", "-o", "library.o")
    project.run(*compile, "woven.cpp", "-o", "woven.o")
    project.run(compiler, "-shared", "library.o", "-o", "library.so", *flags("--libs", "weave-shared"))
    project.run(compiler, "woven.o", "./library.so", "-o", "program", *flags("--libs", "weave"), LD_LIBRARY_PATH=libdir)
    os.environ["LD_LIBRARY_PATH"] = libdir
    libraries.expect_one_set("./program")
