// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MIDDLE_H
#define MIDDLE_H
#include "lib/parallel.h"
#endif
