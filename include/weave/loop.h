// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// parallel_for: lazy binary splitting over strips.
//
// A loop runs in strips without a poll inside, so that the vectoriser sees the user's own loop. Between strips it looks
// whether a task is wanted, and if so puts the far half of what is left on offer (lazy splitting: Tzannes, Caragea,
// Barua, Vishkin, PPoPP 2010). Halves are joined in iteration order: one that nobody took is simply run on, with the
// same accumulators; one that was stolen is combined.
#pragma once

#include "detail/strip.h"
#include "iterations.h"
#include "reduce.h"
#include "task.h"

#include <cstdint>
#include <tuple>
#include <type_traits>

namespace weave::detail {

/// What the clauses `if` and `grainsize` say.
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

  bool is_parallel = true;
  std::uint64_t grain = 1;
};

/// A copy that nobody else can see, so that its parts live in registers.
template <class T>
using unshared = std::conditional_t<std::is_trivially_copyable_v<T> && sizeof(T) <= 256, const T, const T &>;

/// The far part of a loop, on offer.
template <class Loop> struct piece final : task {
  piece(const Loop &loop, std::uint64_t begin, std::uint64_t end, std::uint64_t strip, worker_base &owner,
        std::size_t bytes, std::size_t alignment)
      : task(&run_piece, owner, bytes, alignment), loop(loop), begin(begin), end(end), strip(strip),
        partials(loop.identities()) {}

  static void run_piece(task &self) noexcept {
    auto &me = static_cast<piece &>(self);
    run_guarded(
        [&me] {
          std::apply([&me](auto &...partial) { me.loop.run(me.begin, me.end, me.strip, partial...); }, me.partials);
        },
        me.error);
  }

  const Loop &loop; // in the frame of the owner, which waits for this piece
  const std::uint64_t begin, end, strip;
  typename Loop::partials partials;
};

/// The pieces that one worker's part of a loop has on offer, the nearest on top. Whatever is left is abandoned when an
/// exception passes.
template <class Piece> class pieces {
public:
  pieces() = default;
  pieces(const pieces &) = delete;
  pieces &operator=(const pieces &) = delete;
  ~pieces() {
    while (top_) {
      if (!take_back(*top_->owner, *top_))
        wait(*top_->owner, *top_);
      pop();
    }
  }

  /// Offers [begin, end). False if nobody can take it.
  template <class Loop>
  WEAVE_COLD bool split(const Loop &loop, std::uint64_t begin, std::uint64_t end, std::uint64_t strip) {
    worker_base *worker = worker_for_task();
    Piece *made = worker ? make_task<Piece>(*worker, loop, begin, end, strip) : nullptr;
    if (!made)
      return false;
    made->at.tasks = ++here.tasks;
    made->previous = top_;
    top_ = made;
    offer(*worker, *made);
    return true;
  }

  Piece *top() const { return top_; }
  void pop() {
    auto *below = static_cast<Piece *>(top_->previous);
    destroy(std::exchange(top_, below));
  }

private:
  static void destroy(Piece *piece) {
    worker_base &owner = *piece->owner;
    piece->~Piece();
    free_task(owner, piece, sizeof(Piece), alignof(Piece));
  }

  Piece *top_ = nullptr;
};

/// The part of a loop that one worker runs, strip by strip: iterations [k, end), after all that is in the accumulators.
template <class Loop> class share {
public:
  share(const Loop &loop, std::uint64_t k, std::uint64_t end, std::uint64_t strip_length,
        typename Loop::accumulators accumulators)
      : loop_(loop), begin_(k), next_(k), end_(end), strips_(end - k, strip_length, loop.options().grain),
        accumulators_(accumulators) {}

  /// Goes on to the next strip. False: everything is done and combined.
  bool next() {
    if (next_ != begin_)
      strips_.ran(next_ - begin_);
    begin_ = next_;
    while (begin_ == end_) {
      piece<Loop> *nearest = offered_.top();
      if (!nearest)
        return false;
      end_ = nearest->end;
      if (!take_back(*nearest->owner, *nearest)) {
        wait(*nearest->owner, *nearest);
        if (nearest->error)
          std::rethrow_exception(nearest->error);
        loop_.combine(accumulators_, nearest->partials);
        begin_ = end_;
      }
      offered_.pop();
    }
    while (task_wanted() && strips_.worth_splitting(end_ - begin_)) {
      const std::uint64_t middle = begin_ + (end_ - begin_ + 1) / 2;
      if (!offered_.split(loop_, middle, end_, strips_.length()))
        break;
      end_ = middle;
    }
    next_ = begin_ + strips_.next(end_ - begin_);
    return true;
  }
  std::uint64_t begin() const { return begin_; }
  std::uint64_t end() const { return next_; }

private:
  const Loop &loop_;
  std::uint64_t begin_, next_, end_; // the strip is [begin_, next_), and [next_, end_) is left
  pieces<piece<Loop>> offered_;
  strip strips_;
  typename Loop::accumulators accumulators_;
};

/// What the kinds of parallel loops have in common: the parts that the user wrote.
template <class Space, class Body, class... Reduced> class loop_parts {
public:
  using partials = std::tuple<typename Reduced::value...>;
  using accumulators = std::tuple<typename Reduced::value &...>;

  loop_parts(loop_options options, const Space &space, const Body &body, const Reduced &...reduced)
      : options_(options), space_(space), body_(body), reduced_(reduced...) {}

  const loop_options &options() const { return options_; }
  /// Nobody will take part of it.
  bool is_alone() const { return !options_.is_parallel || (!current->shares && !task_wanted()); }

  accumulators variables() const {
    return std::apply([](auto &...reduced) { return accumulators(reduced.variable...); }, reduced_);
  }
  partials identities() const {
    return std::apply([](auto &...reduced) { return partials(reduced.identity()...); }, reduced_);
  }
  void combine(const accumulators &left, const partials &right) const {
    combine(left, right, std::index_sequence_for<Reduced...>());
  }

protected:
  const loop_options options_;
  const Space &space_;
  const Body &body_;

private:
  template <std::size_t... I>
  void combine(const accumulators &left, const partials &right, std::index_sequence<I...>) const {
    (std::get<I>(reduced_).combine(std::get<I>(left), std::get<I>(right)), ...);
  }

  const std::tuple<Reduced...> reduced_;
};

template <class Space, class Body, class... Reduced> class parallel_loop : public loop_parts<Space, Body, Reduced...> {
public:
  using loop_parts<Space, Body, Reduced...>::loop_parts;

  /// Runs iterations [k, end), the accumulators holding what precedes k.
  void run(std::uint64_t k, std::uint64_t end, std::uint64_t strip_length,
           typename Reduced::value &...accumulator) const {
    unshared<Body> body = this->body_;
    unshared<Space> space = this->space_;
    share<parallel_loop> mine(*this, k, end, strip_length, std::tie(accumulator...));
    while (mine.next())
      run_stretch(space, mine.begin(), mine.end(), body, accumulator...);
  }

  void run_all() const {
    const std::uint64_t count = this->space_.count();
    const bool alone = this->is_alone();
    std::apply(
        [&](auto &...accumulator) {
          if (!alone)
            run(0, count, 0, accumulator...);
          else if (count != 0)
            run_stretch(this->space_, 0, count, this->body_, accumulator...);
        },
        this->variables());
  }
};

/// Runs `body(begin, end, accumulators...)` over all iterations, in pieces that may run in parallel, and returns when
/// all are done. Throws what the first piece in iteration order threw.
template <class Space, class Body, class... Reduced>
void parallel_reduce(loop_options options, const Space &space, const Body &body, const Reduced &...reduced) {
  parallel_loop<Space, Body, Reduced...>(options, space, body, reduced...).run_all();
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
