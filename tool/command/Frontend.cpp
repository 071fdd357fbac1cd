// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "command/Frontend.h"
#include "Diagnostics.h"
#include "analysis/Planner.h"
#include "analysis/Races.h"
#include "analysis/Remarks.h"
#include "analysis/Warnings.h"
#include "command/Analysis.h"
#include "command/Includes.h"
#include "command/InputText.h"
#include "command/Mirror.h"
#include "command/ModuleUnit.h"
#include "command/Sarif.h"
#include "command/Versions.h"
#include "pragma/Handler.h"
#include "pragma/InjectedErrors.h"
#include "pragma/OpenMPPragmas.h"
#include "pragma/UserPragmas.h"
#include "rewrite/Words.h"
#include "rewrite/Writer.h"
#include "clang/AST/ASTConsumer.h"
#include "clang/AST/ASTContext.h"
#include "clang/Driver/CreateInvocationFromArgs.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/thread.h"

using namespace clang;

namespace weave {

static constexpr unsigned StackBytes = 256u << 20; // address space, not memory

namespace {

/// What the steps of one run share.
struct Run {
  Run(const UnitOptions &Options, const ModuleUnit &Module) : Options(Options), Module(Module) {}

  const UnitOptions &Options;
  const ModuleUnit &Module;
  WovenUnit Result;
  DirectiveTable Table;
  IncludeGraph Includes;
  UserPragmas Pragmas;
  std::vector<IgnoredPragma> IgnoredPragmas;
  std::unique_ptr<Diagnostics> Diags;
  InjectedErrors *Filter = nullptr; ///< Owned by the engine.
  std::optional<Handler> OpenMP;    ///< Where its pragmas are the tool's.
};

class Consumer : public ASTConsumer {
public:
  Consumer(Run &R, Preprocessor &PP) : R(R), PP(PP), SM(PP.getSourceManager()) {}

  /// Most of a unit is system headers, which hold no directives; the compiler will find the errors in their bodies.
  bool shouldSkipFunctionBody(Decl *D) override { return isInSystemHeader(D->getLocation(), PP); }

  void HandleTranslationUnit(ASTContext &Context) override;

private:
  void explain(const Analysis &Analysed, const LineQuery &Query);
  std::string absolute(StringRef Name) const { return absolutePath(SM, Name); }
  void noteForced(FileSet Woven, const Versions &Known);
  void keep(const FileEntry *File, const Version &V, const Edits &Out);

  Run &R;
  Preprocessor &PP;
  const SourceManager &SM;
};

class Action : public ASTFrontendAction {
public:
  explicit Action(Run &R) : R(R) {}

protected:
  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &CI, StringRef) override {
    CI.getPreprocessor().AddPragmaHandler(
        new Handler(Handler::Language::Weave, R.Table, *R.Diags)); // which the preprocessor owns
    if (R.OpenMP)
      CI.getPreprocessor().addPPCallbacks(replaceHandler(CI.getPreprocessor(), *R.OpenMP));
    CI.getPreprocessor().addPPCallbacks(recordIncludes(CI.getPreprocessor(), R.Includes));
    CI.getPreprocessor().addPPCallbacks(R.Pragmas.recorder(CI.getPreprocessor()));
    if (!R.OpenMP)
      CI.getPreprocessor().addPPCallbacks(recordIgnoredPragmas(CI.getPreprocessor(), R.IgnoredPragmas));
    return std::make_unique<Consumer>(R, CI.getPreprocessor());
  }

private:
  Run &R;
};

} // namespace

/// The directives of a line, and those whose statement begins there.
void Consumer::explain(const Analysis &Analysed, const LineQuery &Query) {
  const std::string File = absolute(Query.File);
  const auto IsThere = [&](SourceLocation Where) {
    Where = SM.getFileLoc(Where);
    return SM.getSpellingLineNumber(Where) == Query.Line && absolute(SM.getFilename(Where)) == File;
  };
  llvm::DenseSet<const Directive *> Asked;
  for (const Site &S : Analysed.Where.Sites)
    if (IsThere(R.Table[S.Index].Begin) || IsThere(S.Attached.Subject->getBeginLoc()))
      Asked.insert(&R.Table[S.Index]);
  R.Result.Explained =
      remark(Analysed, R.Table, *R.Diags, [&](const Directive &D) { return Asked.contains(&D); });
}

void Consumer::HandleTranslationUnit(ASTContext &Context) {
  if (R.Filter->sawClangError())
    return;
  // Warnings about the user's code are the compiler's business; those from here on are ours.
  Context.getDiagnostics().setIgnoreAllWarnings(false);
  const Analysis Analysed(Context, R.Table, *R.Diags);
  if (R.Diags->anyError())
    return;
  if (R.Options.Explain)
    return explain(Analysed, *R.Options.Explain);
  findRaces(Analysed, R.Table, Context, *R.Diags);
  warn(Analysed, R.Table, Context, *R.Diags);
  if (!R.Table.empty())
    warnOfIgnoredPragmas(R.IgnoredPragmas, *R.Diags);
  remark(Analysed, R.Table, *R.Diags, [](const Directive &) { return true; });
  Edits Out(SM);
  if (R.Options.Serial)
    writeSerial(R.Table, Out);
  else
    write(Analysed, R.Table, R.Pragmas, Context, *R.Diags, Out);
  if (!R.Options.Serial)
    checkWords(Out, PP, *R.Diags);
  if (Out.files().empty())
    return;
  if (!R.Module.Continued.empty()) {
    const SourceLocation Fragment =
        SM.getLocForStartOfFile(SM.getMainFileID()).getLocWithOffset(R.Module.FragmentBegin);
    if (R.Options.Serial)
      Out.erase(CharSourceRange::getCharRange(
          Fragment, Fragment.getLocWithOffset(R.Module.FragmentEnd - R.Module.FragmentBegin)));
    Out.open(Fragment, R.Options.Serial ? "module;" : "");
  }
  if (R.Options.MainOnly)
    return keep(SM.getFileEntryForID(SM.getMainFileID()), {SM.getMainFileID(), 1}, Out);
  const FileSet Woven = Out.files();
  if (!R.Options.MirrorRoot.empty())
    for (const Continuation &C : addMirror(R.Includes, R.Options.MirrorRoot, SM, Out)) {
      R.Result.Files.push_back({C.path(), C.Includer, {}, {C.Includer}, "", C.text(), /*IsMain=*/false});
      R.Result.HasContinuations = true;
    }
  const Versions Known(R.Includes, R.Options.MirrorRoot, SM, Out);
  for (const FileEntry *File : Out.files())
    for (const Version &V : Known.of(File))
      keep(File, V, Out);
  noteForced(Woven, Known);
}

/// Puts a version of a file into the result.
void Consumer::keep(const FileEntry *File, const Version &V, const Edits &Out) {
  const StringRef Name = R.Includes.nameOf(File);
  WovenFile Woven{absolute(Name),
                  Name.str(),
                  {},
                  R.Includes.GccNames[File],
                  V.suffix(),
                  Out.text(V.Pass),
                  V.Pass == SM.getMainFileID()};
  for (StringRef Other : R.Includes.Names[File])
    Woven.Names.push_back(absolute(Other));
  R.Result.Files.push_back(std::move(Woven));
}

void Consumer::noteForced(FileSet Woven, const Versions &Known) {
  addIncluders(R.Includes, Woven);
  for (const IncludeGraph::ForcedHeader &Header : R.Includes.Forced)
    R.Result.Forced.push_back(
        {absolute(R.Includes.nameOf(Header.File)), Known.of(Header.Pass).suffix(), Woven.contains(Header.File)});
  R.Result.Forced.pop_back(); // our own
}

WovenUnit weaveUnit(const Command &C, const Input &Source, const Installation &Files, const UnitOptions &Options) {
  const auto Text = readInput(Source);
  if (!Text)
    return {};
  const ModuleUnit Module(Text->getBuffer());
  const Words Arguments = analysisArguments(C, Source, Module.runtimeHeader(), Files);
  std::vector<const char *> Pointers;
  for (const std::string &Word : Arguments)
    Pointers.push_back(Word.c_str());
  std::shared_ptr<CompilerInvocation> Invocation = createInvocation(Pointers);
  if (!Invocation)
    return {};
  if (!Invocation->getLangOpts().CPlusPlus17) {
    fail(CommandError::old_language);
    return {};
  }
  Invocation->getFrontendOpts().SkipFunctionBodies = true;
  Invocation->getFrontendOpts().DisableFree = false;

  Run R(Options, Module);
  R.Result.RuntimeHeader = Module.runtimeHeader();
  if (!Module.Continued.empty()) // the preprocessor takes the buffer over
    Invocation->getPreprocessorOpts().addRemappedFile(
        Source.Name, llvm::MemoryBuffer::getMemBufferCopy(Module.Continued, Source.Name).release());
  CompilerInstance CI(std::move(Invocation));
  CI.createVirtualFileSystem();
  CI.createDiagnostics();
  DiagnosticsEngine &Engine = CI.getDiagnostics();
  auto *Report = Options.Sarif ? new SarifReport : nullptr;
  R.Filter = new InjectedErrors(Report ? std::unique_ptr<DiagnosticConsumer>(Report) : Engine.takeClient(), R.Table);
  Engine.setClient(R.Filter, /*ShouldOwnClient=*/true);
  R.Diags = std::make_unique<Diagnostics>(Engine, Options.Warnings);

  if (C.openMP())
    R.OpenMP.emplace(Handler::Language::OpenMP, R.Table, *R.Diags);

  Action Weave(R);
  // Expressions of generated code may be deep; clang itself takes what stack it needs.
  llvm::thread Worker(std::optional<unsigned>(StackBytes), [&] { R.Result.Good = CI.ExecuteAction(Weave); });
  Worker.join();
  if (Report)
    llvm::outs() << llvm::formatv("{0:2}", Report->finishDocument(*R.Diags)) << '\n';
  if (!R.Result.Good)
    R.Result.Files.clear();
  return std::move(R.Result);
}

} // namespace weave
