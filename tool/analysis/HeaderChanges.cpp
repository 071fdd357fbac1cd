// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/HeaderChanges.h"
#include "Diagnostics.h"
#include "analysis/DeepAccesses.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace weave {

namespace {

/// A part of a header, as the message `loop_changed` counts them.
enum class Part { Header, Bound, Increment, InnerHeader };
/// What changes it, likewise.
enum class Changer { Body, Header, Prologue, Reduction };

class HeaderChecker {
public:
  HeaderChecker(const ASTContext &Context, const Diagnostics &Diags) : Deep(Context), Context(Context), Diags(Diags) {}

  void reads(const Stmt *Code, Part Of) {
    if (!Code)
      return;
    for (const DirectAccess &A : Deep.of(*Code).Accesses)
      if (!A.Writes || (A.updates() && A.InCallee.isInvalid())) // a count of calls is for who looks at it later
        Read.push_back({A.What, Of});
    if (const auto *Lvalue = dyn_cast<Expr>(Code); Lvalue && Lvalue->isGLValue()) // which the header converts
      if (auto What = placeOf(*Lvalue, Context))
        Read.push_back({throughReferences(std::move(*What), Context), Of});
  }
  void changes(const Stmt *Code, Changer By) {
    if (Code && !Read.empty())
      for (const DirectAccess &A : Deep.of(*Code).Accesses)
        if (A.Writes)
          changes(A.What, A.Where, By);
  }
  void changes(const Expr &Lvalue, SourceLocation Where, Changer By) {
    if (const auto What = placeOf(*Lvalue.IgnoreParenImpCasts(), Context))
      changes(throughReferences(*What, Context), Where, By);
  }
  bool isGood() const { return IsGood; }

private:
  void changes(const Place &Changed, SourceLocation Where, Changer By) {
    const auto Found = llvm::find_if(Read, [&](const auto &R) { return R.first.overlaps(Changed); });
    if (Found == Read.end() || !IsGood)
      return;
    IsGood = false;
    Diags.report(Where, Diag::loop_changed)
        << static_cast<unsigned>(By) << Found->first.Name << static_cast<unsigned>(Found->second);
  }

  DeepAccesses Deep;
  const ASTContext &Context;
  const Diagnostics &Diags;
  SmallVector<std::pair<Place, Part>, 4> Read;
  bool IsGood = true;
};

} // namespace

bool keepsHeader(const LoopNest &Nest, const Directive &D, const Attachment &A, const ASTContext &Context,
                 const Diagnostics &Diags) {
  HeaderChecker Check(Context, Diags);
  for (const LoopForm &Form : Nest) {
    const bool IsOutermost = &Form == &Nest.front();
    Check.reads(Form.Last, IsOutermost ? Part::Bound : Part::InnerHeader);
    Check.reads(Form.Stride, IsOutermost ? Part::Increment : Part::InnerHeader);
    if (!IsOutermost)
      for (const Stmt *Again : {static_cast<const Stmt *>(Form.First), static_cast<const Stmt *>(Form.Range)})
        Check.reads(Again, Part::InnerHeader);
  }
  for (auto [Reduced, Operand] : llvm::zip(D.Reductions, operandsOf(D, A).Reductions))
    Check.changes(*Operand, Reduced.Variable.Location, Changer::Reduction);
  Check.changes(Nest.back().Body, Changer::Body);
  for (const LoopForm &Form : Nest)
    for (const Expr *Again : {Form.Last, Form.Stride})
      Check.changes(Again, Changer::Header);
  if (!D.Staged || !Check.isGood())
    return Check.isGood();

  // The header of a staged loop is evaluated in front of the block that holds the loop.
  HeaderChecker Staged(Context, Diags);
  const LoopForm &Form = Nest.front();
  for (const Stmt *Code : {static_cast<const Stmt *>(Form.First), static_cast<const Stmt *>(Form.Last),
                           static_cast<const Stmt *>(Form.Stride), static_cast<const Stmt *>(Form.Range)})
    Staged.reads(Code, Part::Header);
  for (const DeclStmt *Needed : Form.Needed)
    Staged.reads(Needed, Part::Header);
  for (const Stmt *Before : A.Subject->children()) {
    if (Before == Form.Loop || llvm::is_contained(Before->children(), Form.Loop))
      break;
    Staged.changes(Before, Changer::Prologue);
  }
  return Staged.isGood();
}

} // namespace weave
