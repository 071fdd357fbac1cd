// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/AddressWalker.h"
#include "analysis/Mutation.h"
#include "clang/AST/ASTContext.h"

using namespace clang;

namespace weave {

using Handed = ObjectTypes::Handed;

static Objects writable(Objects Of) {
  for (auto &[O, How] : Of)
    How.IsWritable = true;
  return Of;
}

/// Whether nothing can be changed through a value of this type, but by what its object holds itself.
static bool pointsToConst(QualType Type) {
  return (Type->isPointerType() || Type->isReferenceType()) && Type->getPointeeType().isConstQualified();
}

Objects AddressFlow::Walker::contents(const Value &Of, QualType Type) const {
  const bool IsOpen = Type.isNull() || Type->isDependentType() || Type->isUndeducedType();
  if (!IsOpen && !Known.Types.mayHoldAny(Type))
    return {};
  Objects Result = Of.Holds;
  for (const auto &[O, How] : Of.At)
    merge(Result, Known.heldBy(O));
  return !IsOpen && pointsToConst(Type) ? readOnly(std::move(Result)) : Result;
}

Objects AddressFlow::Walker::reachable(Objects From) const {
  for (size_t I = 0; I < From.size(); ++I)
    merge(From, Known.heldBy((From.begin() + I)->first));
  return From;
}

bool AddressFlow::Walker::mayHold(QualType Holder, Object O, Handed How, QualType Type, bool IsWritable) const {
  if (O.getInt() && How == Handed::Address)
    return Known.Types.mayHoldAny(Holder);
  return Known.Types.mayHold(Holder, How == Handed::Address ? O.getPointer()->getType().getNonReferenceType() : Type,
                             How, IsWritable);
}

/// Enters addresses into an object, as far as an lvalue of this type in it can hold them.
void AddressFlow::Walker::enter(Object Holder, QualType Type, const Objects &Addresses, Handed How, QualType HandedType,
                                bool IsShown) {
  if (!Growing)
    return;
  for (const auto &[O, Way] : Addresses)
    if (mayHold(Type, O, How, HandedType, Way.IsWritable))
      Grows |= merge(Growing->Held[Holder], O, {Way.IsWritable, IsShown && Way.IsShown});
}

void AddressFlow::Walker::assign(const Objects &To, QualType Type, const Objects &Addresses) {
  for (const auto &[O, How] : To)
    enter(O, Type, Addresses, Handed::Address, Type, /*IsShown=*/true);
  publish(To, Type, Addresses);
}

/// Whether two addresses are equal tells a copy from its variable.
void AddressFlow::Walker::compare(const Objects &Left, const Objects &Right) {
  if (Known.Of == Extent::Part)
    for (const auto &[These, Others] : {std::pair(&Left, &Right), std::pair(&Right, &Left)})
      for (const auto &[O, How] : *These)
        if (Growing && !Others->contains(O))
          Grows |= merge(Growing->Held[Object(nullptr, true)], O, How);
}

void AddressFlow::Walker::publish(const Objects &To, QualType Type, const Objects &Addresses) {
  const auto IsAnybodys = [](const auto &Entry) {
    return Entry.first.getInt() && !isa_and_nonnull<ParmVarDecl>(Entry.first.getPointer());
  };
  if (Growing && Known.Types.mayHoldAny(Type) && llvm::any_of(To, IsAnybodys))
    Grows |= merge(Growing->Published, Addresses);
}

void AddressFlow::Walker::change(const Objects &What, QualType Type, bool InCall) {
  if (Changes)
    for (const auto &[O, How] : What)
      if (How.IsWritable)
        Changes->push_back({O, Type, InCall});
}

const llvm::SmallPtrSetImpl<const ValueDecl *> &AddressFlow::Walker::writtenBy(const LambdaExpr &Lambda) {
  // The cache does not show.
  auto &Cache = const_cast<AddressFlow &>(Known).WrittenBy;
  const auto [Entry, Fresh] = Cache.try_emplace(&Lambda);
  if (Fresh) {
    const Mutation Writes(*Lambda.getBody(), Lambda.getCallOperator()->isDependentContext());
    for (const LambdaCapture &C : Lambda.captures())
      if (C.capturesVariable() && Writes.isWritten(*C.getCapturedVar()))
        Entry->second.insert(C.getCapturedVar());
  }
  return Entry->second;
}

//===-- Statements --------------------------------------------------------------------------------------------------===

void AddressFlow::Walker::walk(const Stmt *S) {
  if (!S)
    return;
  if (const auto *E = dyn_cast<Expr>(S)) {
    evaluate(E);
  } else if (const auto *Declared = dyn_cast<DeclStmt>(S)) {
    for (const Decl *D : Declared->decls())
      if (const auto *V = dyn_cast<VarDecl>(D))
        declare(*V);
  } else if (const auto *Returned = dyn_cast<ReturnStmt>(S)) {
    const Expr *E = Returned->getRetValue();
    if (!E)
      return;
    const Value What = evaluate(E);
    if (Lambdas > 0) // who calls the lambda has what it captured
      return;
    enter(Object(nullptr, true), E->getType(), contents(What, E->getType()), Handed::Address, E->getType(), true);
    if (E->isGLValue() && !E->isTypeDependent() && Growing)
      Grows |= merge(Growing->Held[Object(nullptr, true)], What.At);
  } else if (const auto *Range = dyn_cast<CXXForRangeStmt>(S); Range && !Range->getBeginStmt()) {
    // In a template, nothing says how the loop runs.
    walk(Range->getInit());
    const Value Elements = evaluate(Range->getRangeInit());
    const VarDecl *V = Range->getLoopVariable();
    declare(*V);
    Value Element{Elements.At, contents(Elements, Range->getRangeInit()->getType())};
    if (V->getType()->isReferenceType()) {
      merge(Element.At, Element.Holds);
      bind(*V, Element, /*PerhapsTemporary=*/V->getType()->isRValueReferenceType() || pointsToConst(V->getType()));
    } else {
      enter(Object(V, false), V->getType(), Element.Holds, Handed::Address, V->getType(), true);
    }
    walk(Range->getBody());
  } else {
    for (const Stmt *Child : S->children())
      walk(Child);
  }
}

void AddressFlow::Walker::declare(const VarDecl &V) {
  if (Growing) {
    Grows |= Growing->Inside.insert(&V).second;
    if (const auto *Whole = dyn_cast<DecompositionDecl>(&V))
      for (const BindingDecl *Binding : Whole->bindings())
        Growing->Inside.insert(Binding);
  }
  const Expr *Init = V.getInit();
  if (!Init)
    return;
  const Value What = evaluate(Init);
  if (V.getType()->isReferenceType()) {
    const bool IsOpen = Init->isTypeDependent() && isa<CallExpr>(Init->IgnoreParenImpCasts());
    return bind(V, What, IsOpen && (V.getType()->isRValueReferenceType() || pointsToConst(V.getType())));
  }
  const Object Holder(&V, !V.hasLocalStorage());
  enter(Holder, V.getType(), contents(What, Init->getType()), Handed::Address, Init->getType(), /*IsShown=*/true);
}

void AddressFlow::Walker::bind(const VarDecl &Reference, const Value &To, bool PerhapsTemporary) {
  if (!Growing)
    return;
  Objects &Bound = Growing->Bound[&Reference];
  const bool ReadOnly = pointsToConst(Reference.getType());
  Grows |= merge(Bound, ReadOnly ? readOnly(To.At) : To.At);
  if (!To.At.empty() && !PerhapsTemporary)
    return;
  const Object Kept(&Reference, false); // a temporary lives as long as it
  Grows |= merge(Bound, Kept, {!ReadOnly, true});
  enter(Kept, Reference.getType().getNonReferenceType(), To.Holds, Handed::Address, {}, /*IsShown=*/true);
}

//===-- Expressions -------------------------------------------------------------------------------------------------===

AddressFlow::Walker::Value AddressFlow::Walker::evaluate(const Expr *E) {
  if (!E)
    return {};
  Value Result = evaluateBare(*E);
  const QualType Type = E->getType();
  if (Type.isNull() || Type->isDependentType() || Type->isUndeducedType())
    return Result;
  if (!E->isGLValue()) {
    Result.At.clear();
    if (!Known.Types.mayHoldAny(Type))
      Result.Holds.clear();
    else if (pointsToConst(Type))
      Result.Holds = readOnly(std::move(Result.Holds));
  } else if (Type.isConstQualified()) {
    Result.At = readOnly(std::move(Result.At));
  }
  return Result;
}

AddressFlow::Walker::Value AddressFlow::Walker::evaluateBare(const Expr &E) {
  if (isa<UnaryExprOrTypeTraitExpr, CXXNoexceptExpr, CXXTypeidExpr, CXXDefaultArgExpr, CXXDefaultInitExpr>(E))
    return {};
  if (const auto *Paren = dyn_cast<ParenExpr>(&E))
    return evaluate(Paren->getSubExpr());
  if (const auto *Full = dyn_cast<FullExpr>(&E))
    return evaluate(Full->getSubExpr());
  if (const auto *Reference = dyn_cast<DeclRefExpr>(&E))
    return {Known.locate(*Reference->getDecl()), {}};
  if (isa<CXXThisExpr>(E))
    return {{}, Known.Of == Extent::Part ? Objects() : outside()};
  if (const auto *Cast = dyn_cast<CastExpr>(&E))
    return evaluateCast(*Cast);
  if (const auto *Unary = dyn_cast<UnaryOperator>(&E))
    return evaluateUnary(*Unary);
  if (const auto *Binary = dyn_cast<BinaryOperator>(&E))
    return evaluateBinary(*Binary);
  if (const auto *Rewritten = dyn_cast<CXXRewrittenBinaryOperator>(&E))
    return evaluate(Rewritten->getSemanticForm());
  if (const auto *Member = dyn_cast<MemberExpr>(&E))
    return evaluateMember(*Member->getBase(), Member->isArrow(), Member->getMemberDecl());
  if (const auto *Member = dyn_cast<CXXDependentScopeMemberExpr>(&E))
    return Member->isImplicitAccess() ? Value{outside(), {}}
                                      : evaluateMember(*Member->getBase(), Member->isArrow(), nullptr);
  if (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(&E)) {
    evaluate(Subscript->getIdx());
    const Expr &Base = *Subscript->getBase();
    const Value Array = evaluate(&Base);
    Value Element{contents(Array, Base.getType()), {}};
    if (Base.isTypeDependent() && !Base.getType()->isPointerType())
      merge(Element.At, Array.At);
    return Element;
  }
  if (const auto *Choice = dyn_cast<AbstractConditionalOperator>(&E)) {
    evaluate(Choice->getCond());
    Value Either = evaluate(Choice->getTrueExpr());
    const Value Other = evaluate(Choice->getFalseExpr());
    merge(Either.At, Other.At);
    merge(Either.Holds, Other.Holds);
    return Either;
  }
  if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(&E)) {
    const Value Made = evaluate(Temporary->getSubExpr());
    return {{}, contents(Made, Temporary->getType())};
  }
  if (const auto *Bound = dyn_cast<CXXBindTemporaryExpr>(&E))
    return evaluate(Bound->getSubExpr());
  if (const auto *Opaque = dyn_cast<OpaqueValueExpr>(&E))
    return evaluate(Opaque->getSourceExpr());
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(&E))
    return evaluateConstruction(*Construct);
  if (const auto *Call = dyn_cast<CallExpr>(&E))
    return evaluateCall(*Call);
  if (const auto *Lambda = dyn_cast<LambdaExpr>(&E))
    return evaluateLambda(*Lambda);
  if (const auto *List = dyn_cast<InitListExpr>(&E)) {
    const InitListExpr *Semantic = List->isSemanticForm() || !List->getSemanticForm() ? List : List->getSemanticForm();
    const SmallVector<const Expr *> Parts(Semantic->inits().begin(), Semantic->inits().end());
    return evaluateList(Parts);
  }
  if (const auto *List = dyn_cast<CXXParenListInitExpr>(&E)) {
    const SmallVector<const Expr *> Parts(List->getInitExprs().begin(), List->getInitExprs().end());
    return evaluateList(Parts);
  }
  if (const auto *Thrown = dyn_cast<CXXThrowExpr>(&E)) {
    if (const Expr *What = Thrown->getSubExpr())
      enter(Object(nullptr, true), What->getType(), contents(evaluate(What), What->getType()), Handed::Address, {},
            true);
    return {};
  }
  return evaluateChildren(E);
}

/// Of what says nothing of addresses: what its parts hold.
AddressFlow::Walker::Value AddressFlow::Walker::evaluateChildren(const Expr &E) {
  Value All;
  for (const Stmt *Child : E.children())
    if (const auto *Part = dyn_cast_or_null<Expr>(Child))
      merge(All.Holds, contents(evaluate(Part), Part->getType()));
    else
      walk(Child);
  if (isa<AtomicExpr>(E))
    change(reachable(All.Holds), {}, /*InCall=*/true);
  if (isa<CXXNewExpr, VAArgExpr>(E))
    merge(All.Holds, outside());
  return All;
}

AddressFlow::Walker::Value AddressFlow::Walker::evaluateList(ArrayRef<const Expr *> Parts) {
  Value Whole;
  for (const Expr *Part : Parts) {
    const Value What = evaluate(Part);
    merge(Whole.Holds, contents(What, Part->getType()));
    if (Part->isGLValue() && !Part->isTypeDependent()) // of a member that is a reference
      merge(Whole.Holds, What.At);
  }
  return Whole;
}

AddressFlow::Walker::Value AddressFlow::Walker::evaluateCast(const CastExpr &Cast) {
  const Expr &From = *Cast.getSubExpr();
  Value What = evaluate(&From);
  switch (Cast.getCastKind()) {
  case CK_LValueToRValue:
    return {{}, contents(What, Cast.getType())};
  case CK_ArrayToPointerDecay:
    merge(What.Holds, What.At);
    return {{}, std::move(What.Holds)};
  case CK_IntegralToPointer:
    return {{}, outside()};
  default:
    break;
  }
  const QualType To = Cast.getType();
  const bool DropsConst = Cast.isGLValue() ? From.getType().isConstQualified() && !To.isConstQualified()
                                           : pointsToConst(From.getType()) && !pointsToConst(To);
  if (DropsConst && isa<ExplicitCastExpr>(Cast))
    return {writable(std::move(What.At)), writable(std::move(What.Holds))};
  return What;
}

AddressFlow::Walker::Value AddressFlow::Walker::evaluateUnary(const UnaryOperator &Unary) {
  const Expr &Operand = *Unary.getSubExpr();
  Value What = evaluate(&Operand);
  switch (Unary.getOpcode()) {
  case UO_AddrOf:
    merge(What.At, What.Holds);
    return {{}, std::move(What.At)};
  case UO_Deref:
    return {contents(What, Operand.getType()), {}};
  case UO_PreInc:
  case UO_PreDec:
    change(What.At, Operand.getType(), /*InCall=*/false);
    return What;
  case UO_PostInc:
  case UO_PostDec:
    change(What.At, Operand.getType(), /*InCall=*/false);
    return {{}, contents(What, Operand.getType())};
  default:
    return {{}, contents(What, Operand.getType())};
  }
}

AddressFlow::Walker::Value AddressFlow::Walker::evaluateBinary(const BinaryOperator &Binary) {
  const Expr &Left = *Binary.getLHS(), &Right = *Binary.getRHS();
  const Value Second = evaluate(&Right);
  Value First = evaluate(&Left);
  switch (Binary.getOpcode()) {
  case BO_Comma:
    return Second;
  case BO_PtrMemD:
    return First;
  case BO_PtrMemI:
    return {contents(First, Left.getType()), {}};
  default:
    break;
  }
  const Objects Held = contents(Second, Right.getType());
  if (Binary.isAssignmentOp()) {
    change(First.At, Left.getType(), /*InCall=*/false);
    assign(First.At, Left.getType(), Held);
    return First;
  }
  First.Holds = contents(First, Left.getType());
  if (Binary.isComparisonOp() && !isa<CXXNullPtrLiteralExpr>(Right.IgnoreParenImpCasts()))
    compare(First.Holds, Held);
  merge(First.Holds, Held);
  return {{}, std::move(First.Holds)};
}

AddressFlow::Walker::Value AddressFlow::Walker::evaluateMember(const Expr &Base, bool IsArrow,
                                                               const ValueDecl *Member) {
  Value Whole = evaluate(&Base);
  if (IsArrow)
    Whole = {contents(Whole, Base.getType()), {}};
  const auto *Field = dyn_cast_or_null<FieldDecl>(Member);
  if (Field && Field->getType()->isReferenceType())
    return {contents(Whole, Field->getType()), {}};
  if (Field && Field->isMutable())
    Whole.At = writable(std::move(Whole.At));
  if (const auto *Static = dyn_cast_or_null<VarDecl>(Member))
    return {Known.locate(*Static), {}};
  return Whole;
}

AddressFlow::Walker::Value AddressFlow::Walker::evaluateLambda(const LambdaExpr &Lambda) {
  Value Closure;
  const auto &Written = writtenBy(Lambda);
  for (const LambdaCapture &C : Lambda.captures()) {
    if (C.capturesThis()) {
      if (Known.Of == Extent::Function)
        merge(Closure.Holds, outside());
      continue;
    }
    if (!C.capturesVariable())
      continue;
    const ValueDecl &V = *C.getCapturedVar();
    if (Lambda.isInitCapture(&C))
      declare(cast<VarDecl>(V));
    const Objects At = Known.locate(V);
    if (C.getCaptureKind() == LCK_ByRef)
      merge(Closure.Holds, Written.contains(&V) ? At : readOnly(At));
    merge(Closure.Holds, contents({At, {}}, V.getType().getNonReferenceType()));
  }
  ++Lambdas;
  walk(Lambda.getBody());
  --Lambdas;
  return Closure;
}

} // namespace weave
