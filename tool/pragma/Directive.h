// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a `#pragma weave` line, or one of OpenMP, says: the output of the pragma step, the input of the analysis.
#ifndef WEAVE_TOOL_PRAGMA_DIRECTIVE_H
#define WEAVE_TOOL_PRAGMA_DIRECTIVE_H

#include "clang/Basic/SourceLocation.h"
#include "clang/Lex/Token.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include <deque>
#include <optional>
#include <string>

namespace weave {

enum class DirectiveKind {
  Spawn,
  Sync,
  SyncScope,
  ParallelFor,
  DependsOn,
  LoadBalance,
  Cancel,
  // Of OpenMP alone.
  Parallel, ///< A region without a team: what stands in it is written once, and only constructs in it divide work.
  Single,   ///< `single`, `master` or `masked`: who comes runs it.
  Critical, ///< `critical` or `atomic`
  Flush,
};

llvm::StringRef spelling(DirectiveKind Kind);

/// What a task does to an operand of depends_on.
enum class Access { In, Out, InOut, Commutative, Concurrent };

llvm::StringRef spelling(Access Mode);

enum class ReductionOp { Plus, Multiplies, BitAnd, BitOr, BitXor, LogicalAnd, LogicalOr, Minimum, Maximum, Callable };

/// An expression in a clause. Its tokens are not yet macro-expanded.
struct Operand {
  clang::SourceLocation Location;
  std::string Text; ///< As the user spelled it, on one line.
  llvm::SmallVector<clang::Token, 4> Tokens;
};

/// One dimension of an array section, or a plain subscript beside one.
struct Subscript {
  clang::SourceLocation Location;     ///< Of the bracket.
  bool IsRange = false;               ///< It has a colon. A plain one has only a first element.
  std::optional<Operand> First = {};  ///< None: 0.
  std::optional<Operand> Length = {}; ///< In elements. None: up to the end of the array.
  std::optional<Operand> Stride = {}; ///< From one to the next of them, in elements. None: 1.
};

/// `j = first:last:step`, in front of the operands of one depends_on: they stand for one for each j.
struct Iterator {
  Operand Name;
  std::optional<Operand> Type = {}; ///< None: what first and last have in common.
  Operand First = {}, Last = {};
  std::optional<Operand> Step = {};
};

struct DependOperand {
  Access Mode;
  Operand Value;         ///< Of a section, the tokens are those of its base, and the text is that of all.
  std::string Base = {}; ///< Of a section: what stands in front of the subscripts.
  llvm::SmallVector<Subscript, 0> Subscripts = {};
  llvm::SmallVector<Iterator, 0> Iterators = {}; ///< Outermost first; none if it names none of them.

  bool isSection() const { return !Subscripts.empty(); }
};

struct Reduction {
  ReductionOp Op;
  Operand Variable;                     ///< One identifier, or a member of what identifiers or `this` name.
  std::optional<Subscript> Part = {};   ///< Of the array, or of what the pointer points to: a range with a length, without a stride.
  std::optional<Operand> Function = {}; ///< Of a callable.
  std::optional<Operand> Identity = {}; ///< What a piece starts from, if it is not what the operator says.
  bool TakesLast = false;               ///< `lastprivate`: of the pieces, the last one counts.
};

/// What a clause says about a variable of the enclosing function.
enum class Sharing { Firstprivate, Shared, Private, Move };

llvm::StringRef spelling(Sharing How);

struct ListedVariable {
  Sharing How;
  Operand Variable; ///< One identifier; with an ellipsis behind it for a parameter pack.
};

/// What becomes of variables that no clause names.
enum class DefaultSharing { ByRule, Shared, Firstprivate };

/// What OpenMP says more about a directive of its own.
struct OpenMPDetails {
  std::string Name; ///< `omp parallel for`
  DefaultSharing Default = DefaultSharing::ByRule;
  bool OwnsTeam = false;   ///< A loop that is a parallel region, too.
  bool IsBarrier = false;  ///< A sync of all that the region has made.
  bool IsTaskloop = false; ///< A loop with the data-sharing of a task.
  bool IsSections = false; ///< A scope, or a region, of sections and nothing else.
  bool IsSection = false;  ///< A task with the data-sharing of the construct around it.
  std::string Lock;        ///< Of `critical`: which of them exclude each other.
};

struct Directive {
  DirectiveKind Kind;
  /// From the `#` (or `_Pragma`) to just behind the last character: places in the file itself.
  clang::SourceLocation Begin, End;
  /// Where a fix-it can put one more clause: in front of a comment that ends the line. Invalid, which makes a fix-it void, for `_Pragma`.
  clang::SourceLocation NextClause;
  llvm::SmallVector<DependOperand, 4> DependsOn;
  llvm::SmallVector<Reduction, 2> Reductions;
  llvm::SmallVector<Operand, 2> Awaited; ///< By `sync(x)`; none: every task.
  std::optional<Operand> Handle;         ///< A weave::handle that is bound to the task.
  llvm::SmallVector<ListedVariable, 2> Listed;
  std::optional<Operand> Condition; ///< Of `if`.
  std::optional<Operand> Collapse;  ///< How many loops.
  std::optional<Operand> Grainsize;
  bool Detached = false, Nowait = false, Staged = false, Reproducible = false;
  bool ListsAll = false; ///< default(none)
  std::string Label;     ///< Empty: none.
  /// What follows looks like a declaration: the operands stand in front of it, on a statement of their own.
  bool OnDeclaration = false;
  std::optional<OpenMPDetails> OpenMP = {};

  /// What the user calls it.
  llvm::StringRef name() const { return OpenMP ? llvm::StringRef(OpenMP->Name) : spelling(Kind); }
  /// Whether it is a block at whose end tasks are waited for.
  bool isScope() const {
    return Kind == DirectiveKind::SyncScope || Kind == DirectiveKind::Parallel || Kind == DirectiveKind::Single;
  }
  bool hasOperands() const {
    return !DependsOn.empty() || !Reductions.empty() || !Awaited.empty() || !Listed.empty() || Handle || Condition ||
           Collapse || Grainsize;
  }
  /// Whether it is a statement of its own.
  bool standsAlone() const {
    return Kind == DirectiveKind::Sync || Kind == DirectiveKind::LoadBalance || Kind == DirectiveKind::Flush;
  }
};

/// The directives of a unit. An annotation in the syntax tree names one by its index; nothing is matched by location.
using DirectiveTable = std::deque<Directive>;

} // namespace weave

#endif
