// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// parallel_for staged: what stands around the loop runs once for each piece, which calls for strip after strip in
// between.
#pragma once

#include "loop.h"

#include <optional>

namespace weave::detail {

/// The part of a staged loop that one worker runs. Without a `share`, it is the whole loop in one strip.
template <class Space, class Share> class staged_piece {
  using bounds = stretch<decltype(std::declval<const Space &>().begin(0))>;

public:
  staged_piece(const Space &space, Share *share) : space_(space), share_(share) {}

  /// The next strip. Nothing: all are done, and combined.
  std::optional<bounds> next() {
    if (share_)
      return share_->next() ? strip(share_->begin(), share_->end()) : std::nullopt;
    const std::uint64_t count = std::exchange(is_done_, true) ? 0 : space_.count();
    return count != 0 ? strip(0, count) : std::nullopt;
  }

private:
  std::optional<bounds> strip(std::uint64_t k, std::uint64_t end) const {
    return bounds(space_.begin(k), space_.end(end));
  }

  const Space &space_;
  Share *const share_;
  bool is_done_ = false;
};

template <class Space, class Body, class... Reduced> class staged_loop : public loop_parts<Space, Body, Reduced...> {
public:
  using loop_parts<Space, Body, Reduced...>::loop_parts;

  /// As parallel_loop, but the body is called once.
  void run(std::uint64_t k, std::uint64_t end, std::uint64_t strip_length,
           typename Reduced::value &...accumulator) const {
    share<staged_loop> mine(*this, k, end, strip_length, std::tie(accumulator...));
    run_piece(&mine, accumulator...);
  }

  void run_all() const {
    const std::uint64_t count = this->space_.count();
    const bool alone = this->is_alone();
    std::apply(
        [&](auto &...accumulator) {
          if (alone)
            run_piece(nullptr, accumulator...);
          else
            run(0, count, 0, accumulator...);
        },
        this->variables());
  }

private:
  void run_piece(share<staged_loop> *mine, typename Reduced::value &...accumulator) const {
    staged_piece<Space, share<staged_loop>> piece(this->space_, mine);
    this->body_(piece, accumulator...);
  }
};

/// Runs `body(piece, accumulators...)` for each piece of a loop, and once if there is no iteration.
template <class Space, class Body, class... Reduced>
void staged_for(loop_options options, const Space &space, const Body &body, const Reduced &...reduced) {
  staged_loop<Space, Body, Reduced...>(options, space, body, reduced...).run_all();
}
template <class Space, class Body, class... Reduced>
void staged_for(const Space &space, const Body &body, const Reduced &...reduced) {
  staged_for(loop_options(), space, body, reduced...);
}

} // namespace weave::detail
