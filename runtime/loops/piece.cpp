// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "loops/piece.h"

#include <algorithm>
#include <new>

namespace weave::detail {
namespace {

std::size_t aligned(std::size_t bytes, std::size_t alignment) { return (bytes + alignment - 1) / alignment * alignment; }

} // namespace

accumulators::layout accumulators::layout_of(const loop &of) noexcept {
  layout found{of.reduction_count * sizeof(void *), alignof(void *)};
  for (std::size_t i = 0; i != of.reduction_count; ++i) {
    const reduction_type &type = *of.reductions[i].type;
    found.bytes = aligned(found.bytes, type.alignment) + type.bytes * of.reductions[i].count;
    found.alignment = std::max(found.alignment, type.alignment);
  }
  return found;
}

bool accumulators::make(const loop &of, void *room, std::size_t given) {
  const layout needed = layout_of(of);
  if (!needed.fits(given))
    room = heap_ = ::operator new(needed.bytes, std::align_val_t(needed.alignment), std::nothrow);
  if (!room)
    return false;
  WEAVE_ASSERT(reinterpret_cast<std::uintptr_t>(room) % needed.alignment == 0, "accumulators are aligned");
  of_ = &of;
  auto **const addresses = static_cast<void **>(room);
  std::size_t offset = of.reduction_count * sizeof(void *);
  for (std::size_t i = 0; i != of.reduction_count; ++i) {
    const reduction_clause &made = of.reductions[i];
    offset = aligned(offset, made.type->alignment);
    addresses[i] = static_cast<std::byte *>(room) + offset;
    offset += made.type->bytes * made.count;
    try {
      made.type->make(made.clause, addresses[i], made.count);
    } catch (...) {
      addresses_ = addresses;
      destroy(i);
      throw;
    }
  }
  addresses_ = addresses;
  return true;
}

accumulators::~accumulators() {
  if (addresses_)
    destroy(of_->reduction_count);
  if (heap_)
    ::operator delete(heap_, std::align_val_t(layout_of(*of_).alignment));
}

void accumulators::destroy(std::size_t count) noexcept {
  for (std::size_t i = count; i-- != 0;)
    of_->reductions[i].type->destroy(addresses_[i], of_->reductions[i].count);
  addresses_ = nullptr;
}

void combine(const loop &of, void *const *left, void *const *right) {
  for (std::size_t i = 0; i != of.reduction_count; ++i)
    of.reductions[i].type->combine(of.reductions[i].clause, left[i], right[i], of.reductions[i].count);
}

piece *piece::offer(const loop &of, function work, std::uint64_t begin, std::uint64_t end, double pace, piece *newest) {
  worker_base *worker = worker_for_task();
  if (!worker)
    return nullptr;
  const accumulators::layout values = accumulators::layout_of(of);
  const std::size_t bytes = sizeof(piece) + (values.fits(room) ? aligned(values.bytes, alignof(piece)) : 0);
  void *const memory = allocate_task(*worker, bytes, alignof(piece));
  if (!memory)
    return nullptr;
  auto *made = ::new (memory) piece(of, work, begin, end, pace, *worker, bytes);
  made->at.tasks = ++here.tasks;
  made->previous = newest;
  detail::offer(*worker, *made);
  return made;
}

void piece::run_piece(task &self) noexcept {
  auto &me = static_cast<piece &>(self);
  run_guarded(
      [&me] {
        if (me.values.make(me.of, &me + 1, room))
          me.work(me);
      },
      me.error);
}

static void destroy(piece &done) noexcept {
  worker_base &owner = *done.owner;
  const std::size_t bytes = done.bytes;
  done.~piece();
  free_task(owner, &done, bytes, alignof(piece));
}

void pieces::pop() noexcept {
  WEAVE_ASSERT(top_, "a piece is joined once");
  piece *done = top_;
  top_ = static_cast<piece *>(done->previous);
  destroy(*done);
}

void pieces::combine_neighbours(const loop &of) {
  piece *near = top_;
  while (near && near->previous) {
    auto *const far = static_cast<piece *>(near->previous);
    if (!near->has_result() || !far->has_result() || of.end->is_before(far->begin)) {
      near = far;
      continue;
    }
    combine(of, near->values.addresses(), far->values.addresses());
    near->end = far->end;
    near->previous = far->previous;
    far->take_back(); // whose it was has to say that it is done
    destroy(*far);
  }
}

pieces::~pieces() {
  while (top_) {
    top_->take_back();
    pop();
  }
}

} // namespace weave::detail
