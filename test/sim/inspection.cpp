// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "inspection.h"

#include "allocations.h"

#include <algorithm>
#include <string>

namespace weave::sim {

void watch::look() {
  const nanoseconds now = processors.now();
  nanoseconds longest = 0; // how long somebody has slept who would take any task
  for (unsigned i = 1; i < home_.workers() && i < processors.threads(); ++i)
    if (const nanoseconds since = processors.asleep_since(i); since && detail::inspection::takes_any(*home_.participant(i)))
      longest = std::max(longest, now - since);
  workers_.resize(std::max<std::size_t>(workers_.size(), home_.participants()));
  for (unsigned i = 0; i != workers_.size(); ++i) {
    const detail::worker *each = home_.participant(i);
    if (!each)
      continue;
    workers_[i].slots.resize(detail::inspection::slots);
    bool offers = false;
    for (std::size_t slot = 0; slot != detail::inspection::slots; ++slot) {
      const void *task = detail::inspection::offered(*each, slot);
      sight &known = workers_[i].slots[slot];
      if (task != known.task)
        known = {task, now};
      if (!task)
        continue;
      offers = true;
      known.since = std::max(known.since, born(task));
      if (std::min(now - known.since, longest) > patience_)
        processors.fail("worker " + std::to_string(i) + " has had a task on offer for " + std::to_string(now - known.since) +
                        " ns, while another sleeps");
    }
    if (offers || each->wanted.load() || !each->shares)
      workers_[i].deaf = now;
    else if (std::min(now - workers_[i].deaf, longest) > patience_)
      processors.fail("worker " + std::to_string(i) + " has had nothing on offer for " + std::to_string(now - workers_[i].deaf) +
                      " ns and does not know that others want tasks");
  }
}

} // namespace weave::sim
