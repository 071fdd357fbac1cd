// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rewrite/Words.h"
#include "Diagnostics.h"
#include "clang/Basic/CharInfo.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/StringSet.h"

using namespace clang;

namespace weave {

static bool isOurs(StringRef Word) {
  static const llvm::StringSet<> Ours{
#define WORD(NAME) #NAME,
#include "rewrite/words.def"
#undef WORD
  };
  return Ours.contains(Word);
}

/// The macro that changes this word, with `Rest` behind it, at this place; or null.
static const MacroInfo *macroFor(StringRef Word, StringRef Rest, SourceLocation At, Preprocessor &PP) {
  const IdentifierInfo *Name = PP.getIdentifierInfo(Word);
  if (!Name->hadMacroDefinition())
    return nullptr;
  const MacroDefinition Found = PP.getMacroDefinitionAtLoc(Name, At);
  const MacroInfo *Macro = Found ? Found.getMacroInfo() : nullptr;
  return Macro && (Macro->isObjectLike() || Rest.ltrim().starts_with("(")) ? Macro : nullptr;
}

/// What stands behind a string, or a character, that begins there.
static StringRef behindLiteral(StringRef Text) {
  const char Quote = Text.front();
  for (Text = Text.drop_front(); !Text.empty() && Text.front() != Quote;)
    Text = Text.drop_front(Text.front() == '\\' && Text.size() > 1 ? 2 : 1);
  return Text.drop_front(Text.empty() ? 0 : 1);
}

void checkWords(const Edits &Written, Preprocessor &PP, const Diagnostics &Diags) {
  llvm::SmallPtrSet<const MacroInfo *, 4> Reported;
  Written.eachInsertion([&](SourceLocation At, StringRef Text) {
    while (!Text.empty()) {
      if (Text.front() == '\x22' || Text.front() == '\'') {
        Text = behindLiteral(Text);
        continue;
      }
      // The quotes in a number are a part of it.
      const StringRef Word =
          Text.take_while([&](char C) { return isAsciiIdentifierContinue(C) || (C == '\'' && isDigit(Text.front())); });
      Text = Text.drop_front(std::max<size_t>(Word.size(), 1));
      if (!isOurs(Word))
        continue;
      if (const MacroInfo *Macro = macroFor(Word, Text, At, PP); Macro && Reported.insert(Macro).second) {
        Diags.report(At, Diag::macro_in_the_way) << Word;
        Diags.report(Macro->getDefinitionLoc(), Diag::macro_defined_here);
      }
    }
  });
}

} // namespace weave
