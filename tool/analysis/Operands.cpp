// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/Operands.h"
#include "Diagnostics.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DynamicRecursiveASTVisitor.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace weave {

namespace {

/// In the order of the words in diagnostics.def.
enum class BadOperand { Value, BitField, Function, VariableArray };
enum class BadSection { Form, Type, Rows, Length, VariableRows };

} // namespace

static std::optional<BadOperand> faultOf(const Expr &Operand) {
  if (Operand.isTypeDependent())
    return std::nullopt;
  if (Operand.getType()->isFunctionType())
    return BadOperand::Function;
  if (!Operand.isLValue())
    return BadOperand::Value;
  if (Operand.getType()->isVariablyModifiedType())
    return BadOperand::VariableArray;
  return Operand.refersToBitField() ? std::optional(BadOperand::BitField) : std::nullopt;
}

/// What is subscripted, if that is what stands in front of the bracket.
static const Expr *subscripted(const Expr &Element) {
  const Expr *E = &Element;
  if (const auto *Clean = dyn_cast<ExprWithCleanups>(E))
    E = Clean->getSubExpr();
  if (const auto *Builtin = dyn_cast<ArraySubscriptExpr>(E))
    return Builtin->getLHS()->IgnoreParenImpCasts()->getType()->isIntegerType() ? nullptr : Builtin->getLHS();
  if (const auto *Call = dyn_cast<CXXOperatorCallExpr>(E); Call && Call->getOperator() == OO_Subscript)
    return Call->getArg(0);
  return nullptr;
}

/// A class whose elements lie one behind the other says where: as std::vector, std::array and std::span do.
static bool hasData(const CXXRecordDecl &Class) {
  const auto Has = [](const CXXRecordDecl &C) {
    return llvm::any_of(C.methods(), [](const CXXMethodDecl *M) {
      return M->getDeclName().isIdentifier() && M->getName() == "data" && M->getReturnType()->isPointerType();
    });
  };
  return Has(Class) || !Class.forallBases([&](const CXXRecordDecl *Base) { return !Has(*Base); });
}

static bool isStdArray(const CXXRecordDecl &Class) { return Class.isInStdNamespace() && Class.getName() == "array"; }

/// `Rows`: one of many that an earlier subscript names.
static std::optional<BadSection> faultOf(QualType Base, const Subscript &S, bool Rows) {
  const bool NeedsLength = S.IsRange && !S.Length;
  if (Base->isVariablyModifiedType() && !Base->isPointerType())
    return BadSection::VariableRows;
  if (Base->isPointerType() && Base->getPointeeType()->isVariablyModifiedType())
    return BadSection::VariableRows;
  if (Base->isArrayType())
    return NeedsLength && Base->isIncompleteArrayType() ? std::optional(BadSection::Length) : std::nullopt;
  if (Base->isPointerType())
    return Rows ? std::optional(BadSection::Rows) : NeedsLength ? std::optional(BadSection::Length) : std::nullopt;
  const CXXRecordDecl *Class = Base->getAsCXXRecordDecl();
  if (!Class || !Class->hasDefinition() || !hasData(*Class))
    return BadSection::Type;
  return Rows && !isStdArray(*Class) ? std::optional(BadSection::Rows) : std::nullopt;
}

static bool checkSection(const DependOperand &Named, const Expr &FirstElement, const Diagnostics &Diags) {
  const auto Refuse = [&](SourceLocation At, BadSection Fault, QualType Base) {
    Diags.report(At, Diag::bad_section) << Named.Value.Text << static_cast<unsigned>(Fault) << Base;
    return false;
  };
  SmallVector<const Expr *, 4> Bases; // innermost subscript first
  const Expr *Rest = &FirstElement;
  for (size_t I = 0; I < Named.Subscripts.size(); ++I) {
    const Expr *Base = subscripted(*Rest->IgnoreParenImpCasts());
    if (!Base)
      return Refuse(Named.Value.Location, BadSection::Form, {});
    Bases.push_back(Rest = Base->IgnoreParenImpCasts());
  }
  for (auto [S, Base] : llvm::zip(Named.Subscripts, llvm::reverse(Bases))) {
    const QualType Type = Base->getType().getNonReferenceType();
    if (Type->isDependentType())
      return true;
    if (const auto Fault = faultOf(Type, S, &S != &Named.Subscripts.front()))
      return Refuse(S.Location, *Fault, Type);
  }
  return true;
}

static bool checkNumber(const Operand &Number, bool IsStride, const Expr &Value, const ASTContext &Context,
                        const Diagnostics &Diags) {
  if (Value.isInstantiationDependent())
    return true;
  if (!Value.getType()->isIntegralOrUnscopedEnumerationType()) {
    Diags.report(Number.Location, Diag::section_number) << Number.Text << IsStride << Value.getType();
    return false;
  }
  const auto Constant = Value.getIntegerConstantExpr(Context);
  if (!Constant || *Constant >= int64_t(IsStride))
    return true;
  Diags.report(Number.Location, Diag::section_range) << Number.Text << IsStride << llvm::toString(*Constant, 10);
  return false;
}

/// They must count.
static bool checkIterators(const Stmt &Injected, ArrayRef<Iterator> Iterators, const Diagnostics &Diags) {
  bool Good = true;
  class Finder : public ConstDynamicRecursiveASTVisitor {
  public:
    Finder(const Iterator &I) : I(I) {}
    bool VisitVarDecl(const VarDecl *V) override {
      if (V->getLocation() == I.Name.Location)
        Found = V;
      return !Found;
    }
    const VarDecl *Found = nullptr;

  private:
    const Iterator &I;
  };
  for (const Iterator &I : Iterators) {
    Finder Search(I);
    Search.TraverseStmt(&Injected);
    const VarDecl *V = Search.Found;
    if (!V || V->getType()->isDependentType() || V->getType()->isIntegralOrUnscopedEnumerationType())
      continue;
    Diags.report(I.Name.Location, Diag::bad_iterator) << I.Name.Text << V->getType().getCanonicalType();
    Good = false;
  }
  return Good;
}

bool checkOperands(const Site &S, const DirectiveTable &Table, const ASTContext &Context, const Diagnostics &Diags) {
  const Directive &D = Table[S.Index];
  const ClauseOperands Found = operandsOf(D, S.Attached);
  bool Good = true;
  const Operand *Checked = nullptr; // the first iterator of the last clause with some
  for (const DependOperand &Named : D.DependsOn)
    if (!Named.Iterators.empty() && (!Checked || Checked->Location != Named.Iterators.front().Name.Location)) {
      Checked = &Named.Iterators.front().Name;
      Good &= checkIterators(*S.Attached.Loop->getInit(), Named.Iterators, Diags);
    }
  for (auto [Named, Value] : llvm::zip(D.DependsOn, Found.DependsOn)) {
    const auto Fault = Named.isSection() ? std::nullopt : faultOf(*Value->IgnoreParens());
    if (Fault)
      Diags.report(Named.Value.Location, Diag::bad_operand) << Named.Value.Text << static_cast<unsigned>(*Fault);
    Good &= !Fault && (!Named.isSection() || checkSection(Named, *Value, Diags));
  }
  ArrayRef<const Expr *> Numbers = Found.SectionNumbers;
  for (const DependOperand &Named : D.DependsOn)
    for (const Subscript &Each : Named.Subscripts)
      for (const auto *Number : {&Each.Length, &Each.Stride})
        if (*Number) {
          Good &= checkNumber(**Number, Number == &Each.Stride, *Numbers.front(), Context, Diags);
          Numbers = Numbers.drop_front();
        }
  return Good;
}

} // namespace weave
