// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/BodyWeight.h"
#include "pragma/Injection.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DynamicRecursiveASTVisitor.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/AST/StmtOpenMP.h"
#include "llvm/ADT/StringSwitch.h"

using namespace clang;

namespace weave {

/// Of a call of the standard library, in operations of the processor that it takes, by and large; 0 if nobody knows.
static unsigned weightOfCall(const FunctionDecl &Callee) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&Callee);
  const bool IsStandard = Callee.isInStdNamespace() || (Method && Method->getParent()->isInStdNamespace());
  if (!IsStandard && Callee.getBuiltinID() == 0)
    return 0;
  if (Method) {
    const bool IsSequence = llvm::StringSwitch<bool>(Method->getParent()->getName())
                                .Cases({"vector", "array", "span", "basic_string", "basic_string_view", "unique_ptr"}, true)
                                .Default(false);
    if (!IsSequence)
      return 0;
    if (Method->isOverloadedOperator())
      return Method->getOverloadedOperator() == OO_Subscript;
    const bool IsShort = Method->getIdentifier() && llvm::StringSwitch<bool>(Method->getName())
                                                        .Cases({"size", "length", "data", "begin", "end"}, true)
                                                        .Default(false);
    return IsShort;
  }
  if (!Callee.getIdentifier())
    return 0;
  return llvm::StringSwitch<unsigned>(Callee.getName())
      .Cases({"move", "forward", "get"}, 1)
      .Cases({"min", "max", "abs", "fabs", "labs", "fabsf", "fmin", "fmax"}, 2)
      .Cases({"sqrt", "sqrtf", "floor", "ceil", "round", "trunc", "fma"}, 10)
      .Cases({"exp", "log", "sin", "cos", "tan", "pow", "expf", "logf", "sinf", "cosf", "powf"}, 50)
      .Cases({"atan2", "hypot", "tanh", "log2", "exp2", "log1p", "expm1", "erf", "cbrt", "atan"}, 50)
      .Default(0);
}

/// Of an access to an element: where the index comes out of memory, that element is seldom in the cache.
static unsigned weightOfAccess(const Expr &Index) {
  constexpr unsigned Scattered = 8;
  const Expr *E = Index.IgnoreParenImpCasts();
  const auto *Unary = dyn_cast<UnaryOperator>(E);
  return isa<ArraySubscriptExpr, CXXOperatorCallExpr>(E) || (Unary && Unary->getOpcode() == UO_Deref) ? Scattered : 1;
}

namespace {

class Weigher : public ConstDynamicRecursiveASTVisitor {
public:
  explicit Weigher(const ASTContext &Context) : Context(Context) {}

  unsigned Weight = 1;

  bool VisitStmt(const Stmt *S) override {
    if (isa<ForStmt, CXXForRangeStmt, WhileStmt, DoStmt, GotoStmt, IndirectGotoStmt, AsmStmt, CXXTryStmt, OMPExecutableDirective>(S))
      return false;
    if (isa<IfStmt, SwitchStmt>(S))
      ++Weight;
    return !isa<AttributedStmt>(S) || !directiveOf(*S);
  }
  bool VisitExpr(const Expr *E) override {
    if (E->isInstantiationDependent() ||
        isa<LambdaExpr, CXXNewExpr, CXXDeleteExpr, CXXThrowExpr, CXXDynamicCastExpr, CXXTypeidExpr, AtomicExpr, StmtExpr>(E))
      return false;
    Weight += isa<AbstractConditionalOperator>(E);
    return true;
  }
  bool VisitArraySubscriptExpr(const ArraySubscriptExpr *E) override {
    Weight += weightOfAccess(*E->getIdx());
    return true;
  }
  bool VisitBinaryOperator(const BinaryOperator *E) override {
    constexpr unsigned Division = 8;
    const bool Divides = llvm::is_contained({BO_Div, BO_Rem, BO_DivAssign, BO_RemAssign}, E->getOpcode());
    Weight += Divides ? Division : 1;
    return true;
  }
  bool VisitUnaryOperator(const UnaryOperator *) override {
    ++Weight;
    return true;
  }
  bool VisitCXXConstructExpr(const CXXConstructExpr *E) override {
    return E->getConstructor()->isTrivial() && Context.getTypeSizeInChars(E->getType()).getQuantity() <= 64;
  }
  bool VisitVarDecl(const VarDecl *V) override {
    const QualType Type = V->getType();
    if (Type->isDependentType())
      return false;
    const bool IsSmall = Type->isReferenceType() || (!Type->isVariableArrayType() && Context.getTypeSizeInChars(Type).getQuantity() <= 256);
    return IsSmall && !V->needsDestruction(Context) && !V->isStaticLocal();
  }
  bool VisitCallExpr(const CallExpr *E) override {
    const FunctionDecl *Callee = E->getDirectCallee();
    const unsigned Calls = Callee ? weightOfCall(*Callee) : 0;
    const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E);
    Weight += Calls != 0 && Operator ? weightOfAccess(*Operator->getArg(1)) : Calls;
    return Calls != 0;
  }

private:
  const ASTContext &Context;
};

} // namespace

std::optional<unsigned> weightOf(const Stmt &Body, const ASTContext &Context) {
  Weigher W(Context);
  if (!W.TraverseStmt(&Body))
    return std::nullopt;
  return W.Weight;
}

} // namespace weave
