// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/LoopForm.h"
#include "Diagnostics.h"
#include "analysis/HeaderChanges.h"
#include "analysis/LoopHeader.h"
#include "analysis/Mutation.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DynamicRecursiveASTVisitor.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/AST/StmtOpenMP.h"

using namespace clang;

namespace weave {

unsigned collapsedLoops(const Directive &D, const Attachment &A, const ASTContext &Context) {
  const auto Operand = operandsOf(D, A).Collapse;
  if (Operand.empty())
    return 1;
  if (Operand.front()->isValueDependent())
    return 0;
  const auto Number = Operand.front()->getIntegerConstantExpr(Context);
  return Number && Number->isStrictlyPositive() && Number->getActiveBits() <= 8 ? Number->getZExtValue() : 0;
}

static const Stmt &withoutAttributes(const Stmt &S) {
  if (const auto *Attributed = dyn_cast<AttributedStmt>(&S); Attributed && !directiveOf(S))
    return withoutAttributes(*Attributed->getSubStmt());
  if (const auto *Vectorised = dyn_cast<OMPSimdDirective>(&S)) // says the same of each stretch of the loop
    return withoutAttributes(*Vectorised->getRawStmt());
  return S;
}

static bool isFor(const Stmt &S) { return isa<ForStmt, CXXForRangeStmt>(S); }

static const Stmt &bodyOf(const Stmt &Loop) {
  const auto *For = dyn_cast<ForStmt>(&Loop);
  return *(For ? For->getBody() : cast<CXXForRangeStmt>(Loop).getBody());
}

/// What the body of a loop consists of, whatever braces are around it.
static SmallVector<const Stmt *, 4> partsOf(const Stmt &Body) {
  const Stmt &S = withoutAttributes(Body);
  if (isa<NullStmt>(S))
    return {};
  const auto *Block = dyn_cast<CompoundStmt>(&S);
  if (!Block)
    return {&S};
  SmallVector<const Stmt *, 4> Parts;
  for (const Stmt *Child : Block->body())
    Parts.append(partsOf(*Child));
  return Parts;
}

/// How the message `loop_between` calls it.
static unsigned kindOf(const Stmt &S) {
  return isa<DeclStmt>(S)                        ? 0
         : isa<Expr>(S)                          ? 1
         : isa<IfStmt, SwitchStmt>(S)            ? 2
         : isa<WhileStmt, DoStmt>(S) || isFor(S) ? 3
         : directiveOf(S)                        ? 4
                                                 : 5;
}

static void reportBetween(const Stmt &Loop, unsigned Depth, unsigned Found, const Diagnostics &Diags) {
  const auto Parts = partsOf(bodyOf(Loop));
  const auto Inner = llvm::find_if(Parts, [](const Stmt *S) { return isFor(*S) || directiveOf(*S); });
  if (Inner == Parts.end()) {
    Diags.report(Loop.getBeginLoc(), Diag::loop_missing) << Depth << Found;
    return;
  }
  const Stmt &Between = directiveOf(**Inner) || Inner != Parts.begin() ? *Parts.front() : *Parts[1];
  Diags.report(Between.getBeginLoc(), Diag::loop_between) << Depth << kindOf(Between);
}

/// The uses of some variables in a piece of code.
static SmallVector<const DeclRefExpr *, 2> usesIn(const Stmt &Code, ArrayRef<const VarDecl *> Variables) {
  class Finder : public ConstDynamicRecursiveASTVisitor {
  public:
    explicit Finder(ArrayRef<const VarDecl *> Variables) : Variables(Variables) {}
    bool VisitDeclRefExpr(const DeclRefExpr *E) override {
      const ValueDecl *D = E->getDecl();
      if (const auto *Binding = dyn_cast<BindingDecl>(D))
        D = cast<VarDecl>(Binding->getDecomposedDecl());
      if (llvm::is_contained(Variables, D))
        Found.push_back(E);
      return true;
    }
    SmallVector<const DeclRefExpr *, 2> Found;

  private:
    const ArrayRef<const VarDecl *> Variables;
  } Uses(Variables);
  Uses.TraverseStmt(&Code);
  return std::move(Uses.Found);
}

static SmallVector<const DeclRefExpr *, 2> usesInHeader(const LoopForm &Form, ArrayRef<const VarDecl *> Variables) {
  SmallVector<const DeclRefExpr *, 2> Uses;
  for (const Stmt *Part :
       std::initializer_list<const Stmt *>{Form.First, Form.Last, Form.Stride, Form.Range, Form.RangeInit})
    if (Part)
      Uses.append(usesIn(*Part, Variables));
  return Uses;
}

/// The first loop among the statements of a block.
static const Stmt *stagedLoop(const Stmt &Subject) {
  if (const auto *Block = dyn_cast<CompoundStmt>(&Subject))
    for (const Stmt *Child : Block->body())
      if (const Stmt &S = withoutAttributes(*Child); isFor(S))
        return &S;
  return nullptr;
}

SmallVector<const Stmt *, 1> parallelLoops(const Directive &D, const Attachment &A, const ASTContext &Context) {
  SmallVector<const Stmt *, 1> Loops;
  const Stmt *Next = D.Staged ? stagedLoop(*A.Subject) : &withoutAttributes(*A.Subject);
  for (unsigned Left = collapsedLoops(D, A, Context); Left && Next && isFor(*Next); --Left) {
    Loops.push_back(Next);
    const auto Parts = partsOf(bodyOf(*Next));
    Next = Parts.size() == 1 ? Parts.front() : nullptr;
  }
  return Loops;
}

namespace {

/// The variables that the block around a staged loop declares. Its header is evaluated in front of the block, and may
/// name those among them whose values are the same in each piece: their declarations are repeated there.
class Prologue {
public:
  Prologue(const Stmt &Block, bool IsDependent, const ASTContext &Context)
      : Context(Context), Writes(Block, IsDependent) {
    for (const Stmt *Child : Block.children())
      if (const auto *Declared = dyn_cast_or_null<DeclStmt>(Child))
        for (const Decl *D : Declared->decls())
          if (const auto *V = dyn_cast<VarDecl>(D)) {
            Variables.push_back(V);
            Declarations[V] = Declared;
          }
  }

  /// Enters what a header needs, in the order of the text; or returns a use of what it cannot have.
  const DeclRefExpr *enter(LoopForm &Form) {
    for (const DeclRefExpr *Use : usesInHeader(Form, Variables))
      if (!enter(*Use, Form))
        return Use;
    return nullptr;
  }

private:
  bool enter(const DeclRefExpr &Use, LoopForm &Form) {
    const auto *V = dyn_cast<VarDecl>(Use.getDecl());
    const DeclStmt *Declared = V ? Declarations.lookup(V) : nullptr;
    if (!Declared || !Declared->isSingleDecl() || !isTheSameInEachPiece(*V))
      return false;
    for (const DeclRefExpr *Inner : usesIn(*V->getInit(), Variables))
      if (!enter(*Inner, Form))
        return false;
    if (!llvm::is_contained(Form.Needed, Declared))
      Form.Needed.push_back(Declared);
    return true;
  }
  bool isTheSameInEachPiece(const VarDecl &V) const {
    const Expr *Init = V.getInit();
    const QualType Type = V.getType();
    if (!Init || V.isStaticLocal() || (!Init->isInstantiationDependent() && Init->HasSideEffects(Context, false)))
      return false;
    if (Type->isReferenceType()) // to nothing that the declaration makes
      return Init->IgnoreParens()->isGLValue() &&
             !isa<MaterializeTemporaryExpr, ExprWithCleanups>(Init->IgnoreParens());
    return Type->isScalarType() && !Type.isVolatileQualified() && (Type.isConstQualified() || !Writes.isExposed(V));
  }

  const ASTContext &Context;
  const Mutation Writes;
  SmallVector<const VarDecl *> Variables;
  llvm::DenseMap<const VarDecl *, const DeclStmt *> Declarations;
};

} // namespace

std::optional<LoopNest> analyseLoops(const Directive &D, const Attachment &A, bool IsDependent, ASTContext &Context,
                                     const Diagnostics &Diags) {
  const auto Loops = parallelLoops(D, A, Context);
  const unsigned Depth = collapsedLoops(D, A, Context);
  if (Loops.empty()) {
    Diags.report(A.Subject->getBeginLoc(), D.Staged ? Diag::not_staged : Diag::not_a_for);
    return std::nullopt;
  }
  if (Loops.size() < Depth) {
    reportBetween(*Loops.back(), Depth, Loops.size(), Diags);
    return std::nullopt;
  }
  const auto Refuse = [&](SourceLocation Where, Diag Why, const auto &What) {
    Diags.report(Where, Why) << What;
    return std::nullopt;
  };
  LoopNest Nest;
  SmallVector<const VarDecl *> Changing; // by a loop around
  for (const Stmt *Loop : Loops) {
    auto Form = readLoopHeader(*Loop, Context, Diags);
    if (!Form)
      return std::nullopt;
    const VarDecl *Own = Form->Variable;
    const VarDecl &V = *Own;
    if (!Form->Range && Mutation(*Form->Body, IsDependent).isAssigned(V))
      return Refuse(Form->Body->getBeginLoc(), Diag::loop_assigned, V.getName());
    if (const auto Uses = usesInHeader(*Form, Changing); !Uses.empty())
      return Refuse(Uses.front()->getLocation(), Diag::loop_dependent, Uses.front()->getDecl());
    if (D.Staged) {
      if (const DeclRefExpr *Use = Prologue(*A.Subject, IsDependent, Context).enter(*Form))
        return Refuse(Use->getLocation(), Diag::loop_prologue, Use->getDecl());
      if (Form->IsOutside && usesIn(*A.Subject, Own).size() > usesIn(*Loop, Own).size())
        return Refuse(cast<ForStmt>(Loop)->getInit()->getBeginLoc(), Diag::loop_outer, V.getName());
    }
    if (Form->RangeInit && (D.Staged || Depth > 1))
      return Refuse(Form->RangeInit->getBeginLoc(), Diag::loop_range_init, !D.Staged);
    Changing.push_back(&V);
    Nest.push_back(std::move(*Form));
  }
  if (!keepsHeader(Nest, D, A, Context, Diags))
    return std::nullopt;
  return Nest;
}

} // namespace weave
