// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rewrite/Writer.h"
#include "Diagnostics.h"
#include "rewrite/Extent.h"
#include "rewrite/Phrases.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/StmtCXX.h"
#include <set>

using namespace clang;

namespace weave {

namespace {

class Writer {
public:
  Writer(const Analysis &Input, const DirectiveTable &Table, ASTContext &Context, const Diagnostics &Diags, Edits &Out)
      : Input(Input), Table(Table), SM(Context.getSourceManager()), Diags(Diags), Places(SM, Context.getLangOpts()),
        Out(Out) {}

  void run();

private:
  using Place = std::optional<SourceLocation>;

  void nameFrames();
  StringRef nameOf(const Frame *F) const { return F ? StringRef(Names.find(F)->second) : StringRef(); }
  Place require(Place Found, SourceLocation Where, Diag Otherwise) {
    if (!Found)
      Diags.report(Where, Otherwise);
    return Found;
  }
  /// A directive belongs to the statement behind it.
  Place inFrontOf(const Stmt &S) {
    if (const auto Index = directiveOf(S))
      return Table[*Index].Begin;
    return require(Places.inFrontOf(S.getBeginLoc()), S.getBeginLoc(), Diag::starts_in_macro);
  }
  Place behind(const Stmt &S) { return require(Places.behindStatement(S), S.getEndLoc(), Diag::ends_in_macro); }

  void writeFrame(const Frame &F);
  void writeRegion(const Frame &F);
  void writeSpawn(const SpawnPlan &Spawn);
  void writeSync(const SyncPlan &Sync);
  void writeScope(const Site &Scope);
  void writeLoop(const LoopPlan &Loop);
  bool sameFile(SourceLocation A, SourceLocation B, const Stmt &Of);

  const Analysis &Input;
  const DirectiveTable &Table;
  const SourceManager &SM;
  const Diagnostics &Diags;
  Extent Places;
  Edits &Out;
  llvm::DenseMap<const Frame *, std::string> Names;
};

} // namespace

/// The line of the directive, and a second number where two frames of a function would share it.
void Writer::nameFrames() {
  std::set<std::pair<const Function *, std::string>> Taken;
  for (const Frame &F : Input.Result.Frames) {
    const std::string Name = ("weave_frame_" + Twine(SM.getSpellingLineNumber(Table[F.Directive].Begin))).str();
    std::string Unique = Name;
    for (unsigned N = 2; !Taken.insert({F.Within, Unique}).second; ++N)
      Unique = (Name + "_" + Twine(N)).str();
    Names[&F] = Unique;
  }
}

bool Writer::sameFile(SourceLocation A, SourceLocation B, const Stmt &Of) {
  if (SM.getFileID(A) == SM.getFileID(B))
    return true;
  Diags.report(Of.getEndLoc(), Diag::ends_in_macro);
  return false;
}

void Writer::writeFrame(const Frame &F) {
  if (F.AsRegion)
    return writeRegion(F);
  const std::string Text = phrase::frame(F, nameOf(&F), nameOf(F.Outer));
  const std::string Catch = F.Guarded ? ("} WEAVE_CATCH(" + nameOf(&F) + ")").str() : "";
  const bool Braces = F.In.As == Block::Form::Unbraced;
  const auto *Compound = dyn_cast<CompoundStmt>(F.In.Node);

  if (F.At == Frame::Place::AfterDeclaration) {
    if (const Place At = behind(*F.Anchor))
      Out.open(*At, " " + Text);
    return;
  }
  if (F.At == Frame::Place::AtStart && Compound) {
    if (const Place At = require(Places.behind(Compound->getLBracLoc()), Compound->getLBracLoc(), Diag::block_in_macro))
      Out.open(*At, " " + Text);
    return;
  }
  const Place Begin = inFrontOf(*F.Anchor);
  const bool InBraces = F.In.As == Block::Form::Compound;
  const Place End =
      InBraces ? require(Places.inFrontOf(Compound->getRBracLoc()), Compound->getRBracLoc(), Diag::block_in_macro)
               : behind(*F.In.Node);
  if (!Begin || !End)
    return;
  Out.open(*Begin, (Braces ? "{ " : "") + Text + " ");
  if (InBraces)
    Out.close(*End, Catch + " ");
  else if (F.Guarded || Braces)
    Out.close(*End, (F.Guarded ? " " + Catch : "") + (Braces ? " }" : ""));
}

void Writer::writeRegion(const Frame &F) {
  const auto &Block = *cast<CompoundStmt>(F.In.Node);
  const Place Begin = inFrontOf(*F.Anchor);
  const Place End = require(Places.inFrontOf(Block.getRBracLoc()), Block.getRBracLoc(), Diag::block_in_macro);
  if (!Begin || !End || !sameFile(*Begin, *End, Block))
    return;
  std::string ReturnType;
  if (const SourceRange Spelling = F.AsRegion->Leaves.ReturnType; Spelling.isValid()) {
    const auto Characters = Places.characters(Spelling);
    const auto Text = Characters ? Places.oneLine(*Characters) : std::nullopt;
    if (!Text) {
      Diags.report(Spelling.getBegin(), Diag::several_lines);
      return;
    }
    ReturnType = *Text;
  }
  const Place Spawning = inFrontOf(*F.AsRegion->Spawning);
  if (!Spawning)
    return;
  Out.open(*Begin, phrase::openRegion(F, nameOf(&F), nameOf(F.Outer), ReturnType) + " ");
  if (F.AsRegion->DeclaresBorrowed)
    Out.open(*Spawning, phrase::borrow(nameOf(&F)) + " ");
  Out.close(*End, "}); ");
}

void Writer::writeSpawn(const SpawnPlan &Spawn) {
  const Directive &D = Table[Spawn.Where->Index];
  const Place End = behind(*Spawn.Where->Attached.Subject);
  if (!End || !sameFile(D.Begin, *End, *Spawn.Where->Attached.Subject))
    return;
  Out.open(D.Begin, phrase::openSpawn(D, Spawn, nameOf(Spawn.Owner)));
  Out.close(*End, phrase::closeSpawn(D, Spawn, nameOf(Spawn.Owner)));
}

void Writer::writeSync(const SyncPlan &Sync) {
  const Directive &D = Table[Sync.Where->Index];
  if (D.Kind == DirectiveKind::LoadBalance) {
    Out.open(D.Begin, "::weave::load_balance();");
    return;
  }
  std::string Text;
  for (const Frame *F : Sync.Frames)
    Text += ((Text.empty() ? "" : " ") + nameOf(F) + ".sync();").str();
  for (const Frame *F : Sync.Bound)
    for (const Operand *Handle : Sync.Handles)
      Text += ((Text.empty() ? "" : " ") + nameOf(F) + ".sync(" + Handle->Text + ");").str();
  Out.open(D.Begin, Text.empty() ? ";" : Text);
}

void Writer::writeScope(const Site &Scope) {
  const Directive &D = Table[Scope.Index];
  const Stmt &Block = *Scope.Attached.Subject;
  const Place End = behind(Block);
  if (!End || !sameFile(D.Begin, *End, Block))
    return;
  const std::string Name = ("weave_scope_" + Twine(SM.getSpellingLineNumber(D.Begin))).str();
  Out.open(D.Begin, phrase::openScope(Name));
  Out.close(*End, phrase::closeScope(Name));
}

void Writer::writeLoop(const LoopPlan &Loop) {
  const Directive &D = Table[Loop.Where->Index];
  const LoopForm &Form = Loop.Form;
  const Place End = behind(*Form.Loop);
  if (!End || !sameFile(D.Begin, *End, *Form.Loop))
    return;

  bool Failed = false;
  const auto CharactersOf = [&](const Expr &E) {
    const auto Characters = Places.characters(E.getSourceRange());
    if (!Characters && !Failed)
      Diags.report(E.getBeginLoc(), Diag::header_in_macro);
    Failed |= !Characters;
    return Characters.value_or(CharSourceRange());
  };
  const auto TextOf = [&](CharSourceRange Characters) -> std::string {
    if (Characters.isInvalid())
      return "";
    const auto Text = Places.oneLine(Characters);
    if (!Text && !Failed)
      Diags.report(Characters.getBegin(), Diag::several_lines);
    Failed |= !Text;
    return Text.value_or("");
  };
  const CharSourceRange First = CharactersOf(*Form.First), Last = CharactersOf(*Form.Last);
  const std::string FirstText = TextOf(First), LastText = TextOf(Last);
  const std::string StrideText = Form.Stride ? TextOf(CharactersOf(*Form.Stride)) : "1";

  std::string Type;
  if (Form.Variable->getType()->getContainedAutoType()) {
    Type = "std::decay_t<decltype(" + FirstText + ")>";
  } else {
    const auto TypeBegin = Places.inFrontOf(Form.Variable->getTypeSpecStartLoc()),
               TypeEnd = Places.inFrontOf(Form.Variable->getLocation());
    if (TypeBegin && TypeEnd && SM.getFileID(*TypeBegin) == SM.getFileID(*TypeEnd))
      Type = TextOf(CharSourceRange::getCharRange(*TypeBegin, *TypeEnd));
    else if (!Failed)
      Diags.report(Form.Variable->getLocation(), Diag::header_in_macro);
  }
  if (Failed || Type.empty())
    return;
  Out.open(D.Begin, phrase::openLoop(D, phrase::iterations(Form, Type, FirstText, LastText, StrideText), Loop));
  Out.erase(First);
  Out.open(First.getBegin(), "weave_begin");
  Out.erase(Last);
  Out.open(Last.getBegin(), "weave_end");
  Out.close(*End, phrase::closeLoop(D, Loop.Captures));
}

void Writer::run() {
  nameFrames();
  writeSerial(Table, Out);

  // From the outside in: by where a construct begins; a frame is outside the task that made it necessary.
  struct Construct {
    unsigned Begin;
    bool IsFrame;
    std::function<void()> Write;
  };
  std::vector<Construct> Constructs;
  const Plan &P = Input.Result;
  const auto BeginOf = [&](const Site *S) { return Input.Where.span(S->Statement).Begin; };
  for (const Frame &F : P.Frames)
    Constructs.push_back({F.Scope.Begin, true, [&] { writeFrame(F); }});
  for (const SpawnPlan &Spawn : P.Spawns)
    Constructs.push_back({BeginOf(Spawn.Where), false, [&] { writeSpawn(Spawn); }});
  for (const SyncPlan &Sync : P.Syncs)
    Constructs.push_back({BeginOf(Sync.Where), false, [&] { writeSync(Sync); }});
  for (const Site *Scope : P.Scopes)
    Constructs.push_back({BeginOf(Scope), false, [&, Scope] { writeScope(*Scope); }});
  for (const LoopPlan &Loop : P.Loops)
    Constructs.push_back({BeginOf(Loop.Where), false, [&] { writeLoop(Loop); }});
  llvm::stable_sort(Constructs, [](const Construct &A, const Construct &B) {
    return A.Begin != B.Begin ? A.Begin < B.Begin : A.IsFrame && !B.IsFrame;
  });
  for (const Construct &C : Constructs)
    C.Write();
}

void writeSerial(const DirectiveTable &Table, Edits &Out) {
  for (const Directive &D : Table)
    Out.erase(CharSourceRange::getCharRange(D.Begin, D.End));
}

void write(const Analysis &Input, const DirectiveTable &Table, ASTContext &Context, const Diagnostics &Diags,
           Edits &Out) {
  Writer(Input, Table, Context, Diags, Out).run();
}

} // namespace weave
