// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "loops/piece.h"

#include <algorithm>

namespace weave::detail {
namespace {

std::size_t aligned(std::size_t bytes, std::size_t alignment) { return (bytes + alignment - 1) / alignment * alignment; }

} // namespace

accumulators::layout accumulators::layout_of(const loop &of) noexcept {
  layout found{of.reduction_count * sizeof(void *), alignof(void *)};
  for (std::size_t i = 0; i != of.reduction_count; ++i) {
    const reduction_type &type = *of.reductions[i].type;
    found.bytes = aligned(found.bytes, type.alignment) + type.bytes;
    found.alignment = std::max(found.alignment, type.alignment);
  }
  return found;
}

accumulators::accumulators(const loop &of, void *where) : of_(of), addresses_(static_cast<void **>(where)) {
  WEAVE_ASSERT(reinterpret_cast<std::uintptr_t>(where) % layout_of(of).alignment == 0, "accumulators are aligned");
  std::size_t offset = of.reduction_count * sizeof(void *);
  for (std::size_t i = 0; i != of.reduction_count; ++i) {
    const reduction_clause &made = of.reductions[i];
    offset = aligned(offset, made.type->alignment);
    addresses_[i] = static_cast<std::byte *>(where) + offset;
    offset += made.type->bytes;
    try {
      made.type->make(made.clause, addresses_[i]);
    } catch (...) {
      destroy(i);
      throw;
    }
  }
}

void accumulators::destroy(std::size_t count) noexcept {
  for (std::size_t i = count; i-- != 0;)
    of_.reductions[i].type->destroy(addresses_[i]);
}

void combine(const loop &of, void *const *left, void *const *right) {
  for (std::size_t i = 0; i != of.reduction_count; ++i)
    of.reductions[i].type->combine(of.reductions[i].clause, left[i], right[i]);
}

void *piece::behind(std::size_t alignment) noexcept {
  return reinterpret_cast<std::byte *>(this) + aligned(sizeof(piece), alignment);
}

piece *piece::offer(const loop &of, function work, std::uint64_t begin, std::uint64_t end, double pace, piece *newest) {
  worker_base *worker = worker_for_task();
  if (!worker)
    return nullptr;
  const accumulators::layout values = accumulators::layout_of(of);
  const std::size_t alignment = std::max(alignof(piece), values.alignment);
  const std::size_t bytes = aligned(aligned(sizeof(piece), values.alignment) + values.bytes, alignment);
  task_memory memory{*worker, bytes, alignment};
  if (!memory.block)
    return nullptr;
  auto *made = ::new (memory.block) piece(of, work, begin, end, pace, *worker, bytes, alignment);
  memory.block = nullptr;
  made->at.tasks = ++here.tasks;
  made->previous = newest;
  detail::offer(*worker, *made);
  return made;
}

void piece::run_piece(task &self) noexcept {
  auto &me = static_cast<piece &>(self);
  run_guarded([&me] { me.work(me); }, me.error);
}

void pieces::pop() noexcept {
  WEAVE_ASSERT(top_, "a piece is joined once");
  piece *done = top_;
  top_ = static_cast<piece *>(done->previous);
  worker_base &owner = *done->owner;
  const std::size_t bytes = done->bytes, alignment = done->alignment;
  done->~piece();
  free_task(owner, done, bytes, alignment);
}

pieces::~pieces() {
  while (top_) {
    top_->take_back();
    pop();
  }
}

} // namespace weave::detail
