// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What becomes of each directive: the output of the analysis, the input of the rewriting. It speaks of statements and
// variables, never of text.
#ifndef WEAVE_TOOL_ANALYSIS_PLAN_H
#define WEAVE_TOOL_ANALYSIS_PLAN_H

#include "analysis/Structure.h"
#include "pragma/Directive.h"

namespace weave {

enum class CaptureMode { This, Copy, Move, Reference };

/// In the order of the words in diagnostics.def.
enum class CaptureReason { Pointer, Clause, Operand, Written, Running, Large, Read, Aliased, LetOut, Unset };

struct Capture {
  CaptureMode Mode;
  const clang::ValueDecl *Variable = nullptr; ///< Null for `this`.
  bool Expand = false;                        ///< A parameter pack, all of it.
  bool Doubtful = false;                      ///< Not every instantiation uses it.
  clang::SourceLocation FirstUse;
  CaptureReason Why = CaptureReason::Read;
  bool Changeable = false;  ///< The copy is the task's own, which it may change.
  bool Initialised = false; ///< By an init-capture, `&name = name`.
};

/// The block at whose end tasks are joined.
struct Block {
  enum class Form {
    Compound, ///< Node has braces.
    Unbraced, ///< Node is a body without braces, which gets some.
    Closure,  ///< Node is all that a task or a parallel loop consists of; its closure has braces.
  };
  Form As;
  const clang::Stmt *Node;
  bool operator==(const Block &) const = default;
};

/// The rest of a block as a closure that is instantiated twice (docs/generated-code.md).
struct Region {
  struct Value {
    clang::SourceRange ReturnType; ///< As the function spells it; invalid if the stretch does not return.
  };
  const clang::Stmt *First;
  const clang::Stmt *Spawning; ///< The statement of the block that spawns, and is the first but for declarations.
  bool DeclaresBorrowed;       ///< The stretch begins with variables that its tasks borrow.
  Value Leaves;
  llvm::SmallVector<Capture, 4> Captures;
  bool Forks = false;    ///< It makes one task, once.
  bool IsSynced = false; ///< There is a sync in it.
};

struct Frame {
  enum class Place { BeforeStatement, AfterDeclaration, AtStart };

  unsigned Directive; ///< The first that needs it: it names the frame.
  const Function *Within;
  Block In;
  Place At;
  const clang::Stmt *Anchor; ///< The statement or the declaration.
  bool Guarded;              ///< With WEAVE_TRY.
  Span Scope;
  /// The syncs of named variables that wait for its tasks.
  llvm::SmallVector<const Site *, 1> Awaiters = {};
  bool Graph = false;
  const Frame *Outer = nullptr; ///< For a graph or a region: the one that it is nested in.
  std::optional<Region> AsRegion = std::nullopt;
};

/// What `spawn` cannot declare, as the message `on_declaration` counts it.
enum class BadDeclaration { Several, Bindings, Reference, Array, Static, Constexpr, Volatile };

/// An object that a task must not outlive.
struct BorrowedObject {
  const clang::VarDecl *Object;
  const clang::ValueDecl *By; ///< The captured variable that is it, or refers to it.

  /// What the user calls it: of structured bindings, the one that is captured.
  llvm::StringRef name() const;
};

struct SpawnPlan {
  const Site *Where;
  const Frame *Owner; ///< Null for a detached task, and for one that runs in place.
  llvm::SmallVector<Capture, 4> Captures;
  llvm::SmallVector<BorrowedObject, 4> Borrowed = {};
  bool InPlace = false; ///< It would be waited for at once.
};

struct SyncPlan {
  const Site *Where;
  llvm::SmallVector<const Frame *, 2> Frames; ///< Innermost first.
  /// The handles that it names, and the frames of the tasks that are bound to one.
  llvm::SmallVector<const Operand *, 1> Handles = {};
  llvm::SmallVector<const Frame *, 2> Bound = {};
};

/// A sync stands in a try block, and tasks that it waits for were spawned outside. What they throw is not for the
/// handlers, so they are awaited in front of the block.
struct TryEntry {
  const Site *Sync;
  const clang::Stmt *Try;
  bool Braces; ///< It is not a statement of a block.
  llvm::SmallVector<const Frame *, 2> Frames;
};

enum class Bound { Less, LessEqual, Greater, GreaterEqual, NotEqual };

/// A canonical loop, or a range-based one.
struct LoopForm {
  const clang::Stmt *Loop;
  const clang::Stmt *Body;
  const clang::VarDecl *Variable = nullptr;
  bool IsOutside = false; ///< The variable is declared in front of the loop.
  /// Null for a range-based loop.
  const clang::Expr *First = nullptr, *Last = nullptr, *Condition = nullptr;
  const clang::Expr *Stride = nullptr; ///< Null: one.
  bool NegateStride = false;
  bool LeavesValue = false;     ///< The loop leaves its last value in that variable.
  Bound Relation = Bound::Less; ///< Read with the variable on the left.
  bool Upwards = true;
  bool Wraps = false; ///< It moves away from its bound, and ends when the variable wraps around.
  /// Of a range-based loop.
  const clang::Expr *Range = nullptr;
  const clang::Stmt *RangeInit = nullptr; ///< May be null there, too.
  /// Declarations of the block around a staged loop that its header names.
  llvm::SmallVector<const clang::DeclStmt *, 1> Needed = {};
};

/// Loops that are one iteration space, from the outside in.
using LoopNest = llvm::SmallVector<LoopForm, 1>;

/// What a reduction names, as the body of the loop has it.
struct ReducedVariable {
  const Reduction *Said;
  std::string Name;        ///< Of what the body works on: the variable's own, but for a member.
  std::string Accumulator; ///< What one piece of the loop has contributed so far.
  bool InPlace = false;    ///< The body works on the accumulator itself, which is dear to copy, or cannot be.
  bool IsPointer = false;  ///< It names a section, and the accumulator is a pointer to its elements, of which the body has a copy.
  bool IsClass = false;    ///< What its operator does is looked up where the directive stands.
  llvm::SmallVector<const clang::Expr *, 2> Uses = {}; ///< Of a member, in the body: what the name takes the place of.
};
using ReducedVariables = llvm::SmallVector<ReducedVariable, 1>;

struct LoopPlan {
  const Site *Where;
  LoopNest Nest;
  ReducedVariables Reduced;
  llvm::SmallVector<Capture, 4> Captures;
  unsigned Depth = 0; ///< How many parallel loops it stands in.
  /// Of which each piece has one of its own, without a clause of the loop.
  llvm::SmallVector<const clang::ValueDecl *, 1> Implied = {};
  llvm::SmallVector<const Site *, 1> Cancels = {}; ///< The jumps that end it early.
};

struct Plan {
  std::deque<Frame> Frames;
  std::deque<SpawnPlan> Spawns;
  std::deque<SyncPlan> Syncs;
  std::deque<TryEntry> TryEntries;
  std::deque<LoopPlan> Loops;
  std::deque<const Site *> Scopes; ///< The blocks at whose end tasks are waited for.
  std::deque<const Site *> Locked; ///< Statements that exclude others.
};

} // namespace weave

#endif
