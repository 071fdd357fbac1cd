// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What calls do with the addresses that they get.
#include "analysis/AddressWalker.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace weave {

using Handed = ObjectTypes::Handed;

AddressFlow::Walker::Value AddressFlow::Walker::evaluateConstruction(const CXXConstructExpr &Construct) {
  const CXXConstructorDecl &Constructor = *Construct.getConstructor();
  Arguments Passed;
  unsigned Index = 0;
  for (const Expr *E : Construct.arguments()) {
    const QualType Parameter =
        Index < Constructor.getNumParams() ? Constructor.getParamDecl(Index)->getType() : QualType();
    ++Index;
    Passed.push_back({Parameter.isNull() ? Argument::Variadic : Argument::Plain, evaluate(E), E->getType(), Parameter});
  }
  // A copy holds what the original does.
  if (Constructor.isCopyOrMoveConstructor() && !Passed.empty()) {
    const Argument &Original = Passed.front();
    if (Original.mayBeChanged() && !Constructor.isTrivial())
      change(Original.What.At, Original.Type, /*InCall=*/true);
    return {{}, contents(Original.What, Original.Type)};
  }
  return pass(Passed, Construct.getType(), /*IsShown=*/true, /*IsOfMember=*/false);
}

AddressFlow::Walker::Value AddressFlow::Walker::evaluateCall(const CallExpr &Call) {
  Arguments Passed;
  const FunctionDecl *Callee = Call.getDirectCallee();
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Callee);
  const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&Call);
  const bool IsMethod = Method && Method->isInstance();
  const auto AddTarget = [&](Value Whole, QualType Type) {
    if (Method && Method->isConst())
      Whole.At = readOnly(std::move(Whole.At));
    Passed.push_back({Argument::Target, std::move(Whole), Type});
  };

  const Expr *Function = Call.getCallee()->IgnoreParens();
  if (const auto *Member = dyn_cast<MemberExpr>(Function)) {
    const QualType Type = Member->getBase()->getType();
    if (IsMethod)
      AddTarget(evaluateMember(*Member->getBase(), Member->isArrow(), nullptr),
                Member->isArrow() ? Type->getPointeeType() : Type);
    else
      evaluate(Member);
  } else if (const auto *Unresolved = dyn_cast<UnresolvedMemberExpr>(Function)) {
    if (Unresolved->isImplicitAccess())
      AddTarget(evaluateBare(*Unresolved), Unresolved->getBaseType());
    else
      AddTarget(evaluateMember(*Unresolved->getBase(), Unresolved->isArrow(), nullptr), Unresolved->getBaseType());
  } else if (const auto *Dependent = dyn_cast<CXXDependentScopeMemberExpr>(Function)) {
    AddTarget(evaluate(Dependent), Dependent->getBaseType());
  } else if (const auto *Pointed = dyn_cast<BinaryOperator>(Function)) { // object.*member
    AddTarget(evaluate(Pointed), Pointed->getLHS()->getType());
  } else if (!Operator && !Callee) {
    AddTarget(evaluate(Function), Function->getType());
  }

  const FunctionProtoType *Type = nullptr;
  if (Callee)
    Type = Callee->getType()->getAs<FunctionProtoType>();
  else if (const auto *Pointer = Function->getType()->getAs<PointerType>())
    Type = Pointer->getPointeeType()->getAs<FunctionProtoType>();
  unsigned Index = 0;
  for (const Expr *E : Call.arguments()) {
    if (Operator && IsMethod && E == Call.getArg(0)) {
      AddTarget(evaluate(E), E->getType());
      continue;
    }
    const QualType Parameter = Type && Index < Type->getNumParams() ? Type->getParamType(Index) : QualType();
    const bool IsVariadic = Type && Index >= Type->getNumParams();
    ++Index;
    Passed.push_back({IsVariadic ? Argument::Variadic : Argument::Plain, evaluate(E), E->getType(), Parameter});
  }

  const bool IsAssignment = Operator && Operator->isAssignmentOp();
  if (IsAssignment && Method && Method->isTrivial() && Passed.size() == 2) {
    const Argument &To = Passed[0], &From = Passed[1];
    change(To.What.At, To.Type, /*InCall=*/false);
    assign(To.What.At, To.Type, contents(From.What, From.Type));
    return To.What;
  }
  if (IsAssignment && Passed.size() == 2)
    publish(Passed[0].What.At, Passed[0].Type, contents(Passed[1].What, Passed[1].Type));
  // No function of the C library but a few keeps what it gets.
  const ASTContext &Context = Known.Types.context();
  if (Callee && Callee->isExternC() && Context.getSourceManager().isInSystemHeader(Callee->getLocation()))
    for (Argument &A : Passed)
      if (A.As == Argument::Plain)
        A.As = Argument::Variadic;
  const bool IsOfMember = !Passed.empty() && Passed[0].As == Argument::Target &&
                          !(Operator && Operator->getOperator() == OO_Call) && (Method || !Callee);
  const QualType Result = Call.isTypeDependent() ? QualType() : Call.getCallReturnType(Context);
  return pass(Passed, Result, IsAssignment, IsOfMember);
}

/// What a function may do with its arguments: change what it can, let one that can hold addresses hold those of the
/// others, and return what it got.
/// @param Result      null: not known
/// @param IsOfMember  a member function returns what belongs to its object
AddressFlow::Walker::Value AddressFlow::Walker::pass(const Arguments &Passed, QualType Result, bool IsShown,
                                                     bool IsOfMember) {
  SmallVector<Objects, 4> Held;
  for (const Argument &A : Passed)
    Held.push_back(contents(A.What, A.Type));
  if (Changes) {
    for (const auto &[A, Own] : llvm::zip(Passed, Held)) {
      if (A.mayBeChanged())
        change(A.What.At, A.Type, /*InCall=*/true);
      change(reachable(Own), A.Type, /*InCall=*/true);
    }
    change(Known.Published, {}, /*InCall=*/true);
  }
  if (Growing)
    for (const auto &[To, Own] : llvm::zip(Passed, Held))
      keep(To, Own, Passed, Held, IsShown);

  Objects Returned;
  for (const auto &[A, Own] : llvm::zip(Passed, Held)) {
    for (const auto &[O, How] : Own)
      if (Result.isNull() || mayHold(Result, O, Handed::Address, A.Type, How.IsWritable))
        merge(Returned, O, How);
    if (IsOfMember && A.As != Argument::Target)
      continue;
    if (A.isBoundToReference())
      for (const auto &[O, How] : A.mayBeChanged() ? A.What.At : readOnly(A.What.At))
        if (!Result.isNull() && mayHold(Result, O, Handed::Lvalue, A.Type, How.IsWritable))
          merge(Returned, O, How);
  }
  if (Known.Of == Extent::Function && (Result.isNull() || Known.Types.mayHoldAny(Result)))
    merge(Returned, outside());
  if (!Result.isNull())
    return Result->isReferenceType() ? Value{std::move(Returned), {}} : Value{{}, std::move(Returned)};
  Value Open{{}, std::move(Returned)}; // perhaps an lvalue
  for (const Argument &A : Passed)
    if (!IsOfMember || A.As == Argument::Target)
      merge(Open.At, A.What.At);
  return Open;
}

/// Lets one argument hold the addresses that the others hand over.
void AddressFlow::Walker::keep(const Argument &To, const Objects &Own, const Arguments &Passed, ArrayRef<Objects> Held,
                               bool IsShown) {
  const bool IsPointer = !To.mayBeChanged() && To.Type->isPointerType();
  const QualType Type = IsPointer ? To.Type->getPointeeType() : To.Type;
  if (To.As == Argument::Variadic || Type->isDependentType() || !Known.Types.mayHoldAny(Type))
    return;
  for (const auto &[Holder, How] : IsPointer ? Own : To.mayBeChanged() ? To.What.At : Objects()) {
    if (!How.IsWritable)
      continue;
    for (const auto &[From, Addresses] : llvm::zip(Passed, Held)) {
      if (&From == &To || From.As == Argument::Variadic)
        continue;
      enter(Holder, Type, Addresses, Handed::Address, From.Type, IsShown);
      if (From.isBoundToReference())
        enter(Holder, Type, From.mayBeChanged() ? From.What.At : readOnly(From.What.At), Handed::Lvalue, From.Type,
              IsShown);
    }
  }
}

} // namespace weave
