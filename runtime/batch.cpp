// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "batch.h"

#include "platform/floating_point.h"
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

constexpr std::size_t batch::bytes_of_member(const closure_type &type) noexcept {
  return closure_offset(std::max(type.bytes, sizeof(std::exception_ptr)), std::max(type.alignment, alignof(std::exception_ptr)));
}

batch::batch(const closure_type &type, std::uint32_t capacity, worker_base &owner, std::size_t bytes, std::size_t alignment) noexcept
    : task(&run_batch, owner, bytes, alignment), type_(type), first_member_(reinterpret_cast<std::byte *>(this) + closure_offset(sizeof(batch), alignment)),
      member_bytes_(static_cast<std::uint32_t>(bytes_of_member(type))), capacity_(capacity) {}

batch *batch::make(worker_base &owner, std::uint32_t capacity, const closure_type &type, void *closure) noexcept {
  WEAVE_ASSERT(capacity > 1 && capacity <= 64, "a batch has several members, and a bit for each");
  WEAVE_ASSERT(!type.destroy, "members of a batch need no destructor");
  const std::size_t alignment = std::max({alignof(batch), type.alignment, alignof(std::exception_ptr)});
  const std::size_t bytes = closure_offset(sizeof(batch), alignment) + capacity * bytes_of_member(type);
  void *block = allocate_task(owner, bytes, alignment);
  if (!block)
    return nullptr;
  auto *made = ::new (block) batch(type, capacity, owner, bytes, alignment);
  type.move(made->member(0), closure);
  return made;
}

bool batch::add(task &newest, const closure_type &type, void *closure) noexcept {
  if (newest.run != &run_batch)
    return false;
  auto &open = static_cast<batch &>(newest);
  if (&open.type_ != &type || open.added_ == open.capacity_ || open.at.tasks + open.added_ - 1 != here.tasks ||
      !static_cast<worker &>(*open.owner).may_extend_batch())
    return false;
  WEAVE_ASSERT(static_cast<worker &>(*open.owner).is_mine(), "only its owner adds to a batch");
  WEAVE_ASSERT(open.added_ < open.capacity_, "a batch that is added to is not full");
  type.move(open.member(open.added_), closure);
  std::uint32_t before = open.added_;
  if (!open.members_.compare_exchange_strong(before, before + 1, memory_order_release, memory_order_relaxed))
    return false;
  ++here.tasks;
  if (++open.added_ == open.capacity_)
    static_cast<worker &>(*open.owner).batch_is_full();
  return true;
}

bool batch::is_filling(const task &newest) noexcept {
  if (newest.run != &run_batch)
    return false;
  auto &open = static_cast<const batch &>(newest);
  return open.added_ != open.capacity_;
}

void batch::run_member(std::uint32_t index) noexcept {
  WEAVE_ASSERT(index < capacity_, "a member is one of its batch");
  WEAVE_ASSERT(!(glance(failed_) & std::uint64_t{1} << index), "a member runs once");
  std::exception_ptr error;
  run_guarded([&] { type_.call(member(index)); }, error);
  if (!error)
    return;
  ::new (member(index)) std::exception_ptr(std::move(error));
  failed_.fetch_or(std::uint64_t{1} << index, memory_order_relaxed);
}

void batch::work() noexcept {
  const std::uint32_t count = members_.fetch_or(closed, memory_order_acquire) & ~closed;
  WEAVE_ASSERT(count >= 1 && count <= capacity_, "a batch holds members, and no more than it has room for");
  auto &mine = static_cast<worker &>(*current);
  const auto begun = platform::clock::now();
  share *offered = nullptr;
  std::uint32_t ran = 0;
  for (std::uint32_t next = 0, end = 0;; ++next, ++ran) {
    if (next == end) {
      const std::uint32_t most = protocol::claim(ran, platform::clock::now() - begun);
      next = claimed_.fetch_add(most, memory_order_relaxed);
      end = std::min(next + most, count);
      if (next >= end)
        break;
    }
    if (!offered && end < count)
      offered = offer_share(*this, mine);
    const platform::computing_as spawned(computes); // whatever the member before it left
    run_member(next);
  }
  if (offered)
    end_share(*offered);
  mine.ran_members(ran);
}

const site *batch::site_of(const task &of) noexcept {
  if (of.run == &share::run_share)
    return static_cast<const share &>(of).of.type_.where;
  return of.run == &run_batch ? static_cast<const batch &>(of).type_.where : nullptr;
}

void batch::run_batch(task &self) noexcept {
  auto &me = static_cast<batch &>(self);
  me.work();
  for (std::uint64_t left = me.failed_.load(memory_order_relaxed); left != 0; left &= left - 1) {
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
