// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "command/Temporary.h"
#include "Diagnostics.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace weave {

sigset_t HeldSignals::set() {
  sigset_t Set;
  sigemptyset(&Set);
  for (const int Signal : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction Action;
    sigaction(Signal, nullptr, &Action);
    if (Action.sa_handler != SIG_IGN) // as under nohup
      sigaddset(&Set, Signal);
  }
  return Set;
}

HeldSignals::HeldSignals() {
  const sigset_t Set = set();
  pthread_sigmask(SIG_BLOCK, &Set, &Before);
}

HeldSignals::~HeldSignals() { pthread_sigmask(SIG_SETMASK, &Before, nullptr); }

bool HeldSignals::came() {
  sigset_t Pending;
  sigpending(&Pending);
  return sigismember(&Pending, SIGINT) || sigismember(&Pending, SIGTERM) || sigismember(&Pending, SIGHUP);
}

bool TemporaryDirectory::create() {
  const std::error_code Error = llvm::sys::fs::createUniqueDirectory("weave", Path);
  if (!Error)
    return true;
  llvm::SmallString<128> Place;
  llvm::sys::path::system_temp_directory(/*ErasedOnReboot=*/true, Place);
  Path.clear();
  fail(CommandError::no_temporary, Place, Error.message());
  return false;
}

TemporaryDirectory::~TemporaryDirectory() {
  if (!Path.empty())
    llvm::sys::fs::remove_directories(Path);
}

} // namespace weave
