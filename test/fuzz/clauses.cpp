// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// libFuzzer on the pragma step: arbitrary text behind `#pragma weave` is read or refused, whatever it is.
#include "Diagnostics.h"
#include "pragma/Handler.h"
#include "clang/Basic/DiagnosticOptions.h"
#include "clang/Basic/FileManager.h"
#include "clang/Basic/LangOptions.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Basic/TargetInfo.h"
#include "clang/Basic/TargetOptions.h"
#include "clang/Lex/HeaderSearch.h"
#include "clang/Lex/HeaderSearchOptions.h"
#include "clang/Lex/ModuleLoader.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/TargetParser/Host.h"

using namespace clang;

/// Whether the text is one line, so that it cannot hold anything but this pragma.
static bool isOneLine(llvm::StringRef Text) { return Text.find_first_of("\n\r\\\0?") == llvm::StringRef::npos; }

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *Data, std::size_t Size) {
  const llvm::StringRef Text(reinterpret_cast<const char *>(Data), Size);
  if (!isOneLine(Text))
    return -1;
  DiagnosticOptions DiagOptions;
  IgnoringDiagConsumer Nobody;
  DiagnosticsEngine Engine(llvm::makeIntrusiveRefCnt<DiagnosticIDs>(), DiagOptions, &Nobody, /*ShouldOwnClient=*/false);
  FileManager Files((FileSystemOptions()));
  SourceManager Sources(Engine, Files);
  LangOptions Language;
  Language.CPlusPlus = Language.CPlusPlus11 = Language.CPlusPlus17 = true;
  TargetOptions Target;
  Target.Triple = llvm::sys::getDefaultTargetTriple();
  const std::unique_ptr<TargetInfo> Machine(TargetInfo::CreateTargetInfo(Engine, Target));
  HeaderSearchOptions SearchOptions;
  HeaderSearch Headers(SearchOptions, Sources, Engine, Language, Machine.get());
  TrivialModuleLoader Modules;
  PreprocessorOptions Options;
  Preprocessor PP(Options, Engine, Language, Sources, Headers, Modules);
  PP.Initialize(*Machine);

  Sources.setMainFileID(Sources.createFileID(
      llvm::MemoryBuffer::getMemBufferCopy("#pragma weave " + Text.str() + "\nx = f(a);\n", "input.cpp")));
  weave::DirectiveTable Table;
  const weave::Diagnostics Diags(Engine, weave::WarningOptions());
  PP.AddPragmaHandler(new weave::Handler(weave::Handler::Language::Weave, Table, Diags));
  PP.EnterMainSourceFile();
  for (Token T; T.isNot(tok::eof);)
    PP.Lex(T);
  if (Table.empty() && !Diags.anyError())
    __builtin_trap(); // neither understood nor refused
  return 0;
}
