// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What the clauses firstprivate, move and if make of a spawn.
#pragma once

#include "handle.h"

#include "detail/config.h"
#include "detail/site.h"

#include <initializer_list>
#include <utility>

namespace weave::detail {

/// The copy that a closure holds, for its task to change. The closure itself is const, so that a variable that was
/// copied unasked cannot be written by mistake. No closure object is a const object.
template <class T> T &own(const T &captured) noexcept { return const_cast<T &>(captured); }

/// Where the rows of an array begin whose lengths only the run tells, for a pointer to them.
inline void *untyped(const void *first) noexcept { return const_cast<void *>(first); }

struct operand;
class operand_set;

/// Stands in front of a spawn for `if(condition)`: without it, the statement runs here and now.
template <class Frame> class when {
public:
  when(bool condition, Frame &frame) : condition_(condition), frame_(frame) {}

  template <class F, class Name = unnamed> WEAVE_INLINE void spawn(F &&f, Name name = {}) {
    if (condition_)
      frame_.spawn(std::forward<F>(f), name);
    else
      f();
  }
  template <class F, class Name = unnamed> WEAVE_INLINE void spawn(handle &bound, F &&f, Name name = {}) {
    if (condition_)
      return frame_.spawn(bound, std::forward<F>(f), name);
    handle_access::bind(bound);
    f();
  }

  template <class F, class Name = unnamed>
  WEAVE_INLINE void spawn_after(std::initializer_list<operand> operands, F &&f, Name name = {}) {
    spawn_behind(operands, f, name);
  }
  template <class F, class Name = unnamed>
  WEAVE_INLINE void spawn_after(const operand_set &operands, F &&f, Name name = {}) {
    spawn_behind(operands, f, name);
  }
  template <class F, class Name = unnamed>
  WEAVE_INLINE void spawn_after(handle &bound, std::initializer_list<operand> operands, F &&f, Name name = {}) {
    spawn_behind(bound, operands, f, name);
  }
  template <class F, class Name = unnamed>
  WEAVE_INLINE void spawn_after(handle &bound, const operand_set &operands, F &&f, Name name = {}) {
    spawn_behind(bound, operands, f, name);
  }

private:
  template <class Operands, class F, class Name>
  WEAVE_INLINE void spawn_behind(const Operands &operands, F &f, Name name) {
    if (condition_)
      frame_.spawn_after(operands, f, name);
    else
      frame_.run_after(operands, f);
  }
  template <class Operands, class F, class Name>
  WEAVE_INLINE void spawn_behind(handle &bound, const Operands &operands, F &f, Name name) {
    if (condition_)
      return frame_.spawn_after(bound, operands, f, name);
    handle_access::bind(bound);
    frame_.run_after(operands, f);
  }

  const bool condition_;
  Frame &frame_;
};
template <class Frame> when(bool, Frame &) -> when<Frame>;

} // namespace weave::detail
