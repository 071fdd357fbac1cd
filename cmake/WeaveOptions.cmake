# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Warnings for our own targets; what users link does not inherit them. They are errors where the presets say so.

add_library(weave_options INTERFACE)
target_compile_options(weave_options INTERFACE -Wall -Wextra -Wno-unknown-pragmas)
# Of `"text" + std::string()` g++ 12 says, once it has inlined it, that it copies from where it writes, or more than
# there is (GCC's bug 105651).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(weave_options INTERFACE -Wno-restrict -Wno-stringop-overflow -Wno-stringop-overread
                         -Wno-array-bounds)
endif()
