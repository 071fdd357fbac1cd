// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A worker's direct task. runtime/protocol/README.md, "direct tasks", holds the argument.
#include "weave/direct.h"

#include "protocol/supply.h"
#include "runtime.h"
#include "worker.h"

namespace weave::detail {

// Whether the owner may offer in silence, since nobody sleeps or searches and its mark stands. Who changes that from now on revokes the bias afterwards.
bool worker::is_unobserved() const noexcept {
  return !home_.orphaned() && home_.trims() == trimmed_ && home_.suppliers().is_marked(index_) && home_.sleepers().all_busy(home_.participants());
}

void worker::restore_bias() noexcept {
  if (direct.is_biased() || !home_.has_heavy_fences() || !is_unobserved())
    return;
  direct.share(false); // from here on nobody else changes the word
  direct.restore_bias();
  if (!is_unobserved())
    direct.share(false);
}

// (2): what was kept is an offer like any other from now on.
void worker::share_direct() noexcept {
  if (!direct.share(kept.load(memory_order_relaxed)))
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
  share_direct();
}

bool worker::take_back_unbiased() noexcept {
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
