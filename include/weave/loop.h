// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// parallel_for and reductions: what the compiler must see of a loop. All that does not depend on the user's types is in the library (runtime/loops).
#pragma once

#include "detail/site.h"
#include "detail/sync.h"
#include "iterations.h"
#include "reduce.h"

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace weave::detail {

/// What the clauses `if` and `grainsize` say, and what the body tells of itself.
class loop_options {
public:
  /// Without the condition the loop runs here and now.
  constexpr loop_options run_if(bool condition) const {
    loop_options changed = *this;
    changed.is_parallel = condition;
    return changed;
  }
  /// Both sides of a split have at least so many iterations.
  template <class Integer> constexpr loop_options grainsize(Integer iterations) const {
    static_assert(std::is_integral_v<Integer>, "the grainsize of a loop is a number of iterations");
    loop_options changed = *this;
    changed.grain = iterations < 1 ? 1 : static_cast<std::uint64_t>(iterations);
    return changed;
  }

  /// An iteration has so many operations, and does not loop.
  constexpr loop_options weight(std::uint64_t operations) const {
    constexpr std::uint64_t fast = 8192; // operations, which take a microsecond or few, less than a steal
    loop_options changed = *this;
    changed.at_once = operations < fast ? fast / operations : 1;
    return changed;
  }

  template <class Name> loop_options named(Name name) const {
    loop_options changed = *this;
    changed.where = site_of(name);
    return changed;
  }

  bool is_parallel = true;
  std::uint64_t grain = 1;
  std::uint64_t at_once = 1; ///< So few iterations are run without a look at the clock, or at what others want.
  const site *where = nullptr; ///< Null: nobody knows.
};

/// The part of a loop that one worker runs, strip by strip: iterations [begin, end) now.
class loop_share {
public:
  /// All of it in one strip.
  loop_share(std::uint64_t begin, std::uint64_t end, void *const *accumulators)
      : begin_(begin), next_(end), accumulators_(accumulators), is_last_(true) {}
  loop_share(const loop_share &) = delete;
  loop_share &operator=(const loop_share &) = delete;

  /// Goes on to the next strip. False: everything is done and combined. Throws what a piece that was given away threw.
  bool next() { return !is_last_ && go_on(); }
  std::uint64_t begin() const { return begin_; }
  std::uint64_t end() const { return next_; }
  /// Where the loop's reduction number `i` accumulates.
  void *accumulator(std::size_t i) const { return accumulators_[i]; }

protected:
  std::uint64_t begin_, next_;
  void *const *const accumulators_;
  bool is_last_; ///< Nothing comes behind this strip, and nothing was given away.

private:
  WEAVE_API bool go_on();
};

/// Where a loop ends because it was cancelled (runtime/loops/README.md).
class loop_end {
public:
  /// The strip that begins there came to the end.
  void cancel(std::uint64_t strip) noexcept {
    std::uint64_t seen = strip_.load(memory_order_relaxed);
    while (strip < seen && !strip_.compare_exchange_weak(seen, strip, memory_order_relaxed)) {
    }
  }
  /// Whether that iteration, and so all that follow it, is behind the end.
  bool is_before(std::uint64_t iteration) const noexcept { return strip_.load(memory_order_relaxed) < iteration; }

private:
  atomic<std::uint64_t> strip_{~std::uint64_t(0)};
};

/// A loop that runs, whatever its types are. It lies in the frame of who began it, which waits for all of its pieces.
struct loop {
  using function = void (*)(const loop &, loop_share &);

  function run; ///< Calls the body for each strip of a share.
  loop_options options;
  const reduction_clause *reductions;
  std::size_t reduction_count;
  void *const *variables; ///< Of the reductions: where the first of their elements is.
  loop_end *end;
};

/// Runs iterations [0, count) in pieces that may run in parallel, and returns when all are done.
WEAVE_API void run_loop(const loop &, std::uint64_t count);
/// The same, but the result of the reductions does not depend on who takes part.
WEAVE_API void run_reproducible_loop(const loop &, std::uint64_t count);

/// A copy that nobody else can see, so that its parts live in registers.
template <class T>
using unshared = std::conditional_t<std::is_trivially_copyable_v<T> && sizeof(T) <= 256, const T, const T &>;

/// A loop with the parts that the user wrote. `Run`, with these, is what it does with a share.
template <class Space, class Body, class... Reduced> struct loop_of : loop {
  loop_of(function run, loop_options options, const Space &space, const Body &body, const reduction_clause *reductions,
          void *const *variables, loop_end &end)
      : loop{run, options, reductions, sizeof...(Reduced), variables, &end}, space(space), body(body) {}

  const Space &space;
  const Body &body;
};

/// What the body has in place of what reduction number `I` names.
template <class Reduced, std::size_t I> decltype(auto) accumulator(const loop &whole, const loop_share &mine) {
  return static_cast<const Reduced *>(whole.reductions[I].clause)->named.view(mine.accumulator(I));
}

template <class Space, class Body, class... Reduced, std::size_t... I>
void run_strips(const loop_of<Space, Body, Reduced...> &whole, loop_share &mine, std::index_sequence<I...>) {
  unshared<Body> body = whole.body;
  unshared<Space> space = whole.space;
  if (mine.begin() == mine.end())
    return;
  do
    if (run_stretch(space, mine.begin(), mine.end(), body, accumulator<Reduced, I>(whole, mine)...))
      whole.end->cancel(mine.begin());
  while (mine.next());
}
template <class Space, class Body, class... Reduced> void run_share(const loop &self, loop_share &mine) {
  run_strips(static_cast<const loop_of<Space, Body, Reduced...> &>(self), mine, std::index_sequence_for<Reduced...>());
}

/// Makes a loop of its parts and has `start` run it.
template <class Space, class Body, class... Reduced>
void start_loop(void (*start)(const loop &, std::uint64_t), loop::function run, loop_options options, const Space &space,
                const Body &body, const Reduced &...reduced) {
  const reduction_clause reductions[sizeof...(Reduced) + 1] = {
      {&reduction_type_of<Reduced>, &reduced, reduced.named.count()}...};
  void *const variables[sizeof...(Reduced) + 1] = {reduced.named.first()...};
  loop_end end;
  const loop_of<Space, Body, Reduced...> made(run, options, space, body, reductions, variables, end);
  start(made, space.count());
}

/// Runs `body(begin, end, accumulators...)` over all iterations, in pieces that may run in parallel, and returns when
/// all are done. Pieces are combined in iteration order. Throws what the first piece in iteration order threw.
/// A body may return whether it came to an iteration that ends the loop.
template <class Space, class Body, class... Reduced>
void parallel_reduce(loop_options options, const Space &space, const Body &body, const Reduced &...reduced) {
  start_loop(&run_loop, &run_share<Space, Body, Reduced...>, options, space, body, reduced...);
}
template <class Space, class Body, class... Reduced>
void parallel_reduce(const Space &space, const Body &body, const Reduced &...reduced) {
  parallel_reduce(loop_options(), space, body, reduced...);
}

template <class Space, class Body> void parallel_for(loop_options options, const Space &space, const Body &body) {
  parallel_reduce(options, space, body);
}
template <class Space, class Body> void parallel_for(const Space &space, const Body &body) {
  parallel_reduce(loop_options(), space, body);
}

} // namespace weave::detail
