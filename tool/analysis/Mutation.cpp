// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/Mutation.h"
#include "clang/AST/RecursiveASTVisitor.h"

using namespace clang;

namespace weave {

namespace {

/// Collects what the text itself assigns, or hands out for writing.
class AssignmentFinder : public RecursiveASTVisitor<AssignmentFinder> {
public:
  explicit AssignmentFinder(llvm::SmallPtrSetImpl<const ValueDecl *> &Found) : Found(Found) {}

  bool VisitBinaryOperator(BinaryOperator *B) {
    if (B->isAssignmentOp())
      mark(B->getLHS());
    else if (B->getOpcode() == BO_Shr && B->isTypeDependent()) // a stream, perhaps
      mark(B->getRHS());
    return true;
  }
  bool VisitUnaryOperator(UnaryOperator *U) {
    if (U->isIncrementDecrementOp() || U->getOpcode() == UO_AddrOf)
      mark(U->getSubExpr());
    return true;
  }
  bool VisitCallExpr(CallExpr *Call) {
    if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Call))
      if (Operator->isAssignmentOp() || Operator->getOperator() == OO_PlusPlus ||
          Operator->getOperator() == OO_MinusMinus)
        mark(Operator->getArg(0));
    if (const FunctionDecl *Callee = Call->getDirectCallee())
      markArguments(*Callee, Call->arguments(), isa<CXXOperatorCallExpr>(Call) && isa<CXXMethodDecl>(Callee) ? 1 : 0);
    return true;
  }
  bool VisitCXXConstructExpr(CXXConstructExpr *Construct) {
    markArguments(*Construct->getConstructor(), Construct->arguments(), 0);
    return true;
  }
  bool VisitVarDecl(VarDecl *V) {
    if (const Expr *Init = V->getInit(); Init && bindsForWriting(V->getType()))
      mark(Init);
    return true;
  }

private:
  static bool bindsForWriting(QualType Type) {
    return Type->isReferenceType() && !Type.getNonReferenceType().isConstQualified();
  }
  template <class Range> void markArguments(const FunctionDecl &Callee, Range Arguments, unsigned Skip) {
    auto Argument = Arguments.begin();
    for (; Skip && Argument != Arguments.end(); --Skip)
      ++Argument;
    for (const ParmVarDecl *Parameter : Callee.parameters()) {
      if (Argument == Arguments.end())
        return;
      if (bindsForWriting(Parameter->getType()))
        mark(*Argument);
      ++Argument;
    }
  }
  void mark(const Expr *E) {
    E = E->IgnoreParenImpCasts();
    if (const auto *Reference = dyn_cast<DeclRefExpr>(E)) {
      Found.insert(Reference->getDecl());
    } else if (const auto *Choice = dyn_cast<ConditionalOperator>(E)) {
      mark(Choice->getTrueExpr());
      mark(Choice->getFalseExpr());
    } else if (const auto *Binary = dyn_cast<BinaryOperator>(E)) {
      if (Binary->getOpcode() == BO_Comma)
        mark(Binary->getRHS());
    }
  }

  llvm::SmallPtrSetImpl<const ValueDecl *> &Found;
};

} // namespace

Mutation::Mutation(const Stmt &Region, bool IsDependent, ASTContext &Context)
    : Analyzer(Region, Context), IsDependent(IsDependent) {
  if (IsDependent)
    AssignmentFinder(Assigned).TraverseStmt(const_cast<Stmt *>(&Region));
}

bool Mutation::isWritten(const ValueDecl &V) {
  const QualType Type = V.getType().getNonReferenceType();
  if (Type.isConstQualified())
    return false;
  if (IsDependent && (Type->isPointerType() || (!Type->isDependentType() && Type->isScalarType())))
    return Assigned.contains(&V);
  return Analyzer.isMutated(&V);
}

} // namespace weave
