// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "WarningOptions.h"
#include "Diagnostics.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <set>

using llvm::StringRef;

namespace weave {

static constexpr StringRef Groups[] = {
#define WARNING(ID, GROUP, TEXT) GROUP,
#define COMMAND_WARNING(ID, GROUP, TEXT) GROUP,
#include "diagnostics.def"
};

/// Returns whether the word is one of ours. `Known` becomes false if it names no warning.
bool WarningOptions::takeOne(StringRef Word, bool &Known) {
  if (Word == "-w")
    AllOff = true;
  else if (Word == "-Werror")
    AllErrors = true;
  else if (Word == "-Wno-error")
    AllErrors = false;
  if (Word == "-Rweave") {
    Remarks = true;
    return true;
  }
  if (!Word.consume_front("-W"))
    return false;
  const bool On = !Word.consume_front("no-");
  const bool IsError = Word.consume_front("error=");
  if (!Word.consume_front("weave") || !(Word.empty() || Word.consume_front("-")))
    return false;
  for (StringRef Group : Groups)
    if (Word.empty() || Word == Group) {
      Choice &C = Choices[Group];
      if (IsError)
        C.AsError = On;
      if (!IsError || On)
        C.Enabled = On;
    }
  Known = Word.empty() || llvm::is_contained(Groups, Word);
  return true;
}

bool WarningOptions::take(std::vector<std::string> &Words) {
  std::string Unknown;
  llvm::erase_if(Words, [&](const std::string &Word) {
    bool Known = true;
    const bool Ours = takeOne(Word, Known);
    if (!Known)
      Unknown = Word;
    return Ours;
  });
  if (Unknown.empty())
    return true;
  const std::set<StringRef> Names(std::begin(Groups), std::end(Groups));
  fail(CommandError::unknown_warning, Unknown, llvm::join(Names, ", "));
  return false;
}

clang::DiagnosticIDs::Level WarningOptions::levelOf(StringRef Group) const {
  using clang::DiagnosticIDs;
  const Choice C = Choices.lookup(Group);
  if (!C.Enabled || AllOff)
    return DiagnosticIDs::Ignored;
  return C.AsError.value_or(AllErrors) ? DiagnosticIDs::Error : DiagnosticIDs::Warning;
}

} // namespace weave
