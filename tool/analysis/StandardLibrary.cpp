// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/StandardLibrary.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/StringSwitch.h"

using namespace clang;

namespace weave {

bool soundsLikeSynchronisation(StringRef Name) {
  static constexpr StringRef Parts[] = {"mutex",   "wait",     "acquire",  "release", "atomic",    "barrier",
                                        "latch",   "exchange", "fence",    "ready",   "semaphore", "join",
                                        "sync",    "critical", "notify",   "future",  "promise",   "test_and_set",
                                        "channel", "receive",  "call_once"};
  const std::string Lower = Name.lower();
  if (llvm::any_of(Parts, [&](StringRef Part) { return StringRef(Lower).contains(Part); }))
    return true;
  // Not a block or a clock.
  for (size_t At = Lower.find("lock"); At != std::string::npos; At = Lower.find("lock", At + 1))
    if (At == 0 || (Lower[At - 1] != 'b' && Lower[At - 1] != 'c'))
      return true;
  return false;
}

StringRef nameOf(const NamedDecl &D) { return D.getIdentifier() ? D.getName() : StringRef(); }

bool isLibraryClass(QualType Type) {
  const CXXRecordDecl *Record = Type.getNonReferenceType()->getAsCXXRecordDecl();
  return Record && Record->isInStdNamespace() && !soundsLikeSynchronisation(nameOf(*Record));
}

bool isIndexable(QualType Type) {
  const CXXRecordDecl *Record = Type.getNonReferenceType()->getAsCXXRecordDecl();
  if (!Record || !Record->isInStdNamespace())
    return false;
  if (const auto *Vector = dyn_cast<ClassTemplateSpecializationDecl>(Record);
      Vector && nameOf(*Record) == "vector" && Vector->getTemplateArgs().get(0).getAsType()->isBooleanType())
    return false;
  return llvm::StringSwitch<bool>(nameOf(*Record)).Cases({"vector", "array", "deque"}, true).Default(false);
}

bool mayInsert(const CXXOperatorCallExpr &Subscript) {
  const CXXRecordDecl *Record = Subscript.getArg(0)->getType().getNonReferenceType()->getAsCXXRecordDecl();
  return Record && nameOf(*Record).ends_with("map");
}

bool onlyLeadsToElements(const CXXMethodDecl &Method) {
  const StringRef Class = nameOf(*Method.getParent());
  if (Class.ends_with("stream") || Class == "basic_ios" || Class == "ios_base")
    return true;
  return llvm::StringSwitch<bool>(nameOf(Method))
      .Cases({"begin", "end", "rbegin", "rend", "data", "front", "back", "at", "top"}, true)
      .Cases({"find", "lower_bound", "upper_bound", "equal_range", "value", "get", "c_str"}, true)
      .Default(false);
}

} // namespace weave
