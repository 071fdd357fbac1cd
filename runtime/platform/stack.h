// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <cstddef>
#include <cstdint>

namespace weave::platform {

/// About where the calling thread's stack is at this moment.
inline std::uintptr_t stack_position() noexcept { return reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0)); }

/// How large the calling thread's stack is, or may become; 0 if the system does not say.
std::size_t stack_size() noexcept;

/// How large to make the stack of a thread, so that it can do what the program's first thread can.
std::size_t usual_stack_size() noexcept;

} // namespace weave::platform
