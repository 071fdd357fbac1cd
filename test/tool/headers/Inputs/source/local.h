// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
#include <middle.h>
inline const char *local_file() { return __FILE__; }
