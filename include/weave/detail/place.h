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

/// The iterations of a loop for which an event has one part each.
class event_range {
public:
  event_range() : stop_(1), single_(true) {}
  event_range(long start, long stop, long stride) : start_(start), stop_(stop), stride_(stride) {}

  bool single() const { return single_; }
  bool valid() const { return stride_ != 0; }
  std::size_t size() const {
    if (stride_ > 0 ? start_ >= stop_ : start_ <= stop_)
      return 0;
    return stride_ > 0 ? (distance(start_, stop_) - 1) / step() + 1 : (distance(stop_, start_) - 1) / step() + 1;
  }
  /// The position of iteration `i`, or `size()` if it is none of them.
  std::size_t position(long i) const {
    if (stride_ > 0 ? i < start_ : i > start_)
      return size();
    const std::size_t from_start = stride_ > 0 ? distance(start_, i) : distance(i, start_);
    return from_start % step() == 0 && from_start / step() < size() ? from_start / step() : size();
  }

private:
  static std::size_t distance(long low, long high) { return static_cast<std::size_t>(high) - static_cast<std::size_t>(low); }
  std::size_t step() const {
    return stride_ > 0 ? static_cast<std::size_t>(stride_) : std::size_t(0) - static_cast<std::size_t>(stride_);
  }

  long start_ = 0, stop_, stride_ = 1;
  bool single_ = false;
};

} // namespace weave::detail
