// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "weave/batch.h"

#include "runtime.h"
#include "worker.h"

#include <algorithm>
#include <bit>

namespace weave::detail {
namespace {

/// What is left of a batch, on offer while somebody works on it: whoever runs this claims members too.
struct share final : task {
  share(batch &of, worker_base &owner, std::size_t bytes, std::size_t alignment) noexcept
      : task(&run_share, owner, bytes, alignment), of(of) {}

  static void run_share(task &self) noexcept { static_cast<share &>(self).of.work(); }

  batch &of;
};

// Asked for or not, since the next member may take long. Null if nobody can take it. Its number makes it nobody's descendant: the members that are left come later in
// serial order than those that run.
share *offer_share(batch &of, worker &mine) noexcept {
  share *made = mine.shares && !mine.home().orphaned() ? make_task<share>(mine, of) : nullptr;
  if (made)
    mine.send(*made);
  return made;
}

void end_share(share &offered) noexcept {
  if (!take_back(*offered.owner, offered))
    wait(*offered.owner, offered);
  destroy_task(offered);
}

} // namespace

void *batch::place_in(task &newest, member_function run_member, std::size_t member_bytes) noexcept {
  if (newest.run != &run_batch)
    return nullptr;
  auto &open = static_cast<batch &>(newest);
  const bool takes = open.run_member == run_member && open.member_bytes == member_bytes && open.added != open.capacity &&
                     open.at.tasks + open.added - 1 == here.tasks;
  return takes ? open.member(open.added) : nullptr;
}

bool batch::add_to(task &newest) noexcept {
  auto &open = static_cast<batch &>(newest);
  std::uint32_t before = open.added;
  if (!open.members.compare_exchange_strong(before, before + 1, memory_order_release, memory_order_relaxed))
    return false;
  ++here.tasks;
  if (++open.added == open.capacity)
    static_cast<worker &>(*open.owner).batch_is_full();
  return true;
}

bool batch::is_filling(const task &newest) noexcept {
  if (newest.run != &run_batch)
    return false;
  auto &open = static_cast<const batch &>(newest);
  return open.added != open.capacity;
}

void batch::work() noexcept {
  const std::uint32_t count = members.fetch_or(closed, memory_order_acquire) & ~closed;
  auto &mine = static_cast<worker &>(*current);
  const auto begun = platform::clock::now();
  share *offered = nullptr;
  std::uint32_t ran = 0;
  for (std::uint32_t next = 0, end = 0;; ++next, ++ran) {
    if (next == end) {
      const std::uint32_t most = protocol::claim(ran, platform::clock::now() - begun);
      next = claimed.fetch_add(most, memory_order_relaxed);
      end = std::min(next + most, count);
      if (next >= end)
        break;
    }
    if (!offered && end < count)
      offered = offer_share(*this, mine);
    run_member(*this, next);
  }
  if (offered)
    end_share(*offered);
  mine.ran_members(ran);
}

void batch::run_batch(task &self) noexcept {
  auto &me = static_cast<batch &>(self);
  me.work();
  for (std::uint64_t left = me.failed.load(memory_order_relaxed); left != 0; left &= left - 1) {
    const auto index = static_cast<std::uint32_t>(std::countr_zero(left));
    auto &thrown = *static_cast<std::exception_ptr *>(me.member(index));
    if (!me.error) {
      me.error = std::move(thrown);
      me.failed_member = index;
    }
    thrown.~exception_ptr();
  }
}

std::uint32_t next_batch(worker_base &owner) noexcept { return static_cast<worker &>(owner).next_batch(); }

} // namespace weave::detail
