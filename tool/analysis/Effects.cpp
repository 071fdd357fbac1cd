// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/Effects.h"
#include "analysis/CodeVisitor.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"

using namespace clang;

namespace weave {

Effects::Effects(ArrayRef<const Stmt *> Stretch, const AddressFlow &Function, const VarDecl *Declared)
    : Function(Function), Changes(Function.changesIn(Stretch)),
      LetOut(findLetOut(Stretch, Declared, Function.types().context())) {}

/// Whether the object of a variable is what is changed.
bool Effects::mayChange(const ValueDecl &V, const Change &By) const {
  const ObjectTypes &Types = Function.types();
  const QualType Type = V.getType().getNonReferenceType();
  for (const auto &[O, How] : Function.locate(V)) {
    // Of what the function gets from outside, two names may be one object.
    if (O.getInt() ? !By.What.getInt() : O != By.What)
      continue;
    if (By.Type.isNull() || Types.mayChange(By.Type, Type))
      return true;
    if (By.InCall && (!O.getInt() || Types.leadsTo(By.Type, Type)))
      return true;
  }
  return false;
}

bool Effects::mayChange(const ValueDecl &V) const {
  // What is declared const nobody can change; what a reference to const refers to, others can.
  if (V.getType().isConstQualified())
    return false;
  return llvm::any_of(Changes, [&](const Change &By) { return mayChange(V, By); });
}

VariableSet Effects::changed() const {
  VariableSet Result;
  for (const Change &By : Changes)
    if (const ValueDecl *V = By.What.getPointer(); V && !By.What.getInt() && mayChange(*V, By))
      Result.insert(V);
  return Result;
}

/// Finds the variables whose addresses a stretch names. Who gets one may compare it with others.
class NamedAddresses : public CodeVisitor {
public:
  explicit NamedAddresses(VariableSet &Found) : Found(Found) {}

  bool VisitUnaryOperator(UnaryOperator *Unary) override {
    if (Unary->getOpcode() == UO_AddrOf)
      if (const ValueDecl *Named = ownerOfBytes(*Unary->getSubExpr()))
        Found.insert(Named);
    return true;
  }

private:
  VariableSet &Found;
};

VariableSet findLetOut(ArrayRef<const Stmt *> Stretch, const VarDecl *Declared, const ASTContext &Context) {
  const AddressFlow Own(Stretch, AddressFlow::Extent::Part, Context);
  VariableSet Result;
  for (const auto &[Holder, Held] : Own.letOut())
    if (Holder.getInt() || !Own.declares(*Holder.getPointer()) || Holder.getPointer() == Declared)
      Result.insert(Held);
  for (const Stmt *S : Stretch)
    NamedAddresses(Result).TraverseStmt(const_cast<Stmt *>(S));
  return Result;
}

/// A lambda sees the variables of the functions around it.
static const FunctionDecl &outermost(const FunctionDecl &F) {
  const FunctionDecl *Found = &F;
  for (const DeclContext *C = F.getParent(); C; C = C->getParent())
    if (const auto *Outer = dyn_cast<FunctionDecl>(C); Outer && Outer->hasBody())
      Found = Outer;
  return *Found;
}

const AddressFlow &AddressFlows::of(const weave::Function &In) {
  const FunctionDecl &Whole = outermost(*In.Decl);
  auto &Flow = Known[&Whole];
  if (!Flow) {
    SmallVector<const Stmt *, 4> Text{Whole.getBody()};
    if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(&Whole))
      for (const CXXCtorInitializer *Init : Constructor->inits())
        Text.push_back(Init->getInit());
    Flow = std::make_unique<AddressFlow>(Text, AddressFlow::Extent::Function, Context);
  }
  return *Flow;
}

} // namespace weave
