// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "command/Identity.h"
#include "command/Installation.h"
#include "command/Launcher.h"
#include "command/Precheck.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Chrono.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Program.h"

namespace weave {

Words identityFlags(const Command &C, const Installation &Files) {
  Words Flags;
  const Mention Mentioned = isOff() ? Mention::None : mentionIn(C, C.inputs()[0]);
  if (Mentioned != Mention::None)
    Flags = Files.compileFlags(C.openMP());
  if (Mentioned >= Mention::Unsure)
    llvm::append_range(Flags, Words{"-include", "weave/woven.h"});
  std::string Identity = "/weave++ " WEAVE_VERSION;
  Identity += isOff() ? " off" : " on";
  Identity += C.openMP() ? " openmp" : "";
  for (const std::string &Word : C.compiler())
    Identity += " " + Word;
  llvm::sys::fs::file_status Status;
  if (const auto Found = llvm::sys::findProgramByName(C.compiler().back());
      Found && !llvm::sys::fs::status(*Found, Status))
    Identity += " " + llvm::utostr(llvm::sys::toTimeT(Status.getLastModificationTime()));
  llvm::append_range(Flags, Words{"-DWEAVE_IDENTITY=\"" + Identity + "\"", "-include",
                                  Files.IncludeDirectory + "/weave/detail/identity.h"});
  return Flags;
}

} // namespace weave
