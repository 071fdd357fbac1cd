// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The first thing in a woven module unit: opens its global module fragment, in which alone it may include.
module;
#include <weave/woven.h>
