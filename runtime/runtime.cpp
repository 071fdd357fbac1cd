// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "runtime.h"

#include "platform/fences.h"
#include "platform/heap.h"
#include "platform/topology.h"
#include "protocol/limits.h"
#include "weave/runtime.h"

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <mutex>
#include <new>
#include <pthread.h>
#include <string>
#include <unistd.h>
#include <utility>

namespace weave::detail {
namespace {

// Stands for every thread that is no worker yet: its first spawn comes to `worker_for_task`, which enrols it.
constinit worker_base outsider(request::for_tasks(1), true);

// Of a thread that ends: whether a task called exit().
__thread bool ended_inside_task = false;

// Gives the worker of an enrolled thread back when the thread ends.
struct enrolment {
  worker *enrolled = nullptr;
  ~enrolment() {
    if (enrolled) {
      ended_inside_task = enrolled->inside_task();
      enrolled->home().retire(*enrolled);
    }
    current = &loner;
  }
};
thread_local enrolment of_this_thread;

runtime *start_default() {
  try {
    return new runtime(configure({}));
  } catch (const std::bad_alloc &) {
    std::fputs("weave: error: there is not enough memory to start the workers; set WEAVE_NUM_THREADS to have fewer\n", stderr);
  } catch (const std::exception &error) {
    std::fprintf(stderr, "weave: error: %s\n", error.what());
  }
  return nullptr;
}

// For a thread that is not in this process: even its handle may not be touched.
void forget(platform::thread &thread) noexcept {
  static_cast<void>(new (std::nothrow) platform::thread(std::move(thread)));
}

// The runtime that the first task starts, and in a forked child the first task there.
// Never deleted: threads that outlive main may still come. What ends at exit is the helpers.
constinit atomic<std::uintptr_t> the_default{0}; // as a number, of which every atomic has a constant initialiser
constinit platform::mutex default_mutex; // held over a fork, so that the child finds nothing half done

runtime *present_default() noexcept { return reinterpret_cast<runtime *>(the_default.load(memory_order_acquire)); }

// Not by their addresses: a program that was linked by hand may show a part of its copy of the runtime to libraries that refer to another, so that threads of both come here.
bool is_worker(const worker_base *each) { return each->record; }
bool is_outsider(const worker_base *each) { return !each->record && each->shares; }

bool exits_inside_task() {
  return ended_inside_task || (is_worker(current) && static_cast<worker *>(current)->inside_task());
}

// How many runtimes of this process wrote, or will write, a trace.
constinit atomic<unsigned> traces{0};

// Each has a file of its own, and so has a forked child.
observe::trace_file trace_of_this_process(observe::trace_file file) {
  if (!file.is_wanted())
    return file;
  if (forks != 0)
    file.name = observe::beside(file.name, std::to_string(getpid()));
  if (const unsigned number = traces.fetch_add(1, memory_order_relaxed) + 1; number != 1)
    file.name = observe::beside(file.name, std::to_string(number));
  return file;
}

void survive_forks() {
  static const int registered = pthread_atfork([] { default_mutex.lock(); }, [] { default_mutex.unlock(); },
                                               [] {
                                                 default_mutex.unlock();
                                                 ++forks;
                                                 traces.store(0, memory_order_relaxed);
                                                 if (is_worker(current))
                                                   static_cast<worker *>(current)->after_fork();
                                               });
  static_cast<void>(registered); // without memory for it, a child stays a part of its parent's runtime
}

} // namespace

constinit worker_base loner(request::none, false);

__thread worker_base *current = &outsider;
__thread position here = {0, nullptr};

void lost_in_fork() noexcept {
  std::fputs("weave: error: a forked child waits for a task that a thread of its parent runs; "
             "fork where no tasks are running, or end the child by exec or _exit\n", stderr);
  std::_Exit(EXIT_FAILURE);
}

runtime::runtime(configuration chosen)
    : workers_(chosen.workers), wait_(chosen.wait), starts_threads_(chosen.starts_threads), stack_(chosen.stack),
      statistics_(std::move(chosen.statistics)), trace_(trace_of_this_process(std::move(chosen.trace))),
      tool_(chosen.tool), seats_(std::move(chosen.seats)),
      capacity_(workers_ + 2 * protocol::limits::further_threads), places_(new place[capacity_]), sleepers_(capacity_),
      suppliers_(capacity_), stand_ins_(new stand_in[protocol::limits::further_threads]), shares_(workers_ > 1),
      participants_(workers_) {
  WEAVE_ASSERT(workers_ != 0, "a runtime has a worker");
  survive_forks();
  const unsigned started = starts_threads_ ? workers_ : 1;
  for (unsigned i = 1; i != started; ++i) {
    places_[i].taken.store(true, memory_order_relaxed);
    places_[i].storage = std::make_unique<worker>(*this, i, true, seat_of(i).near);
    places_[i].occupant.store(places_[i].storage.get(), memory_order_relaxed); // published by the start of the threads
  }
  if (shares_)
    heavy_fences_.store(platform::prepare_heavy_fences(true), memory_order_relaxed);
  helpers_.reserve(started - 1);
  for (unsigned i = 1; i != started; ++i) {
    try {
      helpers_.push_back(platform::start_thread(stack_, [this, worker = places_[i].storage.get(), bound = seat_of(i).processors] {
        if (!bound.empty())
          platform::bind_this_thread(bound);
        current = worker;
        if (worker->index() == 1 && !has_heavy_fences())
          heavy_fences_.store(platform::prepare_heavy_fences(false), memory_order_relaxed);
        worker->help();
        worker->drain();
        current = &loner;
      }));
    } catch (const std::exception &) { // there are too many threads, or there is no memory
      shares_ = !helpers_.empty();
      break;
    }
  }
  tick_length_.measure();
}

void runtime::stop(while_busy policy) noexcept {
  if (orphaned()) {
    for (platform::thread &each : helpers_)
      forget(each);
    for (unsigned i = 0; i != protocol::limits::further_threads; ++i)
      forget(stand_ins_[i].thread);
    return;
  }
  stopping_.store(true, memory_order_relaxed);
  for (std::size_t i = 0; i != helpers_.size(); ++i)
    places_[i + 1].storage->unpark();
  for (std::size_t i = 0; i != helpers_.size(); ++i)
    end(helpers_[i], *places_[i + 1].storage, policy);
  helpers_.clear();
  for (bool another = true; another;) { // one that ends may have started one more
    another = false;
    for (unsigned i = 0; i != protocol::limits::further_threads; ++i)
      if (stand_ins_[i].started.exchange(false, memory_order_acquire)) {
        another = true;
        worker &ending = *stand_ins_[i].at_work.load(memory_order_relaxed);
        ending.unpark();
        end(stand_ins_[i].thread, ending, policy);
      }
  }
  report();
}

void runtime::report() noexcept {
  if (tool_.end)
    tool_.end(tool_.data);
  if (!statistics_.is_wanted() && !trace_.is_wanted())
    return;
  platform::tick_length tick = tick_length_; // which somebody may read who was abandoned
  tick.measure();
  try {
    if (statistics_.is_wanted())
      write_statistics(tick.nanoseconds());
    if (trace_.is_wanted())
      write_trace(tick.nanoseconds());
  } catch (const std::bad_alloc &) {
    std::fputs("weave: error: there is not enough memory to write what the workers did\n", stderr);
  }
}

void runtime::write_statistics(double nanoseconds_per_tick) const {
  const std::chrono::duration<double> ran = platform::clock::now() - started_;
  observe::statistics all{workers_, ran.count(), nanoseconds_per_tick, {}};
  for (unsigned i = 0; i != capacity_; ++i)
    if (const worker *each = participant(i))
      all.rows.push_back({i, &each->observed()});
  observe::write(all, statistics_);
}

void runtime::write_trace(double nanoseconds_per_tick) const {
  observe::trace all{workers_, nanoseconds_per_tick, started_at_, platform::read_ticks(), {}};
  for (unsigned i = 0; i != capacity_; ++i)
    if (const worker *each = participant(i))
      all.tracks.push_back({i, &each->observed()});
  observe::write(all, trace_);
}

void runtime::end(platform::thread &thread, const worker &at_work, while_busy policy) noexcept {
  if (policy == while_busy::abandon && (thread.get_id() == platform::this_thread() || at_work.busy()))
    thread.detach();
  else
    thread.join();
}

void runtime::block() noexcept {
  const unsigned now = blocked_.fetch_add(1, memory_order_relaxed) + 1;
  if (now > protocol::limits::further_threads || !starts_threads_)
    return;
  stand_in &due = stand_ins_[now - 1];
  if (worker *waiting = due.at_work.load(memory_order_acquire))
    waiting->unpark();
  else if (!due.taken.exchange(true, memory_order_relaxed))
    start_stand_in(now);
}

void runtime::start_stand_in(unsigned blocked) noexcept {
  worker *enrolled = take_place(workers_ + 2 * (blocked - 1) + 1);
  if (!enrolled)
    return;
  stand_in &started = stand_ins_[blocked - 1];
  started.at_work.store(enrolled, memory_order_release); // before it may stand by, so that whoever is blocked next wakes it
  try {
    started.thread = platform::start_thread(stack_, [this, enrolled, blocked] {
      current = enrolled;
      platform::set_floating_point(computes_); // not that of who happened to start it
      enrolled->stand_in(blocked);
      retire(*enrolled);
      current = &loner;
    });
    started.started.store(true, memory_order_release);
  } catch (const std::exception &) {
    retire(*enrolled);
  }
}

// Behind the helpers, threads of the program and stand-ins have every other place, so that neither keep the others out.
worker *runtime::enrol() {
  for (unsigned i = 0; i < capacity_; i += i < workers_ ? 1 : 2)
    if (worker *enrolled = take_place(i))
      return enrolled;
  return nullptr;
}

worker *runtime::take_place(unsigned i) {
  WEAVE_ASSERT(i < capacity_, "a worker has one of the places");
  place &place = places_[i];
  if (place.taken.load(memory_order_relaxed) || place.taken.exchange(true, memory_order_acquire))
    return nullptr;
  if (!place.storage) {
    try {
      place.storage = std::make_unique<worker>(*this, i, shares_, seat_of(i).near);
    } catch (const std::bad_alloc &) {
      place.taken.store(false, memory_order_relaxed);
      return nullptr;
    }
    place.occupant.store(place.storage.get(), memory_order_release);
  }
  unsigned seen = participants();
  while (seen <= i && !participants_.compare_exchange_weak(seen, i + 1, memory_order_seq_cst, memory_order_relaxed)) {
  }
  place.storage->begin_thread();
  place.storage->observed().turn_to(observe::activity::working);
  return place.storage.get();
}

void runtime::retire(worker &leaving) noexcept {
  WEAVE_ASSERT(glance(places_[leaving.index()].taken), "a worker gives back the place that it has");
  WEAVE_ASSERT(glance(places_[leaving.index()].occupant) == &leaving, "a worker gives back its own place");
  leaving.drain();
  leaving.observed().turn_to(observe::activity::nothing);
  places_[leaving.index()].taken.store(false, memory_order_release);
}

void runtime::trim() noexcept {
  trims_.fetch_add(1, memory_order_seq_cst); // before it looks at who is biased: see restore_bias
  for (unsigned i = 0; i != capacity_; ++i) {
    place &place = places_[i];
    if (!place.taken.load(memory_order_relaxed) && !place.taken.exchange(true, memory_order_acquire)) {
      if (place.storage)
        place.storage->trim_if_asked();
      place.taken.store(false, memory_order_release);
    } else if (worker *each = orphaned() ? nullptr : participant(i)) {
      each->ask_to_trim();
    }
  }
}

runtime &default_runtime() {
  if (runtime *found = present_default(); WEAVE_LIKELY(found && !found->orphaned()))
    return *found;
  std::unique_lock lock(default_mutex);
  runtime *found = present_default();
  if (!found || found->orphaned()) {
    runtime *started = start_default();
    if (!started) {
      lock.unlock();
      std::exit(EXIT_FAILURE);
    }
    started->predecessor = found;
    found = started;
    the_default.store(reinterpret_cast<std::uintptr_t>(started), memory_order_release);
    static const struct at_exit {
      ~at_exit() {
        runtime &ending = *present_default();
        if (!ending.orphaned() && !exits_inside_task())
          ending.wait_at_exit();
        ending.close();
        ending.stop(runtime::while_busy::abandon);
      }
    } stops;
  }
  return *found;
}

// For a thread that is no worker, or one of a runtime that a fork orphaned.
WEAVE_COLD static worker *enrol_this_thread() {
  // A forked child leaves the runtime of its parent when it has no more tasks there.
  if (worker *enrolled = of_this_thread.enrolled;
      enrolled && enrolled == current && enrolled->home().orphaned() && enrolled->is_unused()) {
    of_this_thread.enrolled = nullptr;
    current = &outsider;
  }
  if (is_outsider(current)) {
    worker *mine = default_runtime().enrol();
    of_this_thread.enrolled = mine;
    current = mine ? mine : &loner;
  }
  return is_worker(current) ? static_cast<worker *>(current) : nullptr;
}

worker *this_worker() {
  if (WEAVE_LIKELY(is_worker(current)))
    if (auto *mine = static_cast<worker *>(current); WEAVE_LIKELY(!mine->home().orphaned()))
      return mine;
  return enrol_this_thread();
}

worker *present_worker() noexcept {
  if (!is_worker(current))
    return nullptr;
  auto *mine = static_cast<worker *>(current);
  return mine->home().orphaned() ? nullptr : mine;
}

bool is_outside() noexcept { return is_outsider(current); }

worker_base *worker_for_task() noexcept {
  worker *mine = this_worker();
  return mine && mine->wants_task() ? mine : nullptr;
}

WEAVE_COLD static void *allocate_anew(worker &owner, std::size_t bytes, std::size_t alignment) noexcept {
  owner.collect();
  return owner.memory().allocate(bytes, alignment);
}

void *allocate_task(worker_base &owner, std::size_t bytes, std::size_t alignment) noexcept {
  auto &mine = static_cast<worker &>(owner);
  WEAVE_ASSERT(mine.is_mine(), "a worker makes its tasks itself");
  void *found = mine.memory().reuse(bytes, alignment);
  return found ? found : allocate_anew(mine, bytes, alignment);
}

void give_back(worker_base &owner, void *memory, std::size_t bytes, std::size_t alignment) noexcept {
  if (current == &owner)
    free_task(owner, memory, bytes, alignment);
  else
    static_cast<worker &>(owner).give_back(memory, bytes, alignment);
}

void free_task(worker_base &owner, void *memory, std::size_t bytes, std::size_t alignment) noexcept {
  auto &mine = static_cast<worker &>(owner);
  WEAVE_ASSERT(mine.is_mine(), "a worker frees its tasks itself");
  mine.memory().free(memory, bytes, alignment);
  if (mine.home().orphaned() && mine.is_unused())
    mine.wanted.store(request::for_tasks(1), memory_order_relaxed); // see this_worker
}

loop_clock *clock_of_this_thread() noexcept { return is_worker(current) ? &static_cast<worker *>(current)->loops() : nullptr; }

void offer(worker_base &owner, task &task) noexcept {
  auto &mine = static_cast<worker &>(owner);
  mine.observed().count(observe::event::offered);
  mine.send(task);
}

bool take_back(worker_base &owner, task &task) noexcept { return static_cast<worker &>(owner).take_back(task); }

bool finish(worker_base &owner, task &task) noexcept { return static_cast<worker &>(owner).finish(task); }

void wait(worker_base &owner, task &task) noexcept { static_cast<worker &>(owner).wait(task); }

} // namespace weave::detail

namespace weave {

runtime::runtime(const options &options)
    : own_(std::make_unique<detail::runtime>(detail::configure(options))),
      before_(detail::current) {
  detail::worker *mine = own_->enrol();
  if (!mine)
    throw std::bad_alloc();
  detail::current = mine;
}

runtime::~runtime() {
  auto &mine = static_cast<detail::worker &>(*detail::current);
  WEAVE_ASSERT(&mine.home() == own_.get(), "runtimes end in the reverse order, on the thread that made them");
  if (!own_->orphaned())
    own_->finish_submissions(mine);
  own_->retire(mine);
  detail::current = before_;
}

unsigned num_workers() {
  const detail::worker *worker = detail::this_worker();
  return worker ? worker->home().workers() : 1;
}

unsigned worker_id() {
  const detail::worker *worker = detail::this_worker();
  return worker ? worker->index() : detail::default_runtime().slots() - 1;
}

unsigned worker_slots() {
  const detail::worker *worker = detail::this_worker();
  return worker ? worker->home().slots() : detail::default_runtime().slots();
}

void trim() noexcept {
  if (detail::is_outsider(detail::current)) {
    const std::lock_guard lock(detail::default_mutex);
    if (detail::runtime *found = detail::present_default())
      found->trim();
  } else if (detail::is_worker(detail::current)) {
    auto &mine = static_cast<detail::worker &>(*detail::current);
    mine.home().trim();
    mine.trim_if_asked();
  }
  platform::trim_heap();
}

void load_balance() noexcept {
  if (detail::task_wanted())
    detail::worker_for_task();
}

} // namespace weave
