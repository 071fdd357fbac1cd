// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Models: small programs that run the real runtime, built with the checker's atomics and threads and with small limits.
#pragma once

#include "checker/explore.h"
#include "checker/sync.h"
#include "runtime.h"
#include "weave/runtime.h"
#include "weave/weave.h"

#include <gtest/gtest.h>

namespace weave::detail {

/// What no other code may see or do.
struct inspection {
  // Not watched: that its thread writes this is no race of the program.
  [[gnu::noipa, gnu::no_sanitize("thread")]] static bool has_trimmed(const worker &inspected) {
    return inspected.trimmed_ == inspected.home_.trims();
  }
  /// One look of a thief at all others. Whether there is something.
  static bool finds(worker &thief) {
    thief.met_bias_ = thief.met_kept_ = false;
    return thief.ask_others() != nullptr || thief.met_kept_;
  }
  /// Whether one of them may have something that it did not see.
  static bool must_fence(const worker &thief) { return thief.met_bias_; }
};

} // namespace weave::detail

namespace weave::model {

/// Every execution of `program` as the first thread of a runtime, from the start of its helpers to their end.
template <class Program> result explore_program(bounds bounds, unsigned workers, Program program) {
  return explore(bounds, [=] {
    runtime all({workers});
    program();
  });
}

/// The runtime of the calling thread, which is a worker of it.
inline detail::runtime &home() { return static_cast<detail::worker &>(*detail::current).home(); }

/// A thread that is no worker, so that it sleeps on a parking of its own, and runs at once what it makes ready.
template <class F> thread outside(F f) {
  return thread([f] {
    detail::current = &detail::loner;
    f();
  });
}

/// A further thread of the program, which is a worker of that runtime meanwhile.
template <class F> thread enrolled(detail::runtime &in, F f) {
  return thread([&in, f] {
    detail::worker *mine = in.enrol();
    check(mine, "there is a place");
    detail::current = mine;
    f();
    in.retire(*mine);
  });
}

#define WEAVE_EXPECT_HOLDS(...)                                                                                        \
  do {                                                                                                                 \
    const ::weave::model::result found = __VA_ARGS__;                                                                  \
    EXPECT_FALSE(found.failed()) << found;                                                                             \
  } while (false)

} // namespace weave::model
