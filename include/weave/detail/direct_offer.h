// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "config.h"
#include "contract.h"
#include "sync.h"

#include <cstdint>

namespace weave::detail {

/// Who may have a worker's direct task. It is *biased* while nobody else looks for work: then its owner puts it on offer and takes it back in plain stores to `worker_base::kept`.
///
/// Protocol: given_up -> biased (by the owner) -> revoked (by whoever looks) -> given_up or offered (by the owner, at its next look) or taken (by a thief, if the task is kept).
///   Without bias: given_up -> offered (by the owner) -> given_up (by the owner, which takes it back), or -> taken (by whoever will run it) -> given_up (by the owner, once it is done).
///   The owner looks here after each put and each take-back. A thief has a heavy fence between its look at `revoked` and its look at `kept`: so whatever the owner stored before a
///   look that missed the revocation, the thief sees, and every later step of the owner changes this word, as the thief does (runtime/protocol/README.md, "direct tasks").
/// Ordering: what others may draw conclusions from is sequentially consistent, like the other offers (runtime/channels/offers.h). The owner's look is a relaxed load behind a light
///   fence, which pairs with the heavy one.
/// Lifetime: the worker's.
class direct_offer {
public:
  using word = std::uint32_t;

  /// The owner's look.
  bool is_biased() const noexcept {
#ifdef WEAVE_FOR_X86
    bool none;
    asm volatile("test{b %2, %1| byte ptr %1, %2}" : "=@ccz"(none) : "m"(word_), "i"(phases) : "memory");
    return none;
#else
    return phase(word_.load(memory_order_relaxed)) == biased;
#endif
  }
  /// Owner. Gives the bias up, and lets nobody have what it keeps. False: it had been given up before.
  bool give_up() noexcept { return pass_to(given_up); }
  /// Owner. Gives the bias up, and lets others have what it keeps. Whether that is on offer only now, so that others must be told.
  bool share() noexcept { return pass_to(offered); }
  /// Owner, which keeps it no longer. Gives the bias up. False: somebody else has the task.
  bool take_back() noexcept { return become(given_up); }
  /// Owner, to run it like any other task. False: somebody else has it.
  bool take_own() noexcept { return become(taken); }
  /// Owner. When it was taken, and is done.
  void release() noexcept {
    WEAVE_ASSERT(phase(glance(word_)) == taken, "a direct task is released once it was taken");
    word_.store(round(word_.load(memory_order_relaxed)) | given_up, memory_order_relaxed);
  }
  /// Owner. When it has given it up, and nothing is on offer or taken.
  void restore_bias() noexcept {
    WEAVE_ASSERT(phase(glance(word_)) == given_up, "bias comes back where nothing is on offer or taken");
    word_.exchange(round(word_.load(memory_order_relaxed)) + phases + 1 + biased, memory_order_seq_cst);
  }
  bool is_taken() const noexcept { return phase(word_.load(memory_order_seq_cst)) == taken; }

  /// Anyone. Whether it is the caller's to run.
  bool take() noexcept {
    word seen = word_.load(memory_order_seq_cst);
    return phase(seen) == offered && word_.compare_exchange_strong(seen, round(seen) | taken, memory_order_seq_cst, memory_order_relaxed);
  }
  /// Anyone. What to claim with; 0: the owner tells of what it offers from now on.
  word revoke() noexcept {
    word seen = word_.load(memory_order_seq_cst);
    if (phase(seen) == biased && word_.compare_exchange_strong(seen, seen | revoked, memory_order_seq_cst))
      return seen | revoked;
    return phase(seen) == revoked ? seen : 0;
  }
  /// Whether the owner has not answered that revocation.
  bool is_unanswered(word revocation) const noexcept {
    WEAVE_ASSERT(phase(revocation) == revoked, "only a revocation can be answered");
    return word_.load(memory_order_relaxed) == revocation;
  }
  /// Whoever saw that revocation, and behind a heavy fence that the task is kept. Whether it is the caller's to run.
  bool claim(word revocation) noexcept {
    WEAVE_ASSERT(phase(revocation) == revoked, "a claim follows a revocation");
    return word_.compare_exchange_strong(revocation, round(revocation) | taken, memory_order_seq_cst,
                                         memory_order_relaxed);
  }
  /// Anyone, who has revoked it. Whether the owner has given it up, and tells of what it offers.
  bool is_unbiased() const noexcept { return phase(word_.load(memory_order_relaxed)) > revoked; }

#ifdef WEAVE_CONTRACTS
  bool is_taken_at_a_glance() const noexcept { return phase(glance(word_)) == taken; }
#endif

private:
  // In the lowest bits. Above them is how often the bias was restored, so that a claim that comes late does not meet another revocation.
  static constexpr word biased = 0, revoked = 1, given_up = 2, offered = 3, taken = 4, phases = 7;
  static constexpr word phase(word value) noexcept { return value & phases; }
  static constexpr word round(word value) noexcept { return value & ~phases; }

  bool pass_to(word next) noexcept;
  bool become(word next) noexcept;

  atomic<word> word_{given_up};
};

} // namespace weave::detail
