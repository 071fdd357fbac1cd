// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "command/Transform.h"
#include "Diagnostics.h"
#include "command/Analysis.h"
#include "command/Frontend.h"
#include "command/Installation.h"
#include "command/Output.h"
#include "llvm/Support/MemoryBuffer.h"

using llvm::StringRef;

namespace weave {

namespace {

struct Request {
  std::string Source, Output;
  Words Flags;
};

} // namespace

/// SOURCE [-o OUTPUT] [-- FLAGS]
static std::optional<Request> readRequest(llvm::ArrayRef<std::string> Arguments, bool WithOutput) {
  Request Result;
  for (size_t I = 0; I < Arguments.size(); ++I) {
    const StringRef Word = Arguments[I];
    if (Word == "--") {
      Result.Flags = Arguments.drop_front(I + 1).vec();
      break;
    }
    if (WithOutput && Word == "-o") {
      if (++I == Arguments.size()) {
        fail(CommandError::missing_value, Word);
        return std::nullopt;
      }
      Result.Output = Arguments[I];
    } else if (Word.starts_with("-") && Word.size() > 1) {
      fail(CommandError::unknown_option, Word, "weavec");
      return std::nullopt;
    } else if (!Result.Source.empty()) {
      fail(CommandError::one_input, Result.Source, Word);
      return std::nullopt;
    } else {
      Result.Source = Word;
    }
  }
  if (!Result.Source.empty())
    return Result;
  fail(CommandError::no_input);
  return std::nullopt;
}

/// Clang's own message would not name the tool.
static std::unique_ptr<llvm::MemoryBuffer> readSource(StringRef Path) {
  auto Buffer = llvm::MemoryBuffer::getFile(Path);
  if (Buffer)
    return std::move(*Buffer);
  fail(CommandError::cannot_read, Path, Buffer.getError().message());
  return nullptr;
}

int emitText(llvm::ArrayRef<std::string> Arguments, const Installation &Files) {
  const auto Request = readRequest(Arguments, /*WithOutput=*/true);
  if (!Request)
    return 2;
  const auto Original = readSource(Request->Source);
  if (!Original || !Files.hasHeaders())
    return 1;
  const WovenUnit Unit = weaveUnit(analysisArguments(Request->Flags, Request->Source, Files));
  if (!Unit.Good)
    return 1;
  StringRef Text = Original->getBuffer();
  for (const WovenFile &File : Unit.Files)
    if (File.IsMain)
      Text = File.Text;
  if (Request->Output.empty() || Request->Output == "-") {
    llvm::outs() << Text;
    return 0;
  }
  return writeWhole(Request->Output, Text) ? 0 : 1;
}

int checkOnly(llvm::ArrayRef<std::string> Arguments, const Installation &Files) {
  const auto Request = readRequest(Arguments, /*WithOutput=*/false);
  if (!Request)
    return 2;
  if (!readSource(Request->Source) || !Files.hasHeaders())
    return 1;
  return weaveUnit(analysisArguments(Request->Flags, Request->Source, Files)).Good ? 0 : 1;
}

} // namespace weave
