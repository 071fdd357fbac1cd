// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Headers that the command line includes in front of the source.
#ifndef WEAVE_TOOL_COMMAND_FORCEDHEADERS_H
#define WEAVE_TOOL_COMMAND_FORCEDHEADERS_H

#include "command/Command.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace weave {

/// Those of one command, in the order in which the compiler includes them, and as text also where they would come
/// precompiled: what was compiled without the tool holds neither annotations nor woven text.
class ForcedHeaders {
public:
  explicit ForcedHeaders(const Command &C);

  llvm::ArrayRef<std::string> names() const { return Names; }
  /// Whether the argument is part of what includes one of them.
  bool own(const Argument &A) const { return Owned.contains(&A); }

private:
  Words Names;
  llvm::SmallPtrSet<const Argument *, 8> Owned;
};

/// The words with which Clang includes a header as text, whatever lies beside it.
Words includedAsText(llvm::StringRef Header);

} // namespace weave

#endif
