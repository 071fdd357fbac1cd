// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What the preprocessor knows of the pragmas of others that the text of a file does not tell.
#ifndef WEAVE_TOOL_PRAGMA_USERPRAGMAS_H
#define WEAVE_TOOL_PRAGMA_USERPRAGMAS_H

#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include <memory>
#include <vector>

namespace clang {
class PPCallbacks;
class Preprocessor;
} // namespace clang

namespace weave {

class UserPragmas {
public:
  /// Offsets in a file.
  struct Stretch {
    unsigned Begin, End;
  };
  /// The stretch that begins last at or before the offset, if it reaches behind that; otherwise null.
  static const Stretch *find(llvm::ArrayRef<Stretch> Sorted, unsigned Offset);

  /// What a conditional left out.
  llvm::ArrayRef<Stretch> skipped(clang::FileID File) const { return in(Skipped, File); }
  /// `_Pragma("...")`, or the use of a macro that makes such and nothing else.
  llvm::ArrayRef<Stretch> operators(clang::FileID File) const { return in(Operators, File); }

  std::unique_ptr<clang::PPCallbacks> recorder(clang::Preprocessor &PP);

private:
  class Recorder;
  using Stretches = llvm::DenseMap<clang::FileID, std::vector<Stretch>>;

  static llvm::ArrayRef<Stretch> in(const Stretches &All, clang::FileID File) {
    const auto Found = All.find(File);
    return Found == All.end() ? llvm::ArrayRef<Stretch>() : llvm::ArrayRef(Found->second);
  }

  Stretches Skipped, Operators; // in the order of the text
};

} // namespace weave

#endif
