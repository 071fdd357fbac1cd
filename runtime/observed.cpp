// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a worker writes down while somebody wants to see it: of tasks that it runs, and of loops.
#include "observed.h"

#include "batch.h"
#include "closures.h"
#include "dataflow/graph_task.h"
#include "loops/observed_loop.h"
#include "loops/piece.h"
#include "runtime.h"
#include "surroundings.h"
#include "worker.h"

namespace weave::detail {

const site *site_of(const task &of) noexcept {
  if (of.is_direct())
    return static_cast<const direct_task &>(of).type->where;
  if (of.run == &closure_task<task>::run_closure)
    return static_cast<const closure_task<task> &>(of).type.where;
  if (of.run == &closure_task<graph_task>::run_closure)
    return static_cast<const closure_task<graph_task> &>(of).type.where;
  if (const site *found = batch::site_of(of))
    return found;
  if (const site *found = piece::site_of(of))
    return found;
  return site_of_detached(of);
}

void worker::run_seen(task &running, observe::what how) noexcept {
  // It may be another's, and gone, when it is done.
  const site *const where = site_of(running);
  const auto *const owner = static_cast<worker *>(running.owner);
  const unsigned maker = owner ? owner->index() : index_;
  if (running.is_future() && !static_cast<future_task &>(running).can_begin())
    return; // another thread has begun it
  const observe::witness::begun begun = observed_.seen_by()->task_begins(where, maker);
  run_task(running);
  observed_.seen_by()->task_ended(begun, where, &running, how, maker);
}

void worker::tell_of_join(const task &awaited) noexcept {
  const auto *const thief = static_cast<worker *>(awaited.thief.load(memory_order_relaxed));
  if (thief && thief != this)
    observed_.seen_by()->joined(&awaited, thief->index());
}

static observe::witness *witness_of_this_thread() noexcept {
  worker_base *const mine = current;
  return mine->record ? static_cast<worker *>(mine)->observed().seen_by() : nullptr;
}

// A thread that is no worker yet may become one meanwhile.
observed_loop::observed_loop(const loop &of) noexcept : where_(of.options.where) {
  if (observe::witness *seen_by = witness_of_this_thread())
    begun_ = seen_by->loop_begins(where_);
  else if (!current->record)
    begun_.at = platform::read_ticks();
}

observed_loop::~observed_loop() {
  if (observe::witness *seen_by = begun_.at ? witness_of_this_thread() : nullptr)
    seen_by->loop_ended(begun_, where_);
}

} // namespace weave::detail
