// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The walk that AddressFlow is made by: what each expression names and holds.
#ifndef WEAVE_TOOL_ANALYSIS_ADDRESSWALKER_H
#define WEAVE_TOOL_ANALYSIS_ADDRESSWALKER_H

#include "analysis/AddressFlow.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

namespace weave {

/// The same objects, but not to be changed on this way.
Objects readOnly(Objects Of);
/// What nobody in the function knows.
Objects outside();

class AddressFlow::Walker {
public:
  /// @param Growing  what to enter addresses into, or null
  /// @param Changes  where to put what is changed, or null
  Walker(const AddressFlow &Known, AddressFlow *Growing, std::vector<Change> *Changes)
      : Known(Known), Growing(Growing), Changes(Changes) {}

  void walk(const clang::Stmt *S);

  bool Grows = false;

private:
  struct Value {
    Objects At;    ///< Which objects an lvalue is, or is a part of.
    Objects Holds; ///< The addresses in a value, or in a temporary object.
  };
  struct Argument {
    enum Role { Target, Plain, Variadic } As; ///< The object of a member function; and the others.
    Value What;
    clang::QualType Type;
    clang::QualType Parameter = {}; ///< Null: not known.

    bool isBoundToReference() const { return As == Target || (!Parameter.isNull() && Parameter->isReferenceType()); }
    bool mayBeChanged() const {
      return As == Target || (isBoundToReference() && !Parameter.getNonReferenceType().isConstQualified());
    }
  };
  using Arguments = llvm::SmallVector<Argument, 4>;

  Value evaluate(const clang::Expr *E);
  Value evaluateBare(const clang::Expr &E);
  Value evaluateChildren(const clang::Expr &E);
  Value evaluateCast(const clang::CastExpr &Cast);
  Value evaluateUnary(const clang::UnaryOperator &Unary);
  Value evaluateBinary(const clang::BinaryOperator &Binary);
  Value evaluateMember(const clang::Expr &Base, bool IsArrow, const clang::ValueDecl *Member);
  Value evaluateList(llvm::ArrayRef<const clang::Expr *> Parts);
  Value evaluateLambda(const clang::LambdaExpr &Lambda);
  Value evaluateCall(const clang::CallExpr &Call);
  Value evaluateConstruction(const clang::CXXConstructExpr &Construct);
  Value pass(const Arguments &Passed, clang::QualType Result, bool IsShown, bool IsOfMember);
  void keep(const Argument &To, const Objects &Own, const Arguments &Passed, llvm::ArrayRef<Objects> Held,
            bool IsShown);

  void declare(const clang::VarDecl &V);
  void bind(const clang::VarDecl &Reference, const Value &To, bool PerhapsTemporary);
  void enter(Object Holder, clang::QualType Type, const Objects &Addresses, ObjectTypes::Handed How,
             clang::QualType HandedType, bool IsShown);
  void assign(const Objects &To, clang::QualType Type, const Objects &Addresses);
  /// Notes what is assigned to a variable that every function may use.
  void publish(const Objects &To, clang::QualType Type, const Objects &Addresses);
  void compare(const Objects &Left, const Objects &Right);
  void change(const Objects &What, clang::QualType Type, bool InCall);
  const llvm::SmallPtrSetImpl<const clang::ValueDecl *> &writtenBy(const clang::LambdaExpr &Lambda);

  /// What the value holds when it is read.
  Objects contents(const Value &Of, clang::QualType Type) const;
  /// All that can be reached from there, in any number of steps.
  Objects reachable(Objects From) const;
  bool mayHold(clang::QualType Holder, Object O, ObjectTypes::Handed How, clang::QualType Type, bool IsWritable) const;

  const AddressFlow &Known;
  AddressFlow *const Growing;
  std::vector<Change> *const Changes;
  unsigned Lambdas = 0;
};

} // namespace weave

#endif
