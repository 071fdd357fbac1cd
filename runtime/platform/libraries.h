// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Shared libraries that are loaded when they are needed.
#pragma once

#include <string>

namespace weave::platform {

/// Null if it cannot be loaded, and always where the program is linked so that nothing can be.
void *load_library(const char *name) noexcept;
/// Null if it has none of that name.
void *symbol_of(void *library, const char *name) noexcept;
/// Why `load_library` returns null for it, which is tried once more.
std::string why_not_loaded(const char *name);

} // namespace weave::platform
