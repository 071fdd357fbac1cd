// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/Places.h"
#include "analysis/StandardLibrary.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;

namespace weave {

using Step = Place::Step;

static bool isPointee(const Step &S) { return S.What == Step::Kind::Pointee; }
static bool isAny(const Step &S) { return S.What == Step::Kind::AnyElement; }

bool Place::overlaps(const Place &Other) const {
  const ArrayRef<Step> Mine = Path, Others = Other.Path;
  const size_t Common = std::min(Mine.size(), Others.size());
  return Variable == Other.Variable && Mine.take_front(Common) == Others.take_front(Common) &&
         llvm::none_of(Mine.take_front(Common), isAny) && llvm::none_of(Mine.drop_front(Common), isPointee) &&
         llvm::none_of(Others.drop_front(Common), isPointee);
}

bool Place::isBehindPointer() const { return llvm::any_of(Path, isPointee); }

bool Place::leadsTo(const Place &Other) const {
  const ArrayRef<Step> Steps = Other.Path;
  return Variable == Other.Variable && Path.size() < Steps.size() && Steps.take_front(Path.size()) == ArrayRef(Path) &&
         llvm::any_of(Steps.drop_front(Path.size()), isPointee);
}

void Place::extend(ArrayRef<Step> Steps) {
  Path.append(Steps.begin(), Steps.end());
  bool IsPointer = false; // and what it points to is not named yet
  for (const Step &S : Steps) {
    switch (S.What) {
    case Step::Kind::Member:
      Name += (IsPointer      ? "->"
               : Name.empty() ? ""
                              : ".") +
              static_cast<const FieldDecl *>(S.Member)->getNameAsString();
      break;
    case Step::Kind::Element:
      if (IsPointer && S.Index == 0)
        continue;
      Name += "[" + llvm::utostr(S.Index) + "]";
      break;
    case Step::Kind::AnyElement: // of which the user would give the whole container's name
    case Step::Kind::Header:
      break;
    case Step::Kind::Pointee:
      IsPointer = true;
      continue;
    }
    IsPointer = false;
  }
  if (IsPointer)
    Name = "*" + Name;
}

static bool isTracked(const ValueDecl &D) {
  if (const auto *V = dyn_cast<VarDecl>(&D); V && (V->getTLSKind() != VarDecl::TLS_None || V->isParameterPack()))
    return false;
  const QualType Type = D.getType().getNonReferenceType();
  return isa<VarDecl, BindingDecl>(D) && !Type.isVolatileQualified() && !Type->isAtomicType();
}

static std::optional<uint64_t> constantIndex(const Expr &E, const ASTContext &Context) {
  if (E.isValueDependent() || E.isTypeDependent())
    return std::nullopt;
  const auto Value = E.getIntegerConstantExpr(Context);
  return Value && !Value->isNegative() ? std::optional(Value->getZExtValue()) : std::nullopt;
}

static constexpr Step Pointee{Step::Kind::Pointee}, First{Step::Kind::Element, nullptr, 0};

namespace {

struct PlaceFinder {
  const ASTContext &Context;
  bool FollowsPointers;

  std::optional<Place> find(const Expr &Lvalue) const;
  std::optional<Place> findMember(const MemberExpr &Member) const;
  std::optional<Place> behind(const Expr &Pointer, ArrayRef<Step> Steps) const;
};

} // namespace

std::optional<Place> PlaceFinder::behind(const Expr &Pointer, ArrayRef<Step> Steps) const {
  const Expr &E = *Pointer.IgnoreParenImpCasts();
  std::optional<Place> Result = FollowsPointers && E.getType()->isPointerType() ? find(E) : std::nullopt;
  if (Result)
    Result->extend(Steps);
  return Result;
}

std::optional<Place> PlaceFinder::findMember(const MemberExpr &Member) const {
  const auto *Field = dyn_cast<FieldDecl>(Member.getMemberDecl());
  if (!Field || Field->isBitField() || Field->getParent()->isUnion() || Field->getType().isVolatileQualified() ||
      Field->getType()->isAtomicType() || Field->getType()->isReferenceType())
    return std::nullopt;
  const Expr *Base = Member.getBase()->IgnoreParenImpCasts();
  const Step Last{Step::Kind::Member, Field->getCanonicalDecl()};
  if (const auto *This = dyn_cast<CXXThisExpr>(Base))
    return Place{nullptr, {Last}, (This->isImplicit() ? "" : "this->") + Field->getNameAsString()};
  if (Member.isArrow())
    return behind(*Base, {Pointee, First, Last});
  std::optional<Place> Result = find(*Base);
  if (Result)
    Result->extend(Last);
  return Result;
}

std::optional<Place> PlaceFinder::find(const Expr &Lvalue) const {
  const Expr *E = Lvalue.IgnoreParens();
  if (const auto *Cast = dyn_cast<ImplicitCastExpr>(E); Cast && Cast->getCastKind() == CK_NoOp)
    return find(*Cast->getSubExpr());
  if (const auto *Reference = dyn_cast<DeclRefExpr>(E)) {
    const ValueDecl *D = Reference->getDecl();
    if (!isTracked(*D) || Reference->isNonOdrUse() != NOUR_None)
      return std::nullopt;
    return Place{D, {}, D->getNameAsString()};
  }
  if (const auto *Member = dyn_cast<MemberExpr>(E))
    return findMember(*Member);
  if (const auto *Unary = dyn_cast<UnaryOperator>(E); Unary && Unary->getOpcode() == UO_Deref) {
    return behind(*Unary->getSubExpr(), {Pointee, First});
  }
  const Expr *Base = nullptr, *Index = nullptr;
  if (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(E)) {
    Base = Subscript->getBase()->IgnoreParenImpCasts();
    Index = Subscript->getIdx();
  } else if (const auto *Call = dyn_cast<CXXOperatorCallExpr>(E); Call && Call->getOperator() == OO_Subscript &&
                                                                  Call->getNumArgs() == 2 &&
                                                                  isIndexable(Call->getArg(0)->getType())) {
    Base = Call->getArg(0)->IgnoreParenImpCasts();
    Index = Call->getArg(1);
  }
  const auto Number = Base ? constantIndex(*Index, Context) : std::nullopt;
  if (!Number)
    return std::nullopt;
  const Step Element{Step::Kind::Element, nullptr, *Number};
  if (Base->getType()->isPointerType())
    return behind(*Base, {Pointee, Element});
  std::optional<Place> Result = find(*Base);
  if (Result)
    Result->extend(Element);
  return Result;
}

std::optional<Place> placeOf(const Expr &Lvalue, const ASTContext &Context) {
  return PlaceFinder{Context, false}.find(Lvalue);
}

std::optional<Place> placeBehindPointers(const Expr &Lvalue, const ASTContext &Context) {
  return PlaceFinder{Context, true}.find(Lvalue);
}

/// What a reference is bound to, if it is one and its text tells.
static std::optional<Place> referent(const ValueDecl *D, const ASTContext &Context) {
  const Expr *Bound = nullptr;
  if (const auto *Binding = dyn_cast_or_null<BindingDecl>(D))
    Bound = Binding->getHoldingVar() ? nullptr : Binding->getBinding();
  else if (const auto *V = dyn_cast_or_null<VarDecl>(D); V && V->getType()->isReferenceType())
    Bound = V->getInit();
  return Bound && !Bound->isTypeDependent() ? placeOf(*Bound->IgnoreImplicit(), Context) : std::nullopt;
}

Place throughReferences(Place What, const ASTContext &Context) {
  llvm::SmallPtrSet<const ValueDecl *, 4> Passed; // a reference may name itself
  while (Passed.insert(What.Variable).second) {
    auto Bound = referent(What.Variable, Context);
    if (!Bound)
      break;
    Bound->Path.append(What.Path);
    const std::string Own = What.Variable->getNameAsString();
    What.Name.replace(What.Name.find(Own), Own.size(), Bound->Name); // behind a star, perhaps
    Bound->Name = std::move(What.Name);
    What = std::move(*Bound);
  }
  return What;
}

} // namespace weave
