// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/OuterConstants.h"
#include "analysis/TaskUses.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/DenseSet.h"

using namespace clang;

namespace weave {

namespace {

/// What the tool makes a closure of.
struct Closure {
  SmallVector<const Stmt *, 4> Body;
  const Function *In;
  Span Extent;
  SmallVectorImpl<Capture> *Captures;

  bool captures(const ValueDecl *V) const {
    return llvm::any_of(*Captures, [&](const Capture &C) { return C.Variable == V; });
  }
};

} // namespace

/// Outer ones first.
static std::vector<Closure> closuresOf(Plan &Result, const Structure &Where, const DirectiveTable &Table) {
  std::vector<Closure> All;
  const auto AddSite = [&](const Site &S, SmallVectorImpl<Capture> &Captures) {
    All.push_back({codeOf(S, Table), S.In->In, Where.span(S.Attached.Subject), &Captures});
  };
  for (SpawnPlan &Spawn : Result.Spawns)
    if (!Spawn.InPlace)
      AddSite(*Spawn.Where, Spawn.Captures);
  for (LoopPlan &Loop : Result.Loops)
    AddSite(*Loop.Where, Loop.Captures);
  for (Frame &F : Result.Frames) {
    if (!F.AsRegion)
      continue;
    const Span Extent{Where.span(F.AsRegion->First).Begin, Where.span(F.In.Node).End};
    Closure &New = All.emplace_back(Closure{{}, F.Within, Extent, &F.AsRegion->Captures});
    llvm::copy_if(F.In.Node->children(), std::back_inserter(New.Body),
                  [&](const Stmt *Child) { return Child && Extent.contains(Where.span(Child)); });
  }
  llvm::stable_sort(All, [](const Closure &A, const Closure &B) {
    return std::pair(A.Extent.Begin, B.Extent.End) < std::pair(B.Extent.Begin, A.Extent.End);
  });
  return All;
}

/// Constants that the generated text itself passes by reference, and the functions and classes that it stands in.
class Passed {
public:
  Passed(const Plan &Result, const DirectiveTable &Table) {
    for (const LoopPlan &Loop : Result.Loops) {
      for (const LoopForm &Form : Loop.Nest)
        for (const Expr *E : {Form.First, Form.Last, Form.Stride, Form.Range})
          add(E, *Loop.Where->In->In);
    }
    for (const SpawnPlan &Spawn : Result.Spawns)
      for (const Expr *E : operandsOf(Table[Spawn.Where->Index], Spawn.Where->Attached).DependsOn)
        add(E, *Spawn.Where->In->In);
  }
  void add(const VarDecl &V, const Function &In) {
    for (const DeclContext *C = In.Decl; C && C != V.getDeclContext(); C = C->getParent())
      Places.insert({&V, C});
  }
  bool contains(const VarDecl &V, const DeclContext &In) const { return Places.contains({&V, &In}); }

private:
  /// What an expression names as a whole, not only its value.
  void add(const Expr *E, const Function &In) {
    E = E ? E->IgnoreParenImpCasts() : nullptr;
    if (const auto *Choice = dyn_cast_or_null<ConditionalOperator>(E)) {
      add(Choice->getTrueExpr(), In);
      add(Choice->getFalseExpr(), In);
    } else if (const auto *Comma = dyn_cast_or_null<BinaryOperator>(E); Comma && Comma->getOpcode() == BO_Comma) {
      add(Comma->getRHS(), In);
    } else if (const auto *Reference = dyn_cast_or_null<DeclRefExpr>(E)) {
      if (const auto *V = dyn_cast<VarDecl>(Reference->getDecl()))
        add(*V, In);
    }
  }

  llvm::DenseSet<std::pair<const VarDecl *, const DeclContext *>> Places;
};

/// How the lambdas of the user that are around a closure, inside the function that declares the variable, get it.
struct LambdasBetween {
  bool Capture = false; ///< One of them does.
  bool Refuse = false;  ///< One of them neither captures it nor has a default.
};

static LambdasBetween lambdasBetween(const Function &In, const VarDecl &V, const Passed &ByText) {
  LambdasBetween Result;
  for (const DeclContext *C = In.Decl; C && C != V.getDeclContext(); C = C->getParent()) {
    const auto *Record = dyn_cast<CXXRecordDecl>(C);
    if (!Record || !Record->isLambda())
      continue;
    const bool HasIt = llvm::any_of(
        Record->captures(), [&](const LambdaCapture &L) { return L.capturesVariable() && L.getCapturedVar() == &V; });
    const bool HasDefault = Record->getLambdaCaptureDefault() != LCD_None;
    Result.Capture |= HasIt || (HasDefault && ByText.contains(V, *C));
    Result.Refuse |= !HasIt && !HasDefault;
  }
  return Result;
}

void captureOuterConstants(Plan &Result, const Structure &Where, const DirectiveTable &Table,
                           const ASTContext &Context) {
  const std::vector<Closure> All = closuresOf(Result, Where, Table);
  std::vector<Uses> Found;
  for (const Closure &Here : All)
    Found.push_back(
        collectUses(Here.Body, llvm::SmallPtrSet<const Stmt *, 1>(), Here.In->Decl->isDependentContext(), Context));
  Passed ByText(Result, Table);
  // What captures a constant makes those around it, and those inside, capture it.
  for (bool Changed = true; Changed;) {
    Changed = false;
    for (auto [Here, Used] : llvm::zip(All, Found))
      for (const Use &Constant : Used.Constants) {
        const auto *V = cast<VarDecl>(Constant.Variable);
        const LambdasBetween Lambdas = lambdasBetween(*Here.In, *V, ByText);
        const bool IsCaptured =
            Lambdas.Capture || llvm::any_of(All, [&](const Closure &Other) {
              return Other.captures(V) && (Other.Extent.contains(Here.Extent) || Here.Extent.contains(Other.Extent));
            });
        if (Here.captures(V) || !IsCaptured || Lambdas.Refuse)
          continue;
        const CaptureMode Mode = isCheapToCopy(V->getType(), Context) ? CaptureMode::Copy : CaptureMode::Reference;
        Here.Captures->push_back({Mode, V, /*Expand=*/false, /*Doubtful=*/true, Constant.First,
                                  Mode == CaptureMode::Copy ? CaptureReason::Read : CaptureReason::Large});
        ByText.add(*V, *Here.In);
        Changed = true;
      }
  }
}

} // namespace weave
