# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Warnings for our own targets; what users link does not inherit them.

add_library(weave_options INTERFACE)
target_compile_options(weave_options INTERFACE -Wall -Wextra -Wno-unknown-pragmas)
