// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "command/Output.h"
#include "Diagnostics.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

namespace weave {

static llvm::Error writeAndRename(llvm::StringRef Path, llvm::StringRef Text) {
  if (const llvm::StringRef Parent = llvm::sys::path::parent_path(Path); !Parent.empty())
    if (std::error_code Error = llvm::sys::fs::create_directories(Parent))
      return llvm::errorCodeToError(Error);
  // A device or a pipe is written as it is.
  llvm::sys::fs::file_status Status;
  if (!llvm::sys::fs::status(Path, Status) && Status.type() != llvm::sys::fs::file_type::regular_file) {
    std::error_code Error;
    llvm::raw_fd_ostream Stream(Path, Error);
    if (!Error) {
      Stream << Text;
      Stream.close();
      Error = Stream.error();
      Stream.clear_error();
    }
    return llvm::errorCodeToError(Error);
  }
  auto Temporary = llvm::sys::fs::TempFile::create(Path + ".%%%%%%%%.tmp");
  if (!Temporary)
    return Temporary.takeError();
  std::error_code Error;
  {
    llvm::raw_fd_ostream Stream(Temporary->FD, /*shouldClose=*/false);
    Stream << Text;
    Stream.flush();
    Error = Stream.error();
    Stream.clear_error();
  }
  if (Error) {
    llvm::consumeError(Temporary->discard());
    return llvm::errorCodeToError(Error);
  }
  return Temporary->keep(Path);
}

bool writeWhole(llvm::StringRef Path, llvm::StringRef Text) {
  llvm::Error Error = writeAndRename(Path, Text);
  if (!Error)
    return true;
  fail(CommandError::cannot_write, Path, llvm::toString(std::move(Error)));
  return false;
}

bool replacesSource(llvm::StringRef Output, llvm::StringRef Source) {
  if (!llvm::sys::fs::equivalent(Output, Source))
    return false;
  fail(CommandError::output_is_source, Output);
  return true;
}

} // namespace weave
