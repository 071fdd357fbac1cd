// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "checker/explore.h"
#include "checker/sync.h"

#include <gtest/gtest.h>

#include <functional>
#include <set>
#include <vector>

namespace weave::model {

/// The values that the loads of a litmus test returned.
using outcome = std::vector<int>;

constexpr bounds four_threads{2, 2}; // enough for the outcomes looked for there

/// Runs functions as threads of the model, and waits for all.
template <class... F> void in_parallel(F &&...f) {
  thread started[] = {thread(std::forward<F>(f))...};
  for (thread &each : started)
    each.join();
}

/// Every outcome of a litmus test, by default with more preemptions and stale reads than any takes.
inline std::set<outcome> outcomes(const std::function<outcome()> &test, bounds bounds = {4, 4}) {
  std::set<outcome> found;
  const result result = explore(bounds, [&] { found.insert(test()); });
  EXPECT_FALSE(result.failed()) << result;
  return found;
}

constexpr order relaxed = order::relaxed, acquire = order::acquire, release = order::release, acq_rel = order::acq_rel,
                seq_cst = order::seq_cst;

} // namespace weave::model
