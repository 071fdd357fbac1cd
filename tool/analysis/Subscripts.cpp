// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/Subscripts.h"
#include "analysis/CodeVisitor.h"
#include "analysis/Mutation.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace weave {

IndexSum::IndexSum(Terms Given) : Sum(std::move(Given)) {
  std::erase_if(Sum, [](const auto &Term) { return Term.second == 0; });
}

IndexSum IndexSum::operator+(const IndexSum &Other) const {
  Terms Result = Sum;
  for (const auto &[Variables, Factor] : Other.Sum)
    Result[Variables] += Factor;
  return IndexSum(std::move(Result));
}

IndexSum IndexSum::operator*(const IndexSum &Other) const {
  Terms Result;
  for (const auto &[Left, LeftFactor] : Sum)
    for (const auto &[Right, RightFactor] : Other.Sum) {
      Product Both = Left;
      Both.insert(Both.end(), Right.begin(), Right.end());
      llvm::sort(Both);
      Result[Both] += LeftFactor * RightFactor;
    }
  return IndexSum(std::move(Result));
}

std::optional<int64_t> IndexSum::value() const {
  if (Sum.empty())
    return 0;
  return Sum.size() == 1 && Sum.begin()->first.empty() ? std::optional(Sum.begin()->second) : std::nullopt;
}

std::optional<int64_t> IndexSum::multipleOf(const IndexSum &Other) const {
  if (isZero())
    return 0;
  if (Other.isZero())
    return std::nullopt;
  const auto First = Sum.find(Other.Sum.begin()->first);
  if (First == Sum.end())
    return std::nullopt;
  const int64_t Times = First->second / Other.Sum.begin()->second;
  return (*this - Other * constant(Times)).isZero() ? std::optional(Times) : std::nullopt;
}

std::optional<IndexSum> IndexSum::factorOf(const ValueDecl &V) const {
  Terms Result;
  for (const auto &[Variables, Factor] : Sum) {
    const auto Count = llvm::count(Variables, &V);
    if (Count > 1)
      return std::nullopt;
    if (Count == 0)
      continue;
    Product Rest = Variables;
    llvm::erase(Rest, &V);
    Result[Rest] += Factor;
  }
  return IndexSum(std::move(Result));
}

llvm::SmallPtrSet<const ValueDecl *, 4> IndexSum::variables() const {
  llvm::SmallPtrSet<const ValueDecl *, 4> Result;
  for (const auto &Term : Sum)
    Result.insert(Term.first.begin(), Term.first.end());
  return Result;
}

bool IndexSum::isSmall() const {
  constexpr int64_t Limit = int64_t(1) << 28;
  return Sum.size() <= 8 && llvm::all_of(Sum, [](const auto &Term) {
           return Term.first.size() <= 4 && -Limit < Term.second && Term.second < Limit;
         });
}

namespace {

/// The loops in a body, the outer ones first, and the variables that it declares.
class InnerLoops : public CodeVisitor {
public:
  bool TraverseLambdaExpr(LambdaExpr *) override { return true; }
  bool VisitForStmt(ForStmt *For) override {
    Loops.push_back(For);
    return true;
  }
  bool VisitVarDecl(VarDecl *V) override {
    Variables.push_back(V);
    return true;
  }
  SmallVector<const ForStmt *, 4> Loops;
  SmallVector<const VarDecl *, 8> Variables;
};

/// The variables that an expression names, and whether there is more in it than arithmetic with them.
class Names : public CodeVisitor {
public:
  explicit Names(const Stmt *S) { TraverseStmt(const_cast<Stmt *>(S)); }
  bool VisitDeclRefExpr(DeclRefExpr *E) override {
    Found.push_back(E->getDecl());
    return true;
  }
  bool VisitCallExpr(CallExpr *) override { return note(Loads); }
  bool VisitArraySubscriptExpr(ArraySubscriptExpr *) override { return note(Loads); }
  bool VisitMemberExpr(MemberExpr *) override { return note(Loads); }
  bool VisitUnaryOperator(UnaryOperator *E) override { return E->getOpcode() != UO_Deref || note(Loads); }
  bool VisitBinaryOperator(BinaryOperator *E) override {
    Divides |= E->getOpcode() == BO_Div || E->getOpcode() == BO_Shr;
    Masks |= E->getOpcode() == BO_Rem || E->getOpcode() == BO_And;
    return true;
  }
  SmallVector<const ValueDecl *, 4> Found;
  bool Loads = false, Divides = false, Masks = false;

private:
  static bool note(bool &What) { return What = true; }
};

} // namespace

LoopVariables::LoopVariables(const LoopPlan &Loop, const ASTContext &Context) : Nest(Loop.Nest), Context(Context) {
  for (const LoopForm &Form : Nest)
    if (Form.Variable && !Form.Range)
      Counters.insert(Form.Variable);
  findInner(*Nest.back().Body);
}

void LoopVariables::findInner(const Stmt &Body) {
  const bool IsDependent = Nest.front().Variable && Nest.front().Variable->getDeclContext()->isDependentContext();
  const Mutation Changes(Body, IsDependent);
  InnerLoops Found;
  Found.TraverseStmt(const_cast<Stmt *>(&Body));
  for (const VarDecl *V : Found.Variables) {
    Inside.insert(V);
    if (V->getInit() && V->getType()->isIntegerType() && !V->isStaticLocal() && !Changes.isWritten(*V))
      Named.try_emplace(V, V->getInit());
  }
  Names All(&Body);
  for (const ValueDecl *V : All.Found)
    if (Changes.isWritten(*V))
      Written.insert(V);
  for (const ForStmt *For : Found.Loops) {
    const auto *Init = dyn_cast_or_null<DeclStmt>(For->getInit());
    const auto *V = Init && Init->isSingleDecl() ? dyn_cast<VarDecl>(Init->getSingleDecl()) : nullptr;
    if (!V || !V->getType()->isIntegerType() || Mutation(*For->getBody(), IsDependent).isWritten(*V))
      continue;
    const auto IsSame = [&](const Stmt *Part) {
      const Names In(Part);
      return llvm::all_of(In.Found,
                          [&](const ValueDecl *Other) { return Other == V || isInvariant(*Other) || isInner(*Other); });
    };
    if (IsSame(V->getInit()) && For->getCond() && IsSame(For->getCond()) && For->getInc() && IsSame(For->getInc()))
      Inner.insert(V);
  }
}

bool LoopVariables::isInvariant(const ValueDecl &V) const {
  return !counts(V) && !Inside.contains(&V) && !Written.contains(&V);
}

std::optional<IndexSum> LoopVariables::sumOf(const Expr &Index) const {
  const Expr *E = Index.IgnoreParenCasts();
  if (E->isValueDependent() && !isa<DeclRefExpr, BinaryOperator, UnaryOperator>(E))
    return std::nullopt;
  if (!E->isValueDependent())
    if (const auto Value = E->getIntegerConstantExpr(Context))
      return Value->isRepresentableByInt64() ? std::optional(IndexSum::constant(Value->getExtValue())) : std::nullopt;
  std::optional<IndexSum> Result;
  if (const auto *Reference = dyn_cast<DeclRefExpr>(E)) {
    const ValueDecl *V = Reference->getDecl();
    if (!V->getType().getNonReferenceType()->isIntegerType() && !V->getType()->isDependentType())
      return std::nullopt;
    if (counts(*V) || isInner(*V) || isInvariant(*V))
      Result = IndexSum::variable(*V);
    else if (const auto Value = Named.find(V); Value != Named.end())
      Result = sumOf(*Value->second);
  } else if (const auto *Unary = dyn_cast<UnaryOperator>(E); Unary && Unary->getOpcode() == UO_Minus) {
    if (const auto Of = sumOf(*Unary->getSubExpr()))
      Result = *Of * IndexSum::constant(-1);
  } else if (const auto *Binary = dyn_cast<BinaryOperator>(E);
             Binary && (Binary->isAdditiveOp() || Binary->getOpcode() == BO_Mul)) {
    const auto Left = sumOf(*Binary->getLHS()), Right = sumOf(*Binary->getRHS());
    if (Left && Right)
      Result = Binary->getOpcode() == BO_Add   ? *Left + *Right
               : Binary->getOpcode() == BO_Sub ? *Left - *Right
                                               : *Left * *Right;
  }
  return Result && Result->isSmall() ? Result : std::nullopt;
}

LoopVariables::Repeats LoopVariables::repeatsIn(const Expr &Index) const {
  const Names In(&Index);
  Repeats Result{In.Loads, In.Divides, In.Masks};
  for (const ValueDecl *V : In.Found) {
    Result.Loads |= llvm::any_of(Nest, [&](const LoopForm &Form) { return Form.Range && Form.Variable == V; });
    if (const auto Value = Named.find(V); Value != Named.end()) {
      const Repeats Deeper = repeatsIn(*Value->second);
      Result.Loads |= Deeper.Loads;
      Result.Divides |= Deeper.Divides;
      Result.Masks |= Deeper.Masks;
    }
  }
  return Result;
}

namespace {

/// How far apart two iterations are that meet, for each of the variables that the loops count with.
class Distances {
public:
  explicit Distances(const LoopVariables &Variables) : Variables(Variables) {}

  /// False if they never meet at equal indices, nothing if the text does not tell.
  std::optional<bool> add(const IndexSum &A, const IndexSum &B);
  Meeting result() const;

private:
  std::optional<bool> fix(const LoopForm &Form, const IndexSum &Apart, const IndexSum &Factor);

  const LoopVariables &Variables;
  llvm::DenseMap<const ValueDecl *, int64_t> Known; ///< In steps of the loop.
};

} // namespace

static std::optional<int64_t> strideOf(const LoopForm &Form, const ASTContext &Context) {
  if (!Form.Stride)
    return 1;
  if (Form.Stride->isValueDependent())
    return std::nullopt;
  const auto Value = Form.Stride->getIntegerConstantExpr(Context);
  return Value && Value->isRepresentableByInt64() && !Value->isZero() ? std::optional(Value->getExtValue())
                                                                      : std::nullopt;
}

std::optional<bool> Distances::fix(const LoopForm &Form, const IndexSum &Apart, const IndexSum &Factor) {
  const auto Times = Apart.multipleOf(Factor);
  if (!Times)
    return Apart.value() && Factor.value() ? std::optional(false) : std::nullopt;
  const auto Stride = strideOf(Form, Form.Variable->getASTContext());
  if (*Times != 0 && !Stride)
    return std::nullopt;
  if (*Times != 0 && *Times % *Stride != 0)
    return false;
  const int64_t Steps = *Times == 0 ? 0 : *Times / *Stride;
  return Known.try_emplace(Form.Variable, Steps).first->second == Steps;
}

std::optional<bool> Distances::add(const IndexSum &A, const IndexSum &B) {
  const IndexSum Apart = B - A;
  SmallVector<std::pair<const LoopForm *, IndexSum>, 2> Moving;
  bool HasInner = false;
  for (const ValueDecl *V : A.variables())
    HasInner |= Variables.isInner(*V);
  for (const LoopForm &Form : Variables.nest()) {
    const auto Factor = A.factorOf(*Form.Variable), Other = B.factorOf(*Form.Variable);
    if (!Factor || !Other || !(*Factor - *Other).isZero())
      return std::nullopt;
    if (!Factor->isZero())
      Moving.push_back({&Form, *Factor});
  }
  if (llvm::any_of(Apart.variables(), [&](const ValueDecl *V) { return Variables.isInner(*V); }))
    return std::nullopt;
  if (Moving.empty())
    return Apart.isZero() || HasInner ? std::optional(true) : Apart.value() ? std::optional(false) : std::nullopt;
  // A row and a column in one index: equal ones are of one iteration if rows do not overlap.
  if (Moving.size() > 1 || HasInner) {
    if (Apart.isZero()) {
      for (const auto &[Form, Factor] : Moving)
        Known.try_emplace(Form->Variable, 0);
      return true;
    }
    for (const auto &[Form, Factor] : Moving)
      if (Apart.multipleOf(Factor))
        return fix(*Form, Apart, Factor);
    return std::nullopt;
  }
  return fix(*Moving.front().first, Apart, Moving.front().second);
}

Meeting Distances::result() const {
  for (const LoopForm &Form : Variables.nest()) {
    const auto At = Known.find(Form.Variable);
    if (At == Known.end() || At->second != 0)
      return Meeting::Always;
  }
  return Meeting::Never;
}

Meeting meet(ArrayRef<const Expr *> A, ArrayRef<const Expr *> B, const LoopVariables &Variables) {
  if (A.size() != B.size() || llvm::any_of(Variables.nest(), [&](const LoopForm &Form) {
        return !Form.Variable || !Variables.counts(*Form.Variable);
      }))
    return Meeting::Unknown;
  Distances Apart(Variables);
  for (const auto [Left, Right] : llvm::zip(A, B)) {
    const auto LeftSum = Variables.sumOf(*Left), RightSum = Variables.sumOf(*Right);
    if (!LeftSum || !RightSum)
      return Meeting::Unknown;
    const auto MayMeet = Apart.add(*LeftSum, *RightSum);
    if (!MayMeet)
      return Meeting::Unknown;
    if (!*MayMeet)
      return Meeting::Never;
  }
  return Apart.result();
}

} // namespace weave
