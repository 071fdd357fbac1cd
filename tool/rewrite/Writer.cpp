// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rewrite/Writer.h"
#include "Diagnostics.h"
#include "analysis/BodyWeight.h"
#include "rewrite/Extent.h"
#include "rewrite/Phrases.h"
#include "rewrite/PragmaLines.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/StmtCXX.h"
#include <set>

using namespace clang;

namespace weave {

namespace {

class Writer {
public:
  Writer(const Analysis &Input, const DirectiveTable &Table, const UserPragmas &Pragmas, ASTContext &Context,
         const Diagnostics &Diags, Edits &Out)
      : Input(Input), Table(Table), Context(Context), SM(Context.getSourceManager()), Diags(Diags), Places(SM, Context.getLangOpts()),
        Lines(SM, Context.getLangOpts(), Table, Pragmas), Out(Out) {}

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
    return require(Places.inFrontOfStatement(S), S.getBeginLoc(), Diag::starts_in_macro);
  }
  /// Opens what belongs in front of a statement or a directive.
  void open(SourceLocation Begin, StringRef Text);
  Place behind(const Stmt &S, SourceLocation Opened = {}) {
    return require(Places.behindStatement(S, Opened), S.getEndLoc(), Diag::ends_in_macro);
  }

  void writeFrame(const Frame &F);
  void writeRegion(const Frame &F);
  void writeSpawn(const SpawnPlan &Spawn);
  void writeSync(const SyncPlan &Sync);
  void writeTryEntry(const TryEntry &Entry);
  void writeScope(const Site &Scope);
  void writeLock(const Site &Locked);
  void writeLoop(const LoopPlan &Loop);
  void writeCancel(const Site &Cancel, const LoopPlan &Loop);
  std::optional<CharSourceRange> charactersOf(const Expr &E);
  std::optional<std::string> textOf(CharSourceRange Characters);
  std::optional<std::string> typeOf(const LoopForm &Form, StringRef First);
  std::optional<std::string> moveHeaderOut(const Directive &D, const LoopPlan &Loop, unsigned Level);
  std::optional<std::string> behindNeeded(const LoopForm &Form, StringRef Space);
  void replace(CharSourceRange Characters, StringRef By);

  const Analysis &Input;
  const DirectiveTable &Table;
  const ASTContext &Context;
  const SourceManager &SM;
  const Diagnostics &Diags;
  Extent Places;
  PragmaLines Lines;
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

void Writer::open(SourceLocation Begin, StringRef Text) {
  const PragmaLines::Place There = Lines.inFrontOf(Begin);
  if (There.At.isInvalid())
    Diags.report(Begin, Diag::behind_pragma);
  else
    Out.open(There.At, There.NeedsSpace ? " " + Text.rtrim().str() : Text.str());
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
  open(*Begin, (Braces ? "{ " : "") + Text + " ");
  if (InBraces)
    Out.close(*End, Catch + " ");
  else if (F.Guarded || Braces)
    Out.close(*End, (F.Guarded ? " " + Catch : "") + (Braces ? " }" : ""));
}

void Writer::writeRegion(const Frame &F) {
  const auto &Block = *cast<CompoundStmt>(F.In.Node);
  const Place Begin = inFrontOf(*F.Anchor);
  const Place End = require(Places.inFrontOf(Block.getRBracLoc()), Block.getRBracLoc(), Diag::block_in_macro);
  if (!Begin || !End)
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
  open(*Begin, phrase::openRegion(F, nameOf(&F), nameOf(F.Outer), ReturnType) + " ");
  if (F.AsRegion->DeclaresBorrowed)
    open(*Spawning, phrase::borrow(nameOf(&F)) + " ");
  Out.close(*End, phrase::closeRegion(F, nameOf(&F)));
}

void Writer::writeSpawn(const SpawnPlan &Spawn) {
  const Directive &D = Table[Spawn.Where->Index];
  if (Spawn.InPlace && (Spawn.Where->Declared || isa<CompoundStmt>(Spawn.Where->Attached.Subject)))
    return; // it stays as it is
  const Place End = behind(*Spawn.Where->Attached.Subject, D.Begin);
  if (!End)
    return;
  open(D.Begin, phrase::openSpawn(D, Spawn, nameOf(Spawn.Owner)));
  Out.close(*End, phrase::closeSpawn(D, Spawn, nameOf(Spawn.Owner)));
}

void Writer::writeSync(const SyncPlan &Sync) {
  const Directive &D = Table[Sync.Where->Index];
  if (D.Kind == DirectiveKind::LoadBalance)
    return open(D.Begin, "::weave::load_balance();");
  if (D.Kind == DirectiveKind::Flush)
    return open(D.Begin, "::weave::openmp::flush();");
  std::string Text;
  for (const Frame *F : Sync.Frames)
    Text += (Text.empty() ? "" : " ") + phrase::sync(*F, nameOf(F));
  for (const Frame *F : Sync.Bound)
    for (const Operand *Handle : Sync.Handles)
      Text += ((Text.empty() ? "" : " ") + nameOf(F) + ".sync(" + Handle->Text + ");").str();
  open(D.Begin, Text.empty() ? "static_cast<void>(0);" : Text);
}

void Writer::writeTryEntry(const TryEntry &Entry) {
  const Place Begin = inFrontOf(*Entry.Try);
  const Place End = Entry.Braces ? behind(*Entry.Try) : Begin;
  if (!Begin || !End)
    return;
  std::string Text = Entry.Braces ? "{ " : "";
  for (const Frame *F : Entry.Frames)
    Text += phrase::sync(*F, nameOf(F)) + " ";
  open(*Begin, Text);
  if (Entry.Braces)
    Out.close(*End, " }");
}

void Writer::writeScope(const Site &Scope) {
  const Directive &D = Table[Scope.Index];
  const Stmt &Block = *Scope.Attached.Subject;
  const Place End = behind(Block, D.Begin);
  if (!End)
    return;
  const std::string Name = ("weave_scope_" + Twine(SM.getSpellingLineNumber(D.Begin))).str();
  const bool HasBraces = isa<CompoundStmt>(Block);
  open(D.Begin, phrase::openScope(D, Name, HasBraces));
  Out.close(*End, phrase::closeScope(D, Name, HasBraces));
}

void Writer::writeLock(const Site &Locked) {
  const Directive &D = Table[Locked.Index];
  const Place End = behind(*Locked.Attached.Subject, D.Begin);
  if (!End)
    return;
  open(D.Begin, phrase::openLock(D.OpenMP->Lock));
  Out.close(*End, phrase::closeLock());
}

std::optional<CharSourceRange> Writer::charactersOf(const Expr &E) {
  const auto Characters = Places.characters(E.getSourceRange());
  if (!Characters)
    Diags.report(E.getBeginLoc(), Diag::header_in_macro);
  return Characters;
}

std::optional<std::string> Writer::textOf(CharSourceRange Characters) {
  auto Text = Places.oneLine(Characters);
  if (!Text)
    Diags.report(Characters.getBegin(), Diag::several_lines);
  return Text;
}

void Writer::replace(CharSourceRange Characters, StringRef By) {
  Out.erase(Characters);
  Out.open(Characters.getBegin(), By.str());
}

/// The type of a loop's variable, as the user spelled it.
std::optional<std::string> Writer::typeOf(const LoopForm &Form, StringRef First) {
  const VarDecl &Variable = *Form.Variable;
  if (Form.IsOutside)
    return ("std::remove_reference_t<decltype(" + Variable.getName() + ")>").str();
  // Of a pointer to an array, a part of the type stands behind the name.
  const bool IsAround = SM.isBeforeInTranslationUnit(Variable.getLocation(), Variable.getTypeSpecEndLoc());
  if (Variable.getType()->getContainedAutoType() || IsAround)
    return ("std::decay_t<decltype(" + First + ")>").str();
  const auto Begin = Places.inFrontOf(Variable.getOuterLocStart()), End = Places.inFrontOf(Variable.getLocation());
  if (Begin && End && SM.getFileID(*Begin) == SM.getFileID(*End))
    return textOf(CharSourceRange::getCharRange(*Begin, *End));
  Diags.report(Variable.getLocation(), Diag::header_in_macro);
  return std::nullopt;
}

/// The text that makes the iteration space; the header is left with the part of it that one call runs.
std::optional<std::string> Writer::moveHeaderOut(const Directive &D, const LoopPlan &Loop, unsigned Level) {
  const LoopForm &Form = Loop.Nest[Level];
  const auto First = charactersOf(Form.Range ? *Form.Range : *Form.First);
  const auto FirstText = First ? textOf(*First) : std::nullopt;
  if (!FirstText)
    return std::nullopt;
  if (Form.Range) {
    replace(*First, phrase::stretch(D, Loop, Level));
    return phrase::elements(*FirstText, Form.Range->getType().getCanonicalType()->isVariableArrayType());
  }
  const auto Last = charactersOf(*Form.Last);
  const auto LastText = Last ? textOf(*Last) : std::nullopt;
  const auto Type = LastText ? typeOf(Form, *FirstText) : std::nullopt;
  const auto Stride = Form.Stride ? charactersOf(*Form.Stride) : std::nullopt;
  const auto StrideText = Form.Stride ? Stride ? textOf(*Stride) : std::nullopt : "1";
  if (!Type || !StrideText)
    return std::nullopt;
  replace(*First, phrase::beginOfLoop(D, Loop, Level));
  if (!Form.Wraps) {
    replace(*Last, phrase::endOfLoop(D, Loop, Level));
  } else if (const auto Condition = charactersOf(*Form.Condition)) {
    replace(*Condition, phrase::wrapping(D, Loop, Level));
  }
  return phrase::iterations(Form, *Type, *FirstText, *LastText, *StrideText);
}

/// Repeats the declarations that the header needs in front of it.
std::optional<std::string> Writer::behindNeeded(const LoopForm &Form, StringRef Space) {
  std::vector<std::string> Declarations;
  for (const DeclStmt *Needed : Form.Needed) {
    const auto Begin = Places.inFrontOf(Needed->getBeginLoc()), End = Places.behindStatement(*Needed);
    if (!Begin || !End || SM.getFileID(*Begin) != SM.getFileID(*End)) {
      Diags.report(Needed->getBeginLoc(), Diag::header_in_macro);
      return std::nullopt;
    }
    auto Text = textOf(CharSourceRange::getCharRange(*Begin, *End));
    if (!Text)
      return std::nullopt;
    Declarations.push_back(std::move(*Text));
  }
  return phrase::behind(Declarations, Space);
}

void Writer::writeLoop(const LoopPlan &Loop) {
  const Directive &D = Table[Loop.Where->Index];
  const Stmt &Subject = *Loop.Where->Attached.Subject;
  const Place End = behind(Subject, D.Begin);
  if (!End)
    return;
  // What stands in front of a range is done once, in front of the loop.
  std::string Before;
  if (const Stmt *Init = Loop.Nest.front().RangeInit) {
    const auto Begin = Places.inFrontOf(Init->getBeginLoc()), Behind = Places.behindStatement(*Init);
    if (!Begin || !Behind || SM.getFileID(*Begin) != SM.getFileID(*Behind)) {
      Diags.report(Init->getBeginLoc(), Diag::header_in_macro);
      return;
    }
    const auto Characters = CharSourceRange::getCharRange(*Begin, *Behind);
    const auto Text = textOf(Characters);
    if (!Text)
      return;
    Before = "{ " + *Text + " ";
    Out.erase(Characters);
  }
  for (const ReducedVariable &R : Loop.Reduced)
    for (const Expr *Use : R.Uses) {
      const auto Characters = Places.characters(Use->getSourceRange());
      if (!Characters) {
        Diags.report(R.Said->Variable.Location, Diag::bad_reduction) << R.Said->Variable.Text << 2;
        return;
      }
      replace(*Characters, R.Name);
    }
  std::vector<std::string> Spaces;
  for (auto [Level, Form] : llvm::enumerate(Loop.Nest)) {
    auto Space = moveHeaderOut(D, Loop, Level);
    if (Space && !Form.Needed.empty())
      Space = behindNeeded(Form, *Space);
    if (!Space)
      return;
    Spaces.push_back(std::move(*Space));
  }
  if (D.Staged) {
    const Stmt &For = *Loop.Nest.front().Loop;
    const Place Begin = require(Places.inFrontOfStatement(For), For.getBeginLoc(), Diag::starts_in_macro);
    if (!Begin)
      return;
    open(*Begin, phrase::strips(Loop));
  }
  const auto Weight = D.Staged ? std::nullopt : weightOf(*Loop.Nest.back().Body, Context);
  open(D.Begin, (Loop.Where->AsTask ? " " : "") + Before + phrase::openLoop(D, phrase::collapse(Spaces), Loop, Weight));
  Out.close(*End, phrase::closeLoop(D, Loop) + (Before.empty() ? "" : " }"));
}

void Writer::writeCancel(const Site &Cancel, const LoopPlan &Loop) {
  const Stmt &Jump = *Cancel.Attached.Subject;
  const SourceLocation Begin = Table[Cancel.Index].Begin;
  const Place End = behind(Jump, Begin);
  if (!End)
    return;
  open(Begin, phrase::openCancel(Loop));
  Out.close(*End, phrase::closeCancel());
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
  for (const TryEntry &Entry : P.TryEntries)
    Constructs.push_back({Input.Where.span(Entry.Try).Begin, false, [&] { writeTryEntry(Entry); }});
  for (const Site *Scope : P.Scopes)
    Constructs.push_back({BeginOf(Scope), false, [&, Scope] { writeScope(*Scope); }});
  for (const Site *Locked : P.Locked)
    Constructs.push_back({BeginOf(Locked), false, [&, Locked] { writeLock(*Locked); }});
  for (const LoopPlan &Loop : P.Loops) {
    Constructs.push_back({BeginOf(Loop.Where), false, [&] { writeLoop(Loop); }});
    for (const Site *Cancel : Loop.Cancels)
      Constructs.push_back({BeginOf(Cancel), false, [&, Cancel] { writeCancel(*Cancel, Loop); }});
  }
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

void write(const Analysis &Input, const DirectiveTable &Table, const UserPragmas &Pragmas, ASTContext &Context,
           const Diagnostics &Diags, Edits &Out) {
  Writer(Input, Table, Pragmas, Context, Diags, Out).run();
}

} // namespace weave
