// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a call returned or threw.
#pragma once

#include "config.h"
#include "contract.h"

#include <exception>
#include <type_traits>
#include <utility>
#include <variant>

namespace weave::detail {

/// Nothing yet, or the value that a call returned, of any type, or what it threw.
template <class T> class outcome {
  static_assert(std::is_void_v<T> || std::is_reference_v<T> || std::is_move_constructible_v<T>,
                "the result of a spawned function must be movable");
  using stored = std::conditional_t<std::is_void_v<T>, std::monostate,
                                    std::conditional_t<std::is_reference_v<T>, std::remove_reference_t<T> *, std::remove_cv_t<T>>>;

public:
  outcome() = default;
  outcome(outcome &&other) noexcept(std::is_nothrow_move_constructible_v<stored>) : what_(std::move(other.what_)) {
    other.what_.template emplace<nothing_yet>();
  }
  outcome &operator=(outcome &&other) noexcept(std::is_nothrow_move_constructible_v<stored>) {
    if (this != &other) {
      what_.template emplace<nothing_yet>();
      if (other.what_.index() == value)
        what_.template emplace<value>(std::get<value>(std::move(other.what_)));
      else if (other.what_.index() == error)
        what_.template emplace<error>(std::get<error>(std::move(other.what_)));
      other.what_.template emplace<nothing_yet>();
    }
    return *this;
  }

  bool ready() const noexcept { return what_.index() != nothing_yet; }

  /// Calls `f` and keeps what comes of it.
  template <class F> void of(F &&f) {
#if WEAVE_HAS_EXCEPTIONS
    try {
      keep(std::forward<F>(f));
    } catch (...) {
      what_.template emplace<error>(std::current_exception());
    }
#else
    keep(std::forward<F>(f));
#endif
  }

  /// Returns the value or throws the exception. Once.
  T take() && {
    WEAVE_ASSERT(ready(), "a result is taken once, when there is one");
    if (what_.index() == error)
      std::rethrow_exception(std::get<error>(std::move(what_)));
    if constexpr (std::is_reference_v<T>)
      return static_cast<T>(*std::get<value>(what_));
    else if constexpr (!std::is_void_v<T>)
      return std::get<value>(std::move(what_));
  }

private:
  static constexpr std::size_t nothing_yet = 0, value = 1, error = 2;

  template <class F> void keep(F &&f) {
    if constexpr (std::is_void_v<T>) {
      std::forward<F>(f)();
      what_.template emplace<value>();
    } else if constexpr (std::is_reference_v<T>) {
      T result = std::forward<F>(f)();
      what_.template emplace<value>(&result);
    } else {
      what_.template emplace<value>(std::forward<F>(f)());
    }
  }

  std::variant<std::monostate, stored, std::exception_ptr> what_;
};

} // namespace weave::detail
