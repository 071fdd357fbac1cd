// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "command/Process.h"
#include "Diagnostics.h"
#include "command/Temporary.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"
#include <cerrno>
#include <cstring>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace weave {

static constexpr int NotFound = 127, SignalBase = 128; // as shells have it

static std::vector<char *> argumentVector(const Words &Command) {
  std::vector<char *> Result;
  for (const std::string &Word : Command)
    Result.push_back(const_cast<char *>(Word.c_str()));
  Result.push_back(nullptr);
  return Result;
}

int replaceProcess(const Words &Command) {
  llvm::outs().flush();
  execvp(Command[0].c_str(), argumentVector(Command).data());
  fail(CommandError::cannot_run, Command[0], std::strerror(errno));
  return NotFound;
}

/// Starts the command with the signals that it would get without us. Returns an error number.
static int start(const Words &Command, const sigset_t &Held, pid_t &Child) {
  sigset_t Mask;
  pthread_sigmask(SIG_SETMASK, nullptr, &Mask);
  for (int Signal = 1; Signal < NSIG; ++Signal)
    if (sigismember(&Held, Signal) == 1)
      sigdelset(&Mask, Signal);
  posix_spawnattr_t Attributes;
  posix_spawnattr_init(&Attributes);
  posix_spawnattr_setsigmask(&Attributes, &Mask);
  posix_spawnattr_setflags(&Attributes, POSIX_SPAWN_SETSIGMASK);
  const int Error =
      posix_spawnp(&Child, Command[0].c_str(), nullptr, &Attributes, argumentVector(Command).data(), environ);
  posix_spawnattr_destroy(&Attributes);
  return Error;
}

/// Signals a process and all that it started: a compiler's driver does not end the compiler.
static void signalAll(pid_t Process, int Signal) {
  const std::string Number = std::to_string(Process);
  if (auto Buffer = llvm::MemoryBuffer::getFileAsStream("/proc/" + Number + "/task/" + Number + "/children")) {
    llvm::SmallVector<llvm::StringRef> Children;
    (*Buffer)->getBuffer().trim().split(Children, ' ', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
    for (llvm::StringRef Child : Children)
      if (pid_t Id; !Child.getAsInteger(10, Id))
        signalAll(Id, Signal);
  }
  kill(Process, Signal);
}

int runProcess(const Words &Command) {
  llvm::outs().flush();
  const HeldSignals Guard; // also where the caller has no folder to remove
  if (HeldSignals::came())
    return SignalBase;
  sigset_t Awaited = HeldSignals::set();
  sigaddset(&Awaited, SIGCHLD);
  sigset_t Child;
  sigemptyset(&Child);
  sigaddset(&Child, SIGCHLD);
  signal(SIGCHLD, SIG_DFL); // else nobody would hear of it
  sigset_t Before;
  pthread_sigmask(SIG_BLOCK, &Child, &Before); // so that it stays until it is waited for
  pid_t Compiler;
  if (const int Error = start(Command, Awaited, Compiler)) {
    pthread_sigmask(SIG_SETMASK, &Before, nullptr);
    fail(CommandError::cannot_run, Command[0], std::strerror(Error));
    return NotFound;
  }
  int Status = 0;
  for (pid_t Done = 0; Done == 0;) {
    const int Signal = sigwaitinfo(&Awaited, nullptr);
    if (Signal > 0 && Signal != SIGCHLD) {
      signalAll(Compiler, Signal);
      raise(Signal); // for ourselves, when the caller has cleaned up
      Awaited = Child;
    }
    Done = waitpid(Compiler, &Status, WNOHANG);
  }
  pthread_sigmask(SIG_SETMASK, &Before, nullptr);
  return WIFSIGNALED(Status) ? SignalBase + WTERMSIG(Status) : WEXITSTATUS(Status);
}

} // namespace weave
