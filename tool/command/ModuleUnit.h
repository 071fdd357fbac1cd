// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What the text of a source says about C++20 modules.
#ifndef WEAVE_TOOL_COMMAND_MODULEUNIT_H
#define WEAVE_TOOL_COMMAND_MODULEUNIT_H

#include "llvm/ADT/StringRef.h"
#include <string>

namespace weave {

/// A module unit can include a header in its global module fragment only, which must be the first thing in the unit. So
/// the runtime's headers come by way of a header that opens the fragment (weave/woven_module.h), and a unit that has
/// one already goes on in it.
struct ModuleUnit {
  explicit ModuleUnit(llvm::StringRef Text);

  bool IsModule = false;
  bool Imports = false;
  /// The text with blanks in place of the `module;` that opens its own fragment; empty without one.
  std::string Continued;
  size_t FragmentBegin = 0, FragmentEnd = 0; ///< Where those blanks are.

  llvm::StringRef runtimeHeader() const { return IsModule ? "weave/woven_module.h" : "weave/woven.h"; }
};

} // namespace weave

#endif
