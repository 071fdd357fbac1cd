// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Places in the source, and the messages that name them.
#pragma once

#include <cstddef>
#include <cstdio>
#include <cstdlib>

namespace weave::detail {

/// As a default argument, `place::here()` is where the call stands.
struct place {
  const char *file;
  int line;

  static constexpr place here(const char *file = __builtin_FILE(), int line = __builtin_LINE()) { return {file, line}; }
};

/// Says what is wrong with the use of an event, and stops the program.
[[noreturn]] inline void stop_at(place at, const char *what, place made) {
  std::fprintf(stderr, "%s:%d: weave: error: %s\n%s:%d: note: the flow_event is this one\n", at.file, at.line, what, made.file,
               made.line);
  std::abort();
}

/// The parts of an event: one, or one for each iteration of a loop. Stops the program if asked for one that there is not.
class event_range {
public:
  explicit event_range(place made) : stop_(1), single_(true), made_(made) {}
  event_range(long start, long stop, long stride, place made) : start_(start), stop_(stop), stride_(stride), made_(made) {
    if (stride == 0)
      stop_at(made, "the stride of a flow_event is 0", made);
  }

  /// Where the event is declared.
  place made() const { return made_; }
  std::size_t size() const {
    if (stride_ > 0 ? start_ >= stop_ : start_ <= stop_)
      return 0;
    return stride_ > 0 ? (distance(start_, stop_) - 1) / step() + 1 : (distance(stop_, start_) - 1) / step() + 1;
  }
  /// The part of an event without iterations.
  std::size_t only(place at) const {
    if (!single_)
      stop_at(at, "trigger() of a flow_event with iterations must name one", made_);
    return 0;
  }
  /// The part that is iteration `i`.
  std::size_t part(long i, place at) const {
    const std::size_t found = single_ ? size() : position(i);
    if (found == size())
      stop_at(at, "the flow_event has no such iteration", made_);
    return found;
  }

private:
  // `size()` if there is none.
  std::size_t position(long i) const {
    if (stride_ > 0 ? i < start_ : i > start_)
      return size();
    const std::size_t from_start = stride_ > 0 ? distance(start_, i) : distance(i, start_);
    return from_start % step() == 0 && from_start / step() < size() ? from_start / step() : size();
  }
  static std::size_t distance(long low, long high) { return static_cast<std::size_t>(high) - static_cast<std::size_t>(low); }
  std::size_t step() const {
    return stride_ > 0 ? static_cast<std::size_t>(stride_) : std::size_t(0) - static_cast<std::size_t>(stride_);
  }

  long start_ = 0, stop_, stride_ = 1;
  bool single_ = false;
  place made_;
};

} // namespace weave::detail
