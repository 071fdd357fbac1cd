// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Where the directives of a unit stand: activations, the statements around each directive, scopes and jumps. Found in
// one walk over the patterns (never over instantiations: two units must not disagree about a closure).
#ifndef WEAVE_TOOL_ANALYSIS_STRUCTURE_H
#define WEAVE_TOOL_ANALYSIS_STRUCTURE_H

#include "pragma/Injection.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Stmt.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"
#include <deque>

namespace clang {
class ASTContext;
class AttributedStmt;
class DeclStmt;
class LambdaExpr;
} // namespace clang

namespace weave {

class Diagnostics;

/// A stretch of the walk: statements are numbered when entered and when left.
struct Span {
  unsigned Begin = 0, End = 0;
  bool contains(unsigned Number) const { return Begin <= Number && Number <= End; }
  bool contains(const Span &Other) const { return contains(Other.Begin) && contains(Other.End); }
};

/// A function or lambda body: what a `return` leaves, and what labels belong to.
struct Function {
  const clang::FunctionDecl *Decl;
  bool IsLambda;
  bool IsCoroutine = false;
};

enum class ActivationKind { Function, Task, Loop };

/// What owns tasks: the body of a function or lambda, a task, or the body of a parallel loop.
struct Activation {
  ActivationKind Kind;
  const clang::Stmt *Root;
  const Function *In;
  Activation *Outer; ///< Null for a function.
};

/// A directive in place.
struct Site {
  unsigned Index;               ///< In the table.
  const clang::Stmt *Statement; ///< The annotated statement, or the declaration, which is its own subject.
  Attachment Attached;
  Activation *In;
  Activation *Inner = nullptr; ///< The task or the loop that this directive makes.
  /// From the activation's root to `Statement`, both included.
  llvm::SmallVector<const clang::Stmt *, 8> Path;
  /// The variable that a spawned declaration declares first; null for a statement.
  const clang::VarDecl *Declared = nullptr;
  /// Of a loop with `nowait`: the site that makes a task of it. Both belong to one directive.
  const Site *AsTask = nullptr;

  bool makesTask() const { return Inner && Inner->Kind == ActivationKind::Task; }
  bool makesLoop() const { return Inner && Inner->Kind == ActivationKind::Loop; }
};

enum class JumpKind { Return, Break, Continue, Goto, Case, CoAwait, CoYield, CoReturn };

struct Jump {
  JumpKind Kind;
  const clang::Stmt *From;
  const clang::Stmt *To; ///< Null: out of the function, or who knows where.
  const Function *In;
};

/// Where a local variable is declared.
struct Home {
  const clang::Stmt *Scope;           ///< The compound statement, or the statement whose header declares it.
  const clang::DeclStmt *Declaration; ///< Null for what a handler catches.
};

class Structure {
public:
  Structure(clang::ASTContext &Context, const DirectiveTable &Table);

  std::deque<Function> Functions;
  std::deque<Activation> Activations;
  std::deque<Site> Sites; ///< In the order of the text.
  std::deque<Jump> Jumps;
  llvm::SmallVector<const clang::Decl *> AnnotatedDecls;

  Span span(const clang::Stmt *S) const { return Spans.lookup(S); }
  /// The directives inside a stretch, found by bisection.
  auto sitesIn(Span Stretch) const {
    const auto From =
        llvm::partition_point(Sites, [&](const Site &S) { return span(S.Statement).Begin < Stretch.Begin; });
    const auto To =
        std::partition_point(From, Sites.end(), [&](const Site &S) { return span(S.Statement).Begin <= Stretch.End; });
    return llvm::make_range(From, To);
  }
  /// Whether a directive of that kind stands in what another belongs to.
  bool holds(DirectiveKind Kind, const Site &S, const DirectiveTable &Table) const {
    return llvm::any_of(sitesIn(span(S.Statement)), [&](const Site &In) { return Table[In.Index].Kind == Kind; });
  }
  /// Nothing for what is declared outside the functions that hold directives, and for parameters.
  const Home *home(const clang::VarDecl *V) const {
    auto Found = Homes.find(V);
    return Found == Homes.end() ? nullptr : &Found->second;
  }

private:
  class Builder;

  llvm::DenseMap<const clang::Stmt *, Span> Spans;
  llvm::DenseMap<const clang::VarDecl *, Home> Homes;
};

/// Adds a note to a message: where the directive is, and the label of its task.
void noteDirective(const Site &Of, const DirectiveTable &Table, const Diagnostics &Diags);

} // namespace weave

#endif
