// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/HandedOver.h"
#include "analysis/StandardLibrary.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/StringSwitch.h"

using namespace clang;

namespace weave {

static bool onlyPassesOn(const FunctionDecl &F) {
  return F.isInStdNamespace() && llvm::StringSwitch<bool>(nameOf(F))
                                     .Cases({"move", "forward", "ref", "cref", "addressof", "as_const", "get"}, true)
                                     .Cases({"begin", "end", "cbegin", "cend", "data", "size", "launder"}, true)
                                     .Default(false);
}

SmallVector<HandedOver, 2> handedOver(const CallExpr &Call, const ASTContext &Context) {
  SmallVector<HandedOver, 2> Result;
  const FunctionDecl &Callee = *Call.getDirectCallee();
  const auto *Method = dyn_cast<CXXMethodDecl>(&Callee);
  const bool IsOperator = isa<CXXOperatorCallExpr>(Call) && Method;
  if (onlyPassesOn(Callee))
    return Result;
  const auto Add = [&](const Expr &Object, bool MayWrite) {
    const Expr &E = *Object.IgnoreParenImpCasts();
    const CXXRecordDecl *Record = E.getType()->getAsCXXRecordDecl();
    if (!E.isGLValue() || (Record && nameOf(*Record).ends_with("stream")))
      return;
    if (auto What = placeBehindPointers(E, Context))
      Result.push_back({std::move(*What), MayWrite, E.getExprLoc()});
  };
  const bool IsVisible = Callee.getDefinition() && !Callee.isInStdNamespace();
  if (const auto *OfMember = dyn_cast<CXXMemberCallExpr>(&Call); OfMember && !IsVisible && Method &&
                                                                 !Method->isStatic() && !Method->isInStdNamespace() &&
                                                                 OfMember->getImplicitObjectArgument()->isGLValue())
    Add(*OfMember->getImplicitObjectArgument(), !Method->isConst());
  for (unsigned I = IsOperator, Parameter = 0; I < Call.getNumArgs() && Parameter < Callee.getNumParams();
       ++I, ++Parameter) {
    const QualType Type = Callee.getParamDecl(Parameter)->getType();
    const Expr *Argument = Call.getArg(I)->IgnoreParenImpCasts();
    if (Type->isReferenceType()) {
      if (!IsVisible && Argument->isLValue() && Type->isLValueReferenceType())
        Add(*Argument, !Type->getPointeeType().isConstQualified());
    } else if (Type->isPointerType() && !Type->isFunctionPointerType()) {
      if (const auto *Address = dyn_cast<UnaryOperator>(Argument); Address && Address->getOpcode() == UO_AddrOf)
        Argument = Address->getSubExpr();
      else if (!Argument->getType()->isArrayType())
        continue;
      if (!isa<StringLiteral>(Argument))
        Add(*Argument, !Type->getPointeeType().isConstQualified());
    }
  }
  return Result;
}

} // namespace weave
