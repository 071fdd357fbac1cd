// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <atomic>
#include <cstdint>
#include <source_location>
#include <string>

namespace weave::model::trace {

/// Where the operations of an execution are written down, one a line; null while nobody wants to know.
inline std::string *text = nullptr;

/// @param location  its number in the execution, in the order of first use
void note(const char *operation, std::size_t location, std::uint64_t value, std::memory_order, std::source_location);

} // namespace weave::model::trace
