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

void worker::run_recorded(task &running, observe::what how) noexcept {
  // It may be another's, and gone, when it is done.
  const site *const where = site_of(running);
  const auto *const owner = static_cast<worker *>(running.owner);
  const platform::ticks begin = platform::read_ticks();
  if (run_task(running))
    observed_.records()->add({begin, platform::read_ticks(), where, &running, how, owner ? owner->index() : index_});
}

void worker::record_joined(const task &awaited) noexcept {
  const auto *const thief = static_cast<worker *>(awaited.thief.load(memory_order_relaxed));
  const platform::ticks now = platform::read_ticks();
  if (thief && thief != this)
    observed_.records()->add({now, now, nullptr, &awaited, observe::what::joined, thief->index()});
}

static observe::recorder *records_of_this_thread() noexcept {
  worker_base *const mine = current;
  return mine->record ? static_cast<worker *>(mine)->observed().records() : nullptr;
}

// A thread that is no worker yet may become one meanwhile.
observed_loop::observed_loop(const loop &of) noexcept
    : where_(of.options.where), begin_(!current->record || records_of_this_thread() ? platform::read_ticks() : 0) {}

observed_loop::~observed_loop() {
  if (observe::recorder *records = begin_ ? records_of_this_thread() : nullptr)
    records->add({begin_, platform::read_ticks(), where_, nullptr, observe::what::loop, 0});
}

} // namespace weave::detail
