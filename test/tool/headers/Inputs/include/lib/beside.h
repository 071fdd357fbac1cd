// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
inline const char *beside_file() { return __FILE__; }
