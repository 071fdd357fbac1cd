# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""add_subdirectory and FetchContent of this source tree. The tool is not built again: that of the build is used."""

import sys
from pathlib import Path

import project

build, compiler, folder = sys.argv[1:]
source = Path(__file__).resolve().parents[4]
WAYS = {
    "subdirectory": f"add_subdirectory({source} weave)",
    "fetch": f"""include(FetchContent)
FetchContent_Declare(Weave SOURCE_DIR {source})
FetchContent_MakeAvailable(Weave)""",
}
for name, way in WAYS.items():
    project.make(Path(folder) / name)
    Path("CMakeLists.txt").write_text(
        f"""cmake_minimum_required(VERSION 3.25)
project(consumer CXX)
set(CMAKE_CXX_STANDARD 17)
set(WEAVE_PREBUILT_TOOL {build}/bin/weavec)
{way}
add_executable(program main.cpp plain.cpp)
weave_target(program)
"""
    )
    project.run(*["cmake", "-G", "Ninja", "-S", ".", "-B", "out", f"-DCMAKE_CXX_COMPILER={compiler}"])
    cache = Path("out/CMakeCache.txt").read_text()
    project.expect("CMAKE_BUILD_TYPE:STRING=\n" in cache, f"{name}: the build type is the project's own")
    project.run("cmake", "--build", "out", "-j", "2", "--target", "program")
    (program,) = [path for path in Path("out").rglob("program") if path.is_file()]
    project.expect_printed(program.resolve())
    project.expect(project.is_woven("out/CMakeFiles/program.dir/main.cpp.o"), f"{name}: main.cpp is woven")
