// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "command/Process.h"
#include "Diagnostics.h"
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

int runProcess(const Words &Command) {
  llvm::outs().flush();
  pid_t Child;
  if (const int Error =
          posix_spawnp(&Child, Command[0].c_str(), nullptr, nullptr, argumentVector(Command).data(), environ)) {
    fail(CommandError::cannot_run, Command[0], std::strerror(Error));
    return NotFound;
  }
  int Status;
  while (waitpid(Child, &Status, 0) < 0)
    if (errno != EINTR)
      return 1;
  return WIFSIGNALED(Status) ? SignalBase + WTERMSIG(Status) : WEXITSTATUS(Status);
}

} // namespace weave
