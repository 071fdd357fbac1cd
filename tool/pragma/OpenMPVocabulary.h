// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The words of OpenMP, and what becomes of them: openmp.def as a table.
#ifndef WEAVE_TOOL_PRAGMA_OPENMPVOCABULARY_H
#define WEAVE_TOOL_PRAGMA_OPENMPVOCABULARY_H

#include "llvm/ADT/StringRef.h"

namespace weave {

enum class OpenMPMeaning {
  Parallel,
  For,
  ParallelFor,
  Taskloop,
  Sections,
  ParallelSections,
  Section,
  Single,
  Barrier,
  Critical,
  Atomic,
  Flush,
  Task,
  Taskwait,
  Taskgroup,
  Taskyield,
  Compiler, ///< Left where it is.
  Unsupported,
};

enum class OpenMPClause {
  Private,
  Firstprivate,
  Shared,
  Lastprivate,
  Reduction,
  Default,
  If,
  NumThreads,
  Collapse,
  Grainsize,
  Depend,
  Ignored,
  Unsupported,
};

struct OpenMPDirectiveRow {
  llvm::StringLiteral Words;
  OpenMPMeaning Meaning;
  llvm::StringLiteral Text;
};

struct OpenMPClauseRow {
  llvm::StringLiteral Word, On;
  OpenMPClause Meaning;
  llvm::StringLiteral Text;
};

/// Null for what OpenMP does not have, as far as is known here.
const OpenMPDirectiveRow *findOpenMPDirective(llvm::StringRef Words);
/// Whether a directive has a name that begins with these words.
bool beginsOpenMPDirective(llvm::StringRef Words);
const OpenMPClauseRow *findOpenMPClause(llvm::StringRef Word, llvm::StringRef Directive);

} // namespace weave

#endif
