// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// parallel_for staged: what stands around the loop runs once for each piece, which calls for strip after strip in
// between.
#pragma once

#include "loop.h"

namespace weave::detail {

/// A strip of a staged loop, which its header loops over, or that there is none any more.
template <class Iterator> class staged_strip {
public:
  staged_strip(bool is_there, Iterator begin, Iterator end) : strip_(begin, end), is_there_(is_there) {}
  explicit operator bool() const { return is_there_; }
  const stretch<Iterator> *operator->() const { return &strip_; }

private:
  stretch<Iterator> strip_;
  bool is_there_;
};

/// The part of a staged loop that one worker runs.
template <class Space> class staged_piece {
  using strip = staged_strip<decltype(std::declval<const Space &>().begin(0))>;

public:
  staged_piece(const Space &space, loop_share &share) : space_(space), share_(share) {}

  /// The next strip. Nothing: all are done, and combined.
  strip next() {
    const bool is_there = has_begun_ ? share_.next() : share_.begin() != share_.end();
    has_begun_ = true;
    if (is_there)
      return {true, space_.begin(share_.begin()), space_.end(share_.end())};
    return {false, space_.begin(0), space_.begin(0)};
  }

private:
  const Space &space_;
  loop_share &share_;
  bool has_begun_ = false;
};

/// Gives what is there for one piece a name.
template <class Body, class Piece, class... Views>
void run_body(const Body &body, Piece &piece, Views &&...accumulators) {
  body(piece, accumulators...);
}

template <class Space, class Body, class... Reduced, std::size_t... I>
void run_stages(const loop_of<Space, Body, Reduced...> &whole, loop_share &mine, std::index_sequence<I...>) {
  unshared<Body> body = whole.body;
  unshared<Space> space = whole.space;
  staged_piece<Space> piece(space, mine);
  run_body(body, piece, accumulator<Reduced, I>(whole, mine)...);
}
template <class Space, class Body, class... Reduced> void run_staged_share(const loop &self, loop_share &mine) {
  run_stages(static_cast<const loop_of<Space, Body, Reduced...> &>(self), mine, std::index_sequence_for<Reduced...>());
}

/// Runs `body(piece, accumulators...)` for each piece of a loop, and once if there is no iteration.
template <class Space, class Body, class... Reduced>
void staged_for(loop_options options, const Space &space, const Body &body, const Reduced &...reduced) {
  start_loop(&run_loop, &run_staged_share<Space, Body, Reduced...>, options, space, body, reduced...);
}
template <class Space, class Body, class... Reduced>
void staged_for(const Space &space, const Body &body, const Reduced &...reduced) {
  staged_for(loop_options(), space, body, reduced...);
}

} // namespace weave::detail
