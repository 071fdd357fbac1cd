// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "command/InputKind.h"
#include "clang/Driver/Types.h"
#include "llvm/Support/Path.h"

namespace weave {

namespace types = clang::driver::types;

static InputKind kindOf(types::ID Type) {
  switch (Type) {
  case types::TY_CXX:
    return InputKind::Source;
  case types::TY_CXXModule:
    return InputKind::Module;
  case types::TY_CXXHeader:
    return InputKind::Header;
  case types::TY_CXXHUHeader:
  case types::TY_CXXSHeader:
  case types::TY_CXXUHeader:
    return InputKind::HeaderUnit;
  case types::TY_PP_CXX:
  case types::TY_PP_CXXHeader:
  case types::TY_PP_CXXHeaderUnit:
  case types::TY_PP_CXXModule:
    return InputKind::Preprocessed;
  case types::TY_CLCXX:
  case types::TY_PP_CLCXX:
    return InputKind::Dialect;
  default:
    return types::isCXX(Type) ? InputKind::Dialect : InputKind::Other;
  }
}

InputKind inputKind(llvm::StringRef Name, llvm::StringRef Language, bool IsCxxDriver) {
  if (!Language.empty() && Language != "none")
    return kindOf(types::lookupTypeForTypeSpecifier(Language.str().c_str()));
  const llvm::StringRef Extension = llvm::sys::path::extension(Name);
  if (Extension.empty())
    return InputKind::Other; // for the linker
  // Suffixes that only gcc knows.
  if (Extension == ".tcc")
    return InputKind::Header;
  if (Extension == ".ixx")
    return InputKind::Module;
  const types::ID Type = types::lookupTypeForExtension(Extension.drop_front());
  return kindOf(IsCxxDriver ? types::lookupCXXTypeForCType(Type) : Type);
}

} // namespace weave
