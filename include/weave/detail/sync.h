// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The seam: every atomic of the runtime goes through this alias, so that a model checker can take its place (test/model).
#pragma once

#ifdef WEAVE_MODEL_CHECK
#include "checker/sync.h"
#endif

#include <atomic>

namespace weave::detail {
#ifdef WEAVE_MODEL_CHECK
using model::atomic;
#else
template <class T> using atomic = std::atomic<T>;
#endif
using std::memory_order_acq_rel;
using std::memory_order_acquire;
using std::memory_order_relaxed;
using std::memory_order_release;
using std::memory_order_seq_cst;
} // namespace weave::detail
