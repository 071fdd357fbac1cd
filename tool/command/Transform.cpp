// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "command/Transform.h"
#include "Diagnostics.h"
#include "command/Command.h"
#include "command/Frontend.h"
#include "command/Installation.h"
#include "command/Output.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MemoryBuffer.h"

using llvm::StringRef;

namespace weave {

namespace {

struct Request {
  std::string Source, Output;
  Words Flags;
  UnitOptions Options;
};

} // namespace

/// SOURCE [-o OUTPUT] [--diagnostics-format=FORMAT] [-- FLAGS]
static std::optional<Request> readRequest(Words Arguments, bool WithOutput) {
  Request Result;
  if (!Result.Options.Warnings.take(Arguments))
    return std::nullopt;
  for (size_t I = 0; I < Arguments.size(); ++I) {
    const StringRef Word = Arguments[I];
    if (Word == "--") {
      Result.Flags.assign(Arguments.begin() + I + 1, Arguments.end());
      break;
    }
    if (WithOutput && Word == "-o") {
      if (++I == Arguments.size()) {
        fail(CommandError::missing_value, Word);
        return std::nullopt;
      }
      Result.Output = Arguments[I];
    } else if (StringRef Format = Word; Format.consume_front("--diagnostics-format=")) {
      Result.Options.Sarif = Format == "sarif";
      if (Format != "sarif" && Format != "text") {
        fail(CommandError::unknown_format, Format);
        return std::nullopt;
      }
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

static WovenUnit weave(const Request &Asked, const Installation &Files) {
  Words Line{defaultCompiler().str()};
  llvm::append_range(Line, Asked.Flags);
  Line.push_back(Asked.Source);
  const Command C(Line);
  if (!C.good())
    return {};
  if (C.inputs().empty()) { // the last flag lacks its value, and takes the source for that
    fail(CommandError::missing_value, Asked.Flags.back());
    return {};
  }
  return weaveUnit(C, C.inputs().back(), Files, Asked.Options);
}

int emitText(llvm::ArrayRef<std::string> Arguments, const Installation &Files, bool Serial) {
  auto Request = readRequest(Arguments.vec(), /*WithOutput=*/true);
  if (!Request)
    return 2;
  Request->Options.Serial = Serial;
  Request->Options.MainOnly = true;
  const auto Original = readSource(Request->Source);
  if (!Original || !Files.hasHeaders() || replacesSource(Request->Output, Request->Source))
    return 1;
  const WovenUnit Unit = weave(*Request, Files);
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
  const auto Request = readRequest(Arguments.vec(), /*WithOutput=*/false);
  if (!Request)
    return 2;
  if (!readSource(Request->Source) || !Files.hasHeaders())
    return 1;
  return weave(*Request, Files).Good ? 0 : 1;
}

int explainLine(llvm::ArrayRef<std::string> Arguments, const Installation &Files) {
  if (Arguments.empty()) {
    fail(CommandError::missing_value, "--explain");
    return 2;
  }
  const auto [File, Number] = StringRef(Arguments[0]).rsplit(':');
  LineQuery Query{File.str()};
  if (Number.getAsInteger(10, Query.Line) || Query.Line == 0 || File.empty()) {
    fail(CommandError::no_line, Arguments[0]);
    return 2;
  }
  // A header is explained in a source that includes it.
  Words Rest = Arguments.drop_front().vec();
  if (Rest.empty() || Rest[0] == "--")
    Rest.insert(Rest.begin(), Query.File);
  auto Request = readRequest(std::move(Rest), /*WithOutput=*/false);
  if (!Request)
    return 2;
  if (!readSource(Request->Source) || !Files.hasHeaders())
    return 1;
  Request->Options.Warnings.enableRemarks();
  Request->Options.Explain = Query;
  const WovenUnit Unit = weave(*Request, Files);
  if (!Unit.Good)
    return 1;
  return Unit.Explained > 0 ? 0 : fail(CommandError::no_directive, Query.File, Query.Line);
}

} // namespace weave
