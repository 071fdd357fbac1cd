// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What the text that the tool writes needs, in front of every woven unit: so it includes little. The library interface is in weave.h.
#pragma once

#include "clauses.h"
#include "depend.h"
#include "detached.h"
#include "handle.h"
#include "join.h"
#include "load_balance.h"
#include "loop.h"
#include "region.h"
#include "reproducible.h"
#include "scope.h"
#include "staged.h"
#include "value.h"

#ifdef __WEAVE_OPENMP__
#include "detail/openmp.h"
#endif
