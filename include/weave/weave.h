// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The one include. Parallel when the tool compiles the unit (__WEAVE__) or the unit links the runtime (WEAVE_PARALLEL),
// otherwise the serial projection.
#pragma once

#if defined(__WEAVE__) || defined(WEAVE_PARALLEL)
#include "event.h"
#include "future.h"
#include "runtime.h"
#include "woven.h"
#else
#include "serial.h"
#endif
#include "algorithms.h"
