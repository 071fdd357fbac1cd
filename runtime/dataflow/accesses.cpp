// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dataflow/accesses.h"

#include <algorithm>
#include <iterator>

namespace weave::detail {
namespace {

std::uintptr_t begin_of(const operand &operand) { return reinterpret_cast<std::uintptr_t>(operand.begin); }
std::uintptr_t end_of(const operand &operand) { return begin_of(operand) + operand.bytes; }

bool done(const graph_task *task) { return task->state.load(memory_order_acquire) == progress::done; }

void add(std::vector<graph_task *> &found, graph_task *task) {
  if (task && !done(task) && std::find(found.begin(), found.end(), task) == found.end())
    found.push_back(task);
}

} // namespace

void accesses::conflicts(const operand &operand, std::vector<graph_task *> &found) const {
  auto at = intervals_.upper_bound(begin_of(operand));
  if (at != intervals_.begin() && std::prev(at)->second.end > begin_of(operand))
    --at;
  for (; at != intervals_.end() && at->first < end_of(operand); ++at) {
    add(found, at->second.writer);
    if (operand.mode == access::write)
      for (graph_task *reader : at->second.readers)
        add(found, reader);
  }
}

// Makes `at` a border between intervals if it lies inside one.
void accesses::split(std::uintptr_t at) {
  auto after = intervals_.lower_bound(at);
  if (after == intervals_.begin())
    return;
  auto &[begin, inside] = *std::prev(after);
  if (inside.end <= at)
    return;
  interval right = inside;
  intervals_.emplace_hint(after, at, std::move(right));
  inside.end = at;
}

void accesses::record(const operand &operand, graph_task &task) {
  WEAVE_ASSERT(begin_of(operand) <= end_of(operand), "an operand does not wrap around");
  std::uintptr_t at = begin_of(operand);
  const std::uintptr_t end = end_of(operand);
  split(at);
  split(end);
  while (at != end) {
    auto found = intervals_.lower_bound(at);
    if (found == intervals_.end() || found->first != at) // a gap: bytes that nobody has named so far
      found = intervals_.emplace_hint(found, at, interval{found == intervals_.end() ? end : std::min(end, found->first), nullptr, {}});
    interval &bytes = found->second;
    WEAVE_ASSERT(at < bytes.end && bytes.end <= end, "an interval lies inside the operand");
    if (operand.mode == access::write) {
      bytes.writer = &task;
      bytes.readers.clear();
    } else {
      bytes.readers.push_back(&task);
    }
    at = bytes.end;
  }
}

void accesses::forget_done() {
  for (auto at = intervals_.begin(); at != intervals_.end();) {
    interval &bytes = at->second;
    if (bytes.writer && done(bytes.writer))
      bytes.writer = nullptr;
    bytes.readers.erase(std::remove_if(bytes.readers.begin(), bytes.readers.end(), done), bytes.readers.end());
    at = bytes.writer || !bytes.readers.empty() ? std::next(at) : intervals_.erase(at);
  }
}

} // namespace weave::detail
