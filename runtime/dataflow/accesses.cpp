// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dataflow/accesses.h"

#include <algorithm>
#include <functional>

namespace weave::detail {
namespace {

bool done(const graph_task *task) { return task->state.load(memory_order_acquire) == progress::done; }

void forget(std::vector<graph_task *> &tasks) noexcept {
  tasks.erase(std::remove_if(tasks.begin(), tasks.end(), done), tasks.end());
}

/// Whether the tasks that use an area in this way follow each other in no order.
bool share(access mode) { return mode != access::write; }

} // namespace

void accesses::add(const std::vector<graph_task *> &tasks, std::vector<graph_task *> &to) {
  for (graph_task *task : tasks)
    if (task->found_by != search_ && !done(task)) {
      task->found_by = search_;
      to.push_back(task);
    }
}

void accesses::look(area &at, access mode) {
  if (mode != at.kind || !share(mode))
    return add(at.current, before_);
  add(at.previous, before_);
  if (mode != access::commute)
    return;
  excludes_ = excludes_ || !std::all_of(at.current.rbegin(), at.current.rend(), done); // the newest ones are done last
  if (std::find(turns_.begin(), turns_.end(), &at) == turns_.end())
    turns_.push_back(&at);
}

// If most of what was named was new, more areas may have to be kept until they are named again; and if the most that it
// keeps are too few for that, the fewest cost least.
void accesses::drop_idle() noexcept {
  forget_done();
  areas_.drop_idle();
  const bool mostly_new = named_ < 2 * most_areas_;
  named_ = 0;
  if (mostly_new && rests_ != 0)
    --rests_;
  else if (mostly_new && kept_ < most_kept)
    kept_ *= 4;
  else if (mostly_new)
    kept_ = fewest_areas, rests_ = rest;
  most_areas_ = std::max(kept_, 2 * areas_.size());
}

void accesses::find(operand_list operands) {
  if (areas_.size() >= most_areas_)
    drop_idle();
  named_ += operands.count;
  ++search_;
  uses_.clear(), before_.clear(), turns_.clear();
  excludes_ = false;
  for (const operand &named : operands) {
    if (named.bytes == 0)
      continue;
    area &found = areas_.of(bytes_of(named));
    uses_.push_back({&found, named.mode});
    look(found, named.mode);
    areas_.each_overlapping(found, [&](area &other) { look(other, named.mode); });
    if (named.mode == access::commute && std::find(turns_.begin(), turns_.end(), &found) == turns_.end())
      turns_.push_back(&found);
  }
  std::sort(turns_.begin(), turns_.end(), std::less<area *>());
}

std::vector<graph_task *> accesses::excluded() {
  std::vector<graph_task *> found;
  ++search_;
  const auto look_at = [&](area &at) {
    if (at.kind == access::commute)
      add(at.current, found);
  };
  for (const use &each : uses_)
    if (each.mode == access::commute) {
      look_at(*each.of);
      areas_.each_overlapping(*each.of, look_at);
    }
  return found;
}

void accesses::keep(area &used) {
  if (used.live)
    return;
  live_.push_back(&used);
  used.live = true;
}

void accesses::record(graph_task &task) {
  for (area *each : turns_) {
    keep(*each);
    each->take_turns.push_back(&task);
  }
  for (const auto &[at, mode] : uses_) {
    keep(*at);
    if (mode == at->kind && share(mode)) {
      at->current.push_back(&task);
    } else {
      at->previous.swap(at->current);
      at->current.assign(1, &task);
      at->kind = mode;
    }
    if (mode == access::write && at->what.is_contiguous()) // the task waits for all that used what lies inside, and
                                                           // whoever waits for that waits for the task
      areas_.each_overlapping(*at, [&, outer = at](area &other) {
        if (other.what.begin >= outer->what.begin && other.end <= outer->end &&
            (other.current.empty() || other.current.back() != &task))
          other.current.clear(), other.previous.clear();
      });
  }
}

void accesses::forget_done() noexcept {
  live_.erase(std::remove_if(live_.begin(), live_.end(),
                             [](area *each) {
                               forget(each->current);
                               forget(each->previous);
                               forget(each->take_turns);
                               each->live =
                                   !each->current.empty() || !each->previous.empty() || !each->take_turns.empty();
                               return !each->live;
                             }),
              live_.end());
}

} // namespace weave::detail
