// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dataflow/graph.h"

#include "closures.h"
#include "surroundings.h"

#include <algorithm>
#include <new>
#include <utility>

namespace weave::detail {
namespace {

edge closed{nullptr, nullptr}; // in place of a list: its task is done

// Offers the task when it has all its turns. Each one is passed on in this order by all, so that none who has one waits
// for another in a circle.
void take_turns(graph_task &task) noexcept {
  while (task.taken != task.claim_count) {
    claim &next = task.claims[task.taken];
    if (!next.of->take(next))
      return; // who passes it on goes on from there
    ++task.taken;
  }
  offer(*current, task);
}

void pass_turns(graph_task &task) noexcept {
  for (std::uint32_t i = 0; i != task.claim_count; ++i)
    if (claim *const next = task.claims[i].of->pass()) {
      ++next->task->taken;
      take_turns(*next->task);
    }
}

void arrive(graph_task &successor) noexcept {
  WEAVE_ASSERT(glance(successor.missing) != 0, "a predecessor counts once");
  if (successor.missing.fetch_sub(1, memory_order_acq_rel) == 1)
    take_turns(successor);
}

// False if the predecessor is done already.
bool push(graph_task &predecessor, edge &edge) noexcept {
  edge.next = predecessor.successors.load(memory_order_acquire);
  while (edge.next != &closed)
    if (predecessor.successors.compare_exchange_weak(edge.next, &edge, memory_order_release, memory_order_acquire))
      return true;
  return false;
}

failure failure_of(const task &done) { return {done.error, done.at.tasks}; }

// Throws what came earlier, or else what the task throws.
void run_at_once(graph_task &task, failure first = {nullptr, 0}) {
  run_task(task);
  if (!first.error)
    first = failure_of(task);
  destroy_task(task);
  if (first.error)
    throw_failure(std::move(first));
}

} // namespace

void graph_task::finished() noexcept {
  task::finished();
  pass_turns(*this);
  WEAVE_ASSERT(glance(successors) != &closed, "a task with successors ends once");
  edge *waiting = successors.exchange(&closed, memory_order_acq_rel);
  while (waiting) {
    graph_task &successor = *waiting->successor;
    waiting = waiting->next; // before the successor may run, finish and be freed with its edges
    arrive(successor);
  }
}

graph::~graph() {
  join(0);
  WEAVE_ASSERT(tasks_.empty(), "a graph ends when all of it is joined");
}

graph *graph::make(worker_base &owner, std::uint64_t created) noexcept {
  void *memory = allocate_task(owner, sizeof(graph), alignof(graph));
  if (!memory)
    return nullptr;
  try {
    return ::new (memory) graph(owner, created);
  } catch (const std::bad_alloc &) {
    free_task(owner, memory, sizeof(graph), alignof(graph));
    return nullptr;
  }
}

void graph::destroy(graph *ended) noexcept {
  worker_base &owner = ended->owner_;
  ended->~graph();
  free_task(owner, ended, sizeof(graph), alignof(graph));
}

bool graph::find(operand_list operands) noexcept {
  if (operands.count == operand_set::unknown)
    return false;
  try {
    accesses_.find(operands);
    return true;
  } catch (const std::bad_alloc &) {
    return false;
  }
}

void graph::wait_for_found() noexcept {
  for (graph_task *earlier : accesses_.before())
    wait(owner_, *earlier);
  if (!accesses_.has_excluded())
    return;
  try {
    for (graph_task *excluded : accesses_.excluded())
      wait(owner_, *excluded);
  } catch (const std::bad_alloc &) {
    finish();
  }
}

// Enters the task in the lists of its predecessors, and makes its claims. False, with nothing entered, if there is no
// memory.
bool graph::connect(graph_task &task) noexcept {
  WEAVE_ASSERT(!task.edges && !task.claims, "a task is connected once");
  const std::vector<graph_task *> &before = accesses_.before();
  const std::vector<area *> &turns = accesses_.turns();
  if (!turns.empty()) {
    task.claims = static_cast<claim *>(allocate_task(owner_, turns.size() * sizeof(claim), alignof(claim)));
    if (!task.claims)
      return false;
    task.claim_count = static_cast<std::uint32_t>(turns.size());
    for (std::uint32_t i = 0; i != task.claim_count; ++i)
      ::new (&task.claims[i]) claim{&task, &turns[i]->exclusive, nullptr};
  }
  if (before.empty())
    return true;
  task.edges = static_cast<edge *>(allocate_task(owner_, before.size() * sizeof(edge), alignof(edge)));
  if (!task.edges)
    return false;
  task.edge_count = static_cast<std::uint32_t>(before.size());
  task.missing.store(1 + task.edge_count, memory_order_relaxed);
  std::uint32_t already_done = 0;
  for (std::uint32_t i = 0; i != task.edge_count; ++i)
    already_done += !push(*before[i], *::new (&task.edges[i]) edge{&task, nullptr});
  task.missing.fetch_sub(already_done, memory_order_relaxed); // not the last: the owner's own is still to come
  return true;
}

void graph::add(graph_task &task) {
  WEAVE_ASSERT(glance(task.missing) == 1, "a task that is added waits for its owner alone");
  try {
    tasks_.push_back({created_, &task});
    ++created_;
  } catch (const std::bad_alloc &) { // run it here and now, after all that precedes it
    failure earlier = join(0);
    return run_at_once(task, std::move(earlier));
  }
  bool complete = connect(task);
  if (!complete)
    wait_for_found();
  try {
    accesses_.record(task);
  } catch (const std::bad_alloc &) { // later tasks would not know of it: let there be none while it runs
    complete = false;
  }
  arrive(task);
  if (!complete)
    wait(owner_, task);
}

void graph::throttle() {
  if (tasks_.size() < most_tasks)
    return;
  for (std::size_t i = 0; i != most_tasks / 2; ++i)
    wait(owner_, *tasks_[i].task);
  accesses_.forget_done();
  for (std::size_t i = 0; i != most_tasks / 2; ++i) {
    const auto [number, task] = tasks_.front();
    if (task->error && !first_.error) {
      first_ = failure_of(*task);
      failed_ = number;
    }
    retire(*task);
    tasks_.pop_front();
  }
}

failure graph::join(std::uint64_t first) noexcept {
  WEAVE_ASSERT(first <= created_, "a frame of a graph joins tasks that were made");
  const auto begin =
      std::partition_point(tasks_.begin(), tasks_.end(), [&](const numbered &each) { return each.number < first; });
  failure earliest{nullptr, 0};
  if (failed_ >= first)
    std::swap(earliest, first_);
  for (auto each = begin; each != tasks_.end(); ++each) {
    wait(owner_, *each->task);
    if (!earliest.error)
      earliest = failure_of(*each->task);
  }
  accesses_.forget_done();
  std::for_each(begin, tasks_.end(), [&](const numbered &each) { retire(*each.task); });
  tasks_.erase(begin, tasks_.end());
  return earliest;
}

failure graph::wait_for(const handle &awaited) noexcept {
  failure first{nullptr, 0};
  for (const numbered &each : tasks_)
    if (each.task->bound == &awaited) {
      wait(owner_, *each.task);
      failure thrown = failure_of(*each.task);
      each.task->error = nullptr;
      if (!first.error)
        first = std::move(thrown);
    }
  return first;
}

void graph::finish() noexcept {
  for (const numbered &each : tasks_)
    wait(owner_, *each.task);
}

void graph::retire(graph_task &task) noexcept {
  WEAVE_ASSERT(glance(task.state) == progress::done, "a graph frees what is done");
  WEAVE_ASSERT(glance(task.missing) == 0, "what is done waited for nothing");
  WEAVE_ASSERT(task.taken == task.claim_count, "what is done had its turns");
  if (task.edges)
    free_task(owner_, task.edges, task.edge_count * sizeof(edge), alignof(edge));
  if (task.claims)
    free_task(owner_, task.claims, task.claim_count * sizeof(claim), alignof(claim));
  destroy_task(task);
}

worker_base *graph_frame::prepare(operand_list operands) {
  graph *const made = root_->graph_;
  if (!made)
    return worker_for_task();
  made->throttle();
  if (!made->find(operands)) {
    made->finish();
    return nullptr;
  }
  if (made->must_wait())
    return &made->owner();
  return task_wanted() ? worker_for_task() : nullptr;
}

bool graph_frame::make_task(const operand *first, std::size_t count, const closure_type &type, void *closure,
                            handle *bound) {
  const operand_list operands{first, count};
  worker_base *worker = prepare(operands);
  if (!worker)
    return false;
  auto *made = closure_task<graph_task>::make(*worker, type, closure);
  if (!made) {
    if (root_->graph_)
      root_->graph_->wait_for_found();
    return false;
  }
  if (bound) {
    made->bound = bound;
    handle_access::begin(*bound);
  }
  add(*made, operands);
  return true;
}

void graph_frame::add(graph_task &task, operand_list operands) {
  exceptions_ = std::uncaught_exceptions();
  if (!root_->graph_) {
    root_->graph_ = graph::make(*task.owner, root_->joined_);
    if (root_->graph_ && !root_->graph_->find(operands))
      graph::destroy(std::exchange(root_->graph_, nullptr));
  }
  task.at.tasks = ++here.tasks;
  if (root_->graph_)
    root_->graph_->add(task);
  else
    run_at_once(task);
}

void graph_frame::wait_for_conflicts(const operand *first, std::size_t count) {
  graph *const made = root_->graph_;
  if (!made)
    return;
  if (made->find({first, count}))
    made->wait_for_found();
  else
    made->finish();
}

std::uint64_t graph_frame::created() const { return graph_ ? graph_->created() : joined_; }

failure graph_frame::join_graph() noexcept {
  WEAVE_ASSERT(root_->graph_, "there is a graph to join");
  failure first = root_->graph_->join(first_);
  if (root_ == this) {
    joined_ = graph_->created();
    graph::destroy(std::exchange(graph_, nullptr));
  }
  return first;
}

void graph_frame::join() {
  if (failure first = join_graph(); first.error)
    throw_failure(std::move(first));
}

void graph_frame::join(const handle &awaited) {
  if (failure first = root_->graph_->wait_for(awaited); first.error)
    throw_failure(std::move(first));
}

void graph_frame::leave() {
  failure first = join_graph();
  if (first.error && std::uncaught_exceptions() <= exceptions_)
    throw_failure(std::move(first));
}

void graph_frame::rethrow() {
  WEAVE_ASSERT(std::current_exception(), "a frame throws on inside a handler");
  if (root_->graph_)
    if (failure first = join_graph(); first.error && !handled_precedes(first.task))
      throw_failure(std::move(first));
  std::rethrow_exception(std::current_exception());
}

// What the tasks threw waits for `rethrow` if an exception passes.
void graph_frame::end_borrowing() {
  if (std::uncaught_exceptions() > exceptions_)
    root_->graph_->finish();
  else
    join();
}

} // namespace weave::detail
