// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The one include. Parallel when the tool compiles the unit (__WEAVE__) or the unit links the runtime (WEAVE_PARALLEL), otherwise the serial projection.
#pragma once

#if __cplusplus < 201703L
#error "Weave needs C++17 or later: compile with -std=c++17"
#endif

#if defined(__WEAVE__) || defined(WEAVE_PARALLEL)
#include "clauses.h"
#include "depend.h"
#include "detached.h"
#include "event.h"
#include "future.h"
#include "handle.h"
#include "join.h"
#include "loop.h"
#include "runtime.h"
#include "scope.h"
#include "value.h"
#else
#include "serial.h"
#endif
