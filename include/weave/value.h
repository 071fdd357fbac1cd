// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// spawn in front of a declaration: a variable that a task makes.
#pragma once

#include "detail/config.h"

#include <new>
#include <type_traits>
#include <utility>

namespace weave::detail {

/// A place for an object that does not live from the start.
template <class T> class later {
public:
  later() {}
  later(const later &) = delete;
  later &operator=(const later &) = delete;
  ~later() {
    if constexpr (!std::is_trivially_destructible_v<T>)
      if (made_)
        value_.~T();
  }

  /// Makes it of what `f` returns, in place.
  template <class F> WEAVE_INLINE void make(const F &f) {
    ::new (static_cast<void *>(__builtin_addressof(value_))) T(f());
    made_ = true;
  }
  T &get() noexcept { return value_; }

private:
  union {
    T value_;
  };
  bool made_ = false;
};

/// The variable of a spawned declaration: the closure that makes it, and the place for it.
///
/// Lifetime: ends only when the tasks of the frame are done.
/// Thread-safety: the task writes it, and its owner reads it behind a sync.
template <class Frame, class F> class spawned {
  using value = std::invoke_result_t<const F &>;

public:
  spawned(Frame &frame, F f) : make_(std::move(f)), borrowed_(frame.borrow()) {}

  /// What has to run before `get` may be used.
  WEAVE_INLINE auto task() {
    return [this] { value_.make(make_); };
  }
  WEAVE_INLINE value &get() noexcept { return value_.get(); }

private:
  F make_;
  later<value> value_;
  decltype(std::declval<Frame &>().borrow()) borrowed_; // last, so that it ends first
};
template <class Frame, class F> spawned(Frame &, F) -> spawned<Frame, F>;

} // namespace weave::detail
