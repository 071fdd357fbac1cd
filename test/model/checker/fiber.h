// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <csetjmp>
#include <cstddef>
#include <memory>
#include <ucontext.h>

namespace weave::model {

/// A stack and a place in the code. The stack is kept from one start to the next.
class fiber {
public:
  /// The next switch to this fiber calls `entry`, which must not return.
  void start(void (*entry)()) {
    if (!stack_)
      stack_.reset(new std::byte[stack_bytes]);
    getcontext(&context_);
    context_.uc_stack.ss_sp = stack_.get();
    context_.uc_stack.ss_size = stack_bytes;
    context_.uc_link = nullptr;
    makecontext(&context_, entry, 0);
    fresh_ = true;
  }

  /// Leaves `from`, which is the one that runs, for `to`. Only the first switch to a fiber needs a call of the system.
  static void change(fiber &from, fiber &to) {
    if (_setjmp(from.place_))
      return;
    if (!to.fresh_)
      _longjmp(to.place_, 1);
    to.fresh_ = false;
    setcontext(&to.context_);
  }

private:
  static constexpr std::size_t stack_bytes = 2 * 1024 * 1024;

  ucontext_t context_{};
  std::jmp_buf place_{};
  bool fresh_ = false;
  std::unique_ptr<std::byte[]> stack_;
};

} // namespace weave::model
