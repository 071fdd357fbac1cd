// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// WEAVE_TOOL: a library that is told what a program does (weave/observe.h).
#pragma once

#include "weave/observe.h"

#include <string>

namespace weave::detail::observe {

/// Loads the library and asks what it wants to be told; nothing, if it has no name. Throws std::invalid_argument, with
/// a text for the user, if that fails.
weave_observer load_tool(const std::string &library, unsigned workers);

} // namespace weave::detail::observe
