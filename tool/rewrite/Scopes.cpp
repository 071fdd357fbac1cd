// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/Reductions.h"
#include "rewrite/Closures.h"
#include "rewrite/Phrases.h"
#include "llvm/Support/xxhash.h"

using namespace clang;

namespace weave::phrase {

static bool isCopied(const ListedVariable &L) { return L.How == Sharing::Firstprivate; }

std::string openScope(const Directive &D, StringRef Name, bool HasBraces) {
  std::string Text = "{";
  for (const ListedVariable &L : D.Listed)
    if (isCopied(L))
      Text += hiding("auto &" + nameBeside(L.Variable.Text) + " = " + L.Variable.Text);
  Text += privates(D);
  if (llvm::any_of(D.Listed, isCopied))
    Text += " {";
  for (const ListedVariable &L : D.Listed)
    if (isCopied(L))
      Text += hiding("[[maybe_unused]] auto " + L.Variable.Text + " = " + nameBeside(L.Variable.Text));
  return Text + (" ::weave::sync_scope " + Name + "; WEAVE_TRY" + (HasBraces ? "" : " {")).str();
}

std::string closeScope(const Directive &D, StringRef Name, bool HasBraces) {
  const bool HasCopies = llvm::any_of(D.Listed, isCopied);
  return ((HasBraces ? " WEAVE_CATCH(" : " } WEAVE_CATCH(") + Name + ")" + (HasCopies ? " } }" : " }")).str();
}

std::string openLock(StringRef Name) {
  return "{ const ::weave::openmp::exclusive<" + std::to_string(llvm::xxh3_64bits(Name)) + "u> weave_lock;";
}

std::string closeLock() { return " }"; }

} // namespace weave::phrase
