// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A worker's direct task. runtime/protocol/README.md, "direct tasks", holds the argument.
#include "weave/direct.h"

#include "protocol/supply.h"
#include "runtime.h"
#include "surroundings.h"
#include "worker.h"

namespace weave::detail {

// Whether the owner may offer in silence, since nobody sleeps or searches and its mark stands. Who changes that from now on revokes the bias afterwards.
bool worker::is_unobserved() const noexcept {
  return !home_.orphaned() && home_.trims() == trimmed_ && home_.suppliers().is_marked(index_) && home_.sleepers().all_busy(home_.participants());
}

void worker::restore_bias() noexcept {
  if (direct.is_biased() || !home_.has_heavy_fences() || home_.has_other_computing() || !is_unobserved())
    return;
  direct.give_up(); // from here on nobody else changes the word
  direct.restore_bias();
  if (!is_unobserved())
    direct.give_up();
}

// Whether code computes like that which started the runtime. A put of a direct task in silence notes nothing, so that it can be such code's only: otherwise there will be no more of these.
// What is kept at that moment runs where it is joined, and probably computes like what its worker does at this moment, since functions leave the environment as they found it.
bool worker::computes_as(std::uint32_t noted) noexcept {
  if (!platform::differ(noted, home_.computes()))
    return true;
  home_.expect_other_computing();
  if (direct.give_up())
    kept_task.computes = platform::floating_point();
  return false;
}

// (2): what was kept is an offer like any other from now on.
void worker::share_direct() noexcept {
  if (kept.load(memory_order_relaxed) && computes_as(platform::floating_point()) && !home_.has_other_computing())
    offer_kept();
  else
    direct.give_up();
}

void worker::offer_kept() noexcept {
  if (!direct.share())
    return;
  home_.suppliers().mark(index_);
  wake_one(false);
}

void worker::want_again() noexcept {
  if (!shares || wanted.load(memory_order_relaxed) > request::for_tasks(1))
    return; // for a batch
  if (is_crowded() || !is_direct_free())
    return raise(1);
  restore_bias();
  if (!direct.is_biased())
    return raise(1);
  wanted_meanwhile = protocol::supply(home_.participants(), offers::capacity) == 1 ? request::none : request::for_tasks(1);
  wanted.store(request::own, memory_order_relaxed);
}

void worker::announce_direct() noexcept {
  trim_if_asked();
  if (const std::uint32_t now = platform::floating_point(); platform::differ(now, kept_task.computes)) {
    computes_as(now);
    if (direct.is_taken())
      return; // by a claim; otherwise it is given up
    kept_task.computes = now;
  }
  offer_kept();
}

bool worker::take_back_unbiased() noexcept {
  if (platform::differ(kept_task.computes, platform::floating_point())) { // not as a part of the code that joins it
    if (direct.take_own()) {
      run_here(kept_task, observe::what::taken_back);
      kept_task.state.store(progress::done, memory_order_relaxed); // for this thread
    }
    return false;
  }
  if (!direct.take_back())
    return false;
  restore_bias();
  return true;
}

// The direct task first: it is made where little else is on offer, so that it is the oldest as a rule.
task *worker::receive() noexcept { return direct.take() ? record : offers_.receive(); }

task *worker::receive_newest() noexcept {
  task *received = offers_.receive_newest();
  return !received && take_own_direct() ? record : received;
}

bool take_back_unbiased(worker_base &owner) noexcept { return static_cast<worker &>(owner).take_back_unbiased(); }

void announce_direct(worker_base &owner) noexcept { static_cast<worker &>(owner).announce_direct(); }

void ask_again(worker_base &owner) noexcept { static_cast<worker &>(owner).want_again(); }

} // namespace weave::detail
