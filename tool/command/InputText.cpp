// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "command/InputText.h"
#include "Diagnostics.h"
#include <cerrno>
#include <cstring>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

using llvm::StringRef;

namespace weave {

/// The descriptor that the name stands for.
static std::optional<int> descriptorOf(StringRef Name) {
  if (Name == "-" || Name == "/dev/stdin")
    return STDIN_FILENO;
  int Number;
  if ((Name.consume_front("/dev/fd/") || Name.consume_front("/proc/self/fd/")) && !Name.getAsInteger(10, Number))
    return Number;
  return std::nullopt;
}

static bool isPipe(StringRef Name) {
  struct stat Status;
  return stat(Name.str().c_str(), &Status) == 0 && (S_ISFIFO(Status.st_mode) || S_ISSOCK(Status.st_mode));
}

static bool replaceDescriptor(int Descriptor, StringRef Text) {
  const int File = memfd_create("weave", MFD_CLOEXEC);
  while (File >= 0 && !Text.empty()) {
    const ssize_t Count = write(File, Text.data(), Text.size());
    if (Count < 0 && errno != EINTR)
      break;
    Text = Text.drop_front(std::max<ssize_t>(Count, 0));
  }
  const bool Good = File >= 0 && Text.empty() && lseek(File, 0, SEEK_SET) == 0 && dup2(File, Descriptor) >= 0;
  if (!Good)
    fail(CommandError::cannot_write, "a copy of the source", std::strerror(errno));
  if (File >= 0)
    close(File);
  return Good;
}

bool makeRereadable(const Input &Source) {
  const auto Descriptor = descriptorOf(Source.Name);
  if (!Descriptor) {
    if (!isPipe(Source.Name))
      return true;
    fail(CommandError::not_rereadable, Source.Name);
    return false;
  }
  const auto Buffer = llvm::MemoryBuffer::getOpenFile(*Descriptor, Source.Name, /*FileSize=*/-1,
                                                      /*RequiresNullTerminator=*/false, /*IsVolatile=*/true);
  if (Buffer)
    return replaceDescriptor(*Descriptor, (*Buffer)->getBuffer());
  fail(CommandError::cannot_read, Source.Name, Buffer.getError().message());
  return false;
}

bool replaceText(const Input &Source, StringRef Text) {
  return replaceDescriptor(descriptorOf(Source.Name).value_or(STDIN_FILENO), Text);
}

void rewindInput(const Input &Source) {
  if (Source.Name == "-")
    lseek(STDIN_FILENO, 0, SEEK_SET);
}

std::unique_ptr<llvm::MemoryBuffer> readInput(const Input &Source) {
  auto Buffer = llvm::MemoryBuffer::getFile(Source.Name == "-" ? StringRef("/dev/stdin") : Source.Name);
  if (Buffer)
    return std::move(*Buffer);
  fail(CommandError::cannot_read, Source.Name, Buffer.getError().message());
  return nullptr;
}

} // namespace weave
