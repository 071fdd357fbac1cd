// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// OpenMP's pragmas in a unit that is compiled without OpenMP, so that they do nothing.
#ifndef WEAVE_TOOL_PRAGMA_OPENMPPRAGMAS_H
#define WEAVE_TOOL_PRAGMA_OPENMPPRAGMAS_H

#include "clang/Basic/SourceLocation.h"
#include <memory>
#include <string>
#include <vector>

namespace clang {
class PPCallbacks;
class Preprocessor;
} // namespace clang

namespace weave {

class Diagnostics;

struct IgnoredPragma {
  clang::SourceLocation Where;
  std::string Directive; ///< Its first word.
};

/// Collects them, without those that promise nothing but speed.
std::unique_ptr<clang::PPCallbacks> recordIgnoredPragmas(const clang::Preprocessor &PP,
                                                         std::vector<IgnoredPragma> &Into);

/// A source that has directives of ours looks as if all of it ran in parallel.
void warnOfIgnoredPragmas(const std::vector<IgnoredPragma> &Found, const Diagnostics &Diags);

} // namespace weave

#endif
