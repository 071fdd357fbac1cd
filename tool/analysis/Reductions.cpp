// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/Reductions.h"
#include "Diagnostics.h"
#include "analysis/Accesses.h"
#include "analysis/CodeVisitor.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;

namespace weave {

namespace {

/// The expressions that name a member.
class MemberUses : public CodeVisitor {
public:
  MemberUses(const Place &Member, const LoopNest &Nest, const ASTContext &Context) : Member(Member), Context(Context) {
    for (const LoopForm &Form : Nest) // evaluated outside
      Outside.insert_range(std::initializer_list<const Stmt *>{Form.First, Form.Last, Form.Range});
  }

  bool TraverseStmt(Stmt *S) override {
    if (!S || Outside.contains(S))
      return true;
    if (const auto *E = dyn_cast<MemberExpr>(S))
      if (const auto What = placeOf(*E, Context);
          What && What->Variable == Member.Variable && What->Path == Member.Path) {
        Found.push_back(E);
        IsElsewhere |= Elsewhere > 0;
        return true;
      }
    llvm::SaveAndRestore Saved(Elsewhere, Elsewhere + (isa<LambdaExpr>(S) || directiveOf(*S) ? 1 : 0));
    return CodeVisitor::TraverseStmt(S);
  }

  SmallVector<const Expr *, 2> Found;
  bool IsElsewhere = false; ///< One stands where the loop's own variable has not its name.

private:
  const Place &Member;
  const ASTContext &Context;
  llvm::SmallPtrSet<const Stmt *, 8> Outside;
  unsigned Elsewhere = 0;
};

} // namespace

std::string nameBeside(StringRef Variable) {
  const StringRef Plain = Variable.rtrim("0123456789").rtrim('_');
  const bool IsTaken = llvm::is_contained({"begin", "end", "piece", "strip", "space", "cancelled"}, Plain);
  return ((IsTaken ? "weave_variable_" : "weave_") + Variable).str();
}

/// `a_b` for `this->a.b`
static std::string joined(const Operand &Member) {
  std::string Name;
  for (const Token &T : Member.Tokens)
    if (T.is(tok::identifier))
      Name += ("_" + T.getIdentifierInfo()->getName()).str();
  return Name.substr(1);
}

/// Of a class; one that can only be moved is trivially copyable, too.
static bool isCheapToCopy(QualType Type, const ASTContext &Context) {
  const CXXRecordDecl &Class = *Type->getAsCXXRecordDecl();
  return Type.isTriviallyCopyableType(Context) && Class.hasSimpleCopyConstructor() && Class.hasSimpleCopyAssignment();
}

std::optional<ReducedVariables> analyseReductions(const Directive &D, const Attachment &A, const LoopNest &Nest,
                                                  const ASTContext &Context, const Diagnostics &Diags) {
  ReducedVariables Result;
  const Stmt &Code = D.Staged ? *A.Subject : *Nest.back().Body;
  for (auto [Said, Operand] : llvm::zip(D.Reductions, operandsOf(D, A).Reductions)) {
    const QualType Type = Operand->getType();
    ReducedVariable &New =
        Result.emplace_back(ReducedVariable{&Said, Said.Variable.Text, nameBeside(Said.Variable.Text)});
    const bool IsArray = Type->isArrayType();
    New.IsPointer = Said.Part && Type->isPointerType();
    const QualType Element = New.IsPointer || IsArray ? Context.getBaseElementType(New.IsPointer ? Type->getPointeeType() : Type) : Type;
    New.IsClass = !Element->isDependentType() && Element->isRecordType();
    New.InPlace = IsArray || Said.Part || (New.IsClass && !isCheapToCopy(Element, Context));
    const auto *Member = dyn_cast<MemberExpr>(Operand->IgnoreParenImpCasts());
    if (!Member)
      continue;
    New.Name = "weave_own_" + joined(Said.Variable);
    New.Accumulator = "weave_member_" + joined(Said.Variable);
    const auto What = placeOf(*Member, Context);
    MemberUses Uses(*What, Nest, Context);
    Uses.TraverseStmt(const_cast<Stmt *>(&Code));
    New.Uses = std::move(Uses.Found);
    if (Uses.IsElsewhere) {
      Diags.report(Said.Variable.Location, Diag::bad_reduction) << Said.Variable.Text << 2;
      return std::nullopt;
    }
  }
  return Result;
}

} // namespace weave
