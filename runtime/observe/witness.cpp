// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "observe/witness.h"

namespace weave::detail::observe {
namespace {

/// As the tool sees it.
class given_site {
public:
  explicit given_site(const site *of)
      : is_known_(of), given_(of ? weave_site{of->file, of->function, of->label, of->line} : weave_site{}) {}
  const weave_site *address() const { return is_known_ ? &given_ : nullptr; }

private:
  const bool is_known_;
  const weave_site given_;
};

} // namespace

witness::begun witness::task_begins(const site *where, std::uint32_t maker) noexcept {
  const std::uint64_t number = std::uint64_t{worker_} << 40 | ++tasks_;
  if (tool_.task_begin)
    tool_.task_begin(tool_.data, worker_, number, given_site(where).address(), maker);
  return {platform::read_ticks(), number};
}

void witness::task_ended(const begun &begun, const site *where, const void *task, what how,
                         std::uint32_t maker) noexcept {
  if (records_)
    records_->add({begun.at, platform::read_ticks(), where, task, how, maker});
  if (tool_.task_end)
    tool_.task_end(tool_.data, worker_, begun.number);
}

witness::begun witness::loop_begins(const site *where) noexcept {
  if (tool_.loop_begin)
    tool_.loop_begin(tool_.data, worker_, given_site(where).address());
  return {platform::read_ticks(), 1};
}

void witness::loop_ended(const begun &begun, const site *where) noexcept {
  if (records_)
    records_->add({begun.at, platform::read_ticks(), where, nullptr, what::loop, 0});
  if (tool_.loop_end && begun.number != 0)
    tool_.loop_end(tool_.data, worker_);
}

void witness::turned(activity before, platform::ticks since, activity next, platform::ticks at) noexcept {
  const auto idle = [](activity of) { return of == activity::searching || of == activity::sleeping; };
  if (records_ && idle(before))
    records_->add({since, at, nullptr, nullptr, before == activity::searching ? what::searching : what::sleeping, 0});
  const auto tell = [this](void (*tool)(void *, unsigned)) {
    if (tool)
      tool(tool_.data, worker_);
  };
  if (before == activity::sleeping)
    tell(tool_.sleep_end);
  if (idle(before) && !idle(next))
    tell(tool_.wait_end);
  if (!idle(before) && idle(next))
    tell(tool_.wait_begin);
  if (next == activity::sleeping)
    tell(tool_.sleep_begin);
}

void witness::woke(std::uint32_t other) noexcept {
  const platform::ticks at = platform::read_ticks();
  if (records_)
    records_->add({at, at, nullptr, nullptr, what::woke, other});
  if (tool_.woke)
    tool_.woke(tool_.data, worker_, other);
}

void witness::joined(const void *task, std::uint32_t thief) noexcept {
  const platform::ticks at = platform::read_ticks();
  if (records_)
    records_->add({at, at, nullptr, task, what::joined, thief});
}

} // namespace weave::detail::observe
