// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// For clang: the woven texts under the names of the originals, in a virtual file system.
#ifndef WEAVE_TOOL_COMMAND_OVERLAY_H
#define WEAVE_TOOL_COMMAND_OVERLAY_H

#include "command/Frontend.h"

namespace weave {

/// The description of a file system in which each woven file hides its original. The texts are below `Directory`.
std::string describeOverlay(const WovenUnit &Unit, llvm::StringRef Directory);

/// An option without effect that differs whenever the texts do, for caches that know the files by their names.
std::string digestOption(const WovenUnit &Unit);

} // namespace weave

#endif
