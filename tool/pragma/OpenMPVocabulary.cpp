// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "pragma/OpenMPVocabulary.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using llvm::StringRef;

namespace weave {

static constexpr OpenMPDirectiveRow Directives[] = {
#define OPENMP_DIRECTIVE(WORDS, SINCE, MEANING, TEXT) {WORDS, OpenMPMeaning::MEANING, TEXT},
#include "pragma/openmp.def"
};

static constexpr OpenMPClauseRow Clauses[] = {
#define OPENMP_CLAUSE(WORD, SINCE, ON, MEANING, TEXT) {WORD, ON, OpenMPClause::MEANING, TEXT},
#include "pragma/openmp.def"
};

const OpenMPDirectiveRow *findOpenMPDirective(StringRef Words) {
  const auto *Found = llvm::find_if(Directives, [&](const OpenMPDirectiveRow &Row) { return Row.Words == Words; });
  return Found == std::end(Directives) ? nullptr : Found;
}

bool beginsOpenMPDirective(StringRef Words) {
  return llvm::any_of(Directives, [&](const OpenMPDirectiveRow &Row) {
    return Row.Words.starts_with(Words) && (Row.Words.size() == Words.size() || Row.Words[Words.size()] == ' ');
  });
}

const OpenMPClauseRow *findOpenMPClause(StringRef Word, StringRef Directive) {
  const auto *Found = llvm::find_if(Clauses, [&](const OpenMPClauseRow &Row) {
    return Row.Word == Word &&
           llvm::any_of(llvm::split(Row.On, ','), [&](StringRef On) { return On.trim() == Directive; });
  });
  return Found == std::end(Clauses) ? nullptr : Found;
}

} // namespace weave
