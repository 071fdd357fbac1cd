// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Contracts: what a caller must see to, and what must hold of a state, said in code.
#pragma once

#include "config.h"
#include "sync.h"

// On where code is tested: in debug builds and under sanitizers, as the build says, and wherever the scheduler or the
// machine is another.
#if (defined(WEAVE_CHAOS) || defined(WEAVE_SEAM)) && !defined(WEAVE_CONTRACTS)
#define WEAVE_CONTRACTS
#endif

#ifdef WEAVE_CONTRACTS
#include <cstdio>
#include <cstdlib>

namespace weave::detail {

/// What a contract looks at of a word that others may write: the newest value, by a look that is no step of the
/// program.
template <class T> T glance(const atomic<T> &word) noexcept {
#ifdef WEAVE_SEAM
  return word.glance();
#else
  return static_cast<const std::atomic<T> &>(word).load(std::memory_order_relaxed);
#endif
}

/// Ends the program, or the execution of a model, which prints its schedule.
[[noreturn]] WEAVE_COLD inline void broken_contract(const char *file, int line, const char *claim,
                                                    const char *condition) noexcept {
  char text[512];
  std::snprintf(text, sizeof text, "broken contract: %s (%s, %s:%d)", claim, condition, file, line);
#ifdef WEAVE_SEAM
  seam::fail(text);
#else
  std::fprintf(stderr, "weave: %s\n", text);
  std::abort();
#endif
}

} // namespace weave::detail

/// Stops with the claim, which names the contract, unless the condition holds. The condition has no effects, and is not
/// evaluated where contracts are off.
#define WEAVE_ASSERT(condition, claim)                                                                                 \
  (static_cast<bool>(condition) ? static_cast<void>(0)                                                                 \
                                : ::weave::detail::broken_contract(__FILE__, __LINE__, claim, #condition))
#else
#define WEAVE_ASSERT(condition, claim) static_cast<void>(0)
#endif
