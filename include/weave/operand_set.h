// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Operands of depends_on whose number only the run tells: `depends_on(iterator(j = 0:n), in: a[next[j]])`.
#pragma once

#include "section.h"

#include "detail/config.h"

#include <memory>
#include <new>
#include <type_traits>
#include <vector>

namespace weave::detail {

/// The numbers of an iterator, as a loop counts: upwards or downwards, and none if it runs away from its end.
template <class T> class counted {
public:
  class iterator {
  public:
    iterator(T at, T step, std::size_t left) noexcept : at_(at), step_(step), left_(left) {}
    T operator*() const noexcept { return at_; }
    iterator &operator++() noexcept {
      if (--left_ != 0) // or it could leave the type's range
        at_ = static_cast<T>(at_ + step_);
      return *this;
    }
    bool operator!=(const iterator &other) const noexcept { return left_ != other.left_; }

  private:
    T at_, step_;
    std::size_t left_;
  };

  counted(T first, T step, std::size_t count) noexcept : first_(first), step_(step), count_(count) {}
  iterator begin() const noexcept { return {first_, step_, count_}; }
  iterator end() const noexcept { return {first_, step_, 0}; }

private:
  T first_, step_;
  std::size_t count_;
};

/// `first:last:step`, without `last`.
template <class Type = void, class First, class Last, class Step = int>
auto counting(First from, Last to, Step by = 1, place at = place::here()) {
  using type = std::conditional_t<std::is_void_v<Type>, std::common_type_t<First, Last>, Type>;
  const type first = static_cast<type>(from), last = static_cast<type>(to);
  if (by == 0)
    stop_at_section(at, "iterator", "step", 0);
  const bool upwards = by > 0;
  if (upwards ? first >= last : first <= last)
    return counted<type>(first, type(), 0);
  const std::size_t distance = upwards ? static_cast<std::size_t>(last) - static_cast<std::size_t>(first)
                                       : static_cast<std::size_t>(first) - static_cast<std::size_t>(last);
  const std::size_t width = upwards ? static_cast<std::size_t>(by) : std::size_t(0) - static_cast<std::size_t>(by);
  return counted<type>(first, static_cast<type>(by), (distance - 1) / width + 1);
}

/// Any number of operands, with the levels of their own.
class operand_set {
public:
  /// As many as there are of a set that there was no memory for.
  static constexpr std::size_t unknown = SIZE_MAX;

  /// Calls `add_all(*this)`.
  template <class F> explicit operand_set(F add_all) { add_all(*this); }

  void add(const operand &named) noexcept {
    WEAVE_TRY { copy(named); }
#if WEAVE_HAS_EXCEPTIONS
    catch (const std::bad_alloc &) {
      complete_ = false;
    }
#endif
  }

  const operand *data() const noexcept { return operands_.data(); }
  std::size_t size() const noexcept { return complete_ ? operands_.size() : unknown; }

private:
  void copy(const operand &named) {
    operands_.push_back(named);
    if (named.level_count == 0)
      return;
    levels_.push_back(std::make_unique<level[]>(named.level_count));
    for (std::uint32_t i = 0; i != named.level_count; ++i)
      levels_.back()[i] = named.levels[i];
    operands_.back().levels = levels_.back().get();
  }

  std::vector<operand> operands_;
  std::vector<std::unique_ptr<level[]>> levels_;
  bool complete_ = true;
};

} // namespace weave::detail
