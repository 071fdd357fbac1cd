// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/Regions.h"
#include "analysis/Captures.h"
#include "analysis/Effects.h"
#include "analysis/Mutation.h"
#include "analysis/CodeVisitor.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/Builtins.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace weave {

namespace {

// Every spawn opens a region in the serial copy of the one before: the copies of the last stretch grow with their
// number.
constexpr size_t MostSpawns = 4;

/// Finds what cannot stand in a closure, or not twice.
class ObstacleFinder : public CodeVisitor {
public:
  bool Found = false;

  bool VisitLabelStmt(LabelStmt *) override { return obstacle(); }
  bool VisitAddrLabelExpr(AddrLabelExpr *) override { return obstacle(); }
  bool VisitAsmStmt(AsmStmt *) override { return obstacle(); } // may define a label of the assembler
  bool VisitStmtExpr(StmtExpr *) override { return obstacle(); }
  bool VisitPredefinedExpr(PredefinedExpr *) override { return obstacle(); } // __func__ would name the closure
  bool VisitTagDecl(TagDecl *) override { return obstacle(); }               // there would be two types
  bool VisitCallExpr(CallExpr *Call) override {
    switch (Call->getBuiltinCallee()) {
    case Builtin::BIalloca:
    case Builtin::BI__builtin_alloca:
    case Builtin::BI__builtin_va_start: // the arguments are the function's
      return obstacle();
    default:
      return true;
    }
  }
  // Its body belongs to another function, but there would be two of its static variables.
  bool TraverseLambdaExpr(LambdaExpr *Lambda) override {
    ++Lambdas;
    const bool Continue = CodeVisitor::TraverseLambdaExpr(Lambda);
    --Lambdas;
    return Continue;
  }
  bool VisitVarDecl(VarDecl *V) override {
    const bool IsVariableLength = Lambdas == 0 && hasVariableLength(V->getType());
    if (!V->isStaticLocal() && !IsVariableLength)
      return true;
    Found = true;
    return false;
  }

private:
  bool obstacle() {
    Found |= Lambdas == 0;
    return !Found;
  }

  unsigned Lambdas = 0;
};

/// Finds a lambda expression whose type others than the text around it may see: there would be two types, and two of
/// each template that gets one, with two of its static variables. One that is only called does not tell.
class LambdaFinder : public DynamicRecursiveASTVisitor {
public:
  bool Found = false;

  bool TraverseLambdaExpr(LambdaExpr *Lambda) override {
    Found |= !Called.contains(Lambda);
    return !Found && DynamicRecursiveASTVisitor::TraverseLambdaExpr(Lambda);
  }
  bool VisitVarDecl(VarDecl *V) override {
    const bool HasInit = V->hasLocalStorage() && !isa<ParmVarDecl>(V) && V->getInit();
    const Expr *Init = HasInit ? V->getInit()->IgnoreUnlessSpelledInSource() : nullptr;
    if (const auto *Lambda = dyn_cast_or_null<LambdaExpr>(Init)) {
      Called.insert(Lambda);
      Variables.insert(V);
    }
    return true;
  }
  bool VisitCallExpr(CallExpr *Call) override {
    const bool IsOperator = isa<CXXOperatorCallExpr>(Call) && cast<CXXOperatorCallExpr>(Call)->getOperator() == OO_Call;
    const Expr *Callee = IsOperator ? Call->getArg(0) : Call->getCallee();
    Callee = Callee->IgnoreUnlessSpelledInSource();
    Called.insert(Callee);
    return true;
  }
  bool VisitDeclRefExpr(DeclRefExpr *E) override {
    Found |= Variables.contains(E->getDecl()) && !Called.contains(E);
    return !Found;
  }

private:
  llvm::SmallPtrSet<const Expr *, 8> Called; // the lambda, or the name of a variable that holds one
  llvm::SmallPtrSet<const ValueDecl *, 4> Variables;
};

/// Attributes that a closure does not inherit, and that decide what may stand in it.
bool hasOwnTarget(const FunctionDecl &F) {
  return F.hasAttr<TargetAttr>() || F.hasAttr<TargetVersionAttr>() || F.hasAttr<TargetClonesAttr>() ||
         F.hasAttr<OptimizeNoneAttr>() || F.hasAttr<NoSanitizeAttr>();
}

/// Finds a name that the body of a function declares.
class DeclarationFinder : public CodeVisitor {
public:
  explicit DeclarationFinder(StringRef Name) : Name(Name) {}
  bool Found = false;

  bool VisitNamedDecl(NamedDecl *D) override {
    Found |= D->getDeclName().isIdentifier() && D->getName() == Name;
    return !Found;
  }

private:
  StringRef Name;
};

/// Whether the text of a function's return type names the same type in its body.
bool canBeRepeated(SourceRange Spelling, const FunctionDecl &F, const ASTContext &Context) {
  const SourceManager &SM = Context.getSourceManager();
  const CharSourceRange Characters =
      Lexer::makeFileCharRange(CharSourceRange::getTokenRange(Spelling), SM, Context.getLangOpts());
  if (Characters.isInvalid()) // a part of a macro
    return false;
  const SourceLocation Name = SM.getFileLoc(F.getLocation());
  if (SM.isBeforeInTranslationUnit(Characters.getBegin(), Name) &&
      SM.isBeforeInTranslationUnit(Name, Characters.getEnd()))
    return false; // it stands around the function's name
  const std::string Text = Lexer::getSourceText(Characters, SM, Context.getLangOpts()).str();
  Lexer Raw(SourceLocation(), Context.getLangOpts(), Text.data(), Text.data(), Text.data() + Text.size());
  Token T;
  for (Raw.LexFromRawLexer(T); T.isNot(tok::eof); Raw.LexFromRawLexer(T)) {
    if (T.isNot(tok::raw_identifier))
      continue;
    static constexpr StringRef Specifiers[] = {"static",    "inline",    "extern", "virtual",
                                               "constexpr", "consteval", "friend"};
    const StringRef Word = T.getRawIdentifier();
    DeclarationFinder Hidden(Word);
    for (ParmVarDecl *P : F.parameters())
      Hidden.VisitNamedDecl(P);
    Hidden.TraverseStmt(F.getBody());
    if (Hidden.Found || llvm::is_contained(Specifiers, Word))
      return false;
  }
  return true;
}

/// Whether the source range of a type's spelling leaves out a qualifier.
bool hasQualifier(QualType Type) {
  while (!Type.hasLocalQualifiers()) {
    if (!Type->isReferenceType() && !Type->isPointerType())
      return false;
    Type = Type->getPointeeType();
  }
  return true;
}

} // namespace

SmallVector<SpawnPlan *, 4> RegionChooser::spawnsOf(const Frame &F) const {
  SmallVector<SpawnPlan *, 4> Own;
  for (SpawnPlan &Spawn : Result.Spawns)
    if (Spawn.Owner == &F)
      Own.push_back(&Spawn);
  return Own;
}

/// Whether a statement calls the function that it stands in.
class RecursionFinder : public CodeVisitor {
public:
  explicit RecursionFinder(const FunctionDecl &Own) : Own(*Own.getCanonicalDecl()) {}
  bool Found = false;

  bool VisitDeclRefExpr(DeclRefExpr *E) override { return look(E->getDecl()); }
  bool VisitMemberExpr(MemberExpr *E) override { return look(E->getMemberDecl()); }
  bool VisitOverloadExpr(OverloadExpr *E) override {
    return llvm::all_of(E->decls(), [&](const NamedDecl *D) { return look(D->getUnderlyingDecl()); });
  }
  bool VisitCXXDependentScopeMemberExpr(CXXDependentScopeMemberExpr *E) override {
    Found |= E->getMember() == Own.getDeclName();
    return !Found;
  }

private:
  bool look(const NamedDecl *D) {
    if (const auto *Template = dyn_cast<FunctionTemplateDecl>(D))
      D = Template->getTemplatedDecl();
    if (const auto *F = dyn_cast<FunctionDecl>(D)) {
      const FunctionDecl *Pattern = F->getTemplateInstantiationPattern();
      Found |= (Pattern ? Pattern : F)->getCanonicalDecl() == &Own;
    }
    return !Found;
  }

  const FunctionDecl &Own;
};

/// In the serial copy of a region nobody asks whether tasks are wanted. A loop may stand there only if what it calls
/// asks soon: the function itself.
const Stmt *RegionChooser::spawningStatement(const CompoundStmt &Block, const SpawnPlan &Spawn) const {
  const auto *Own =
      llvm::find_if(Block.body(), [&](const Stmt *S) { return llvm::is_contained(Spawn.Where->Path, S); });
  if (Own == Block.body_end() || *Own == Spawn.Where->Statement)
    return Own == Block.body_end() ? nullptr : *Own;
  if (!isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt>(*Own))
    return nullptr;
  RecursionFinder Calls(*Spawn.Where->In->In->Decl);
  Calls.TraverseStmt(const_cast<Stmt *>(Spawn.Where->Attached.Subject));
  return Calls.Found ? *Own : nullptr;
}

/// From the statement that spawns, or from the declarations directly in front of it if the task borrows from them, or a
/// spawned statement that runs in place: a variable that is declared outside and borrowed has to live in memory.
std::optional<RegionChooser::Stretch> RegionChooser::stretchOf(const Frame &F, const SpawnPlan &First) const {
  const auto *Block = dyn_cast<CompoundStmt>(F.In.Node);
  if (!Block || F.In.As != Block::Form::Compound)
    return std::nullopt;
  const ArrayRef<const Stmt *> All(Block->body_begin(), Block->size());
  const Stmt *Spawning = spawningStatement(*Block, First);
  if (!Spawning)
    return std::nullopt;
  const auto *Begin = llvm::find(All, Spawning);
  const auto IsPlainDeclaration = [](const Stmt *S) { return isa<DeclStmt>(S) && !directiveOf(*S); };
  const auto *Before = Begin;
  if (Before != All.begin() && directiveOf(**(Before - 1)) == First.Where->Index)
    --Before; // what holds the operands of a directive on a declaration
  llvm::SmallPtrSet<const Stmt *, 4> Borrowed;
  for (const SpawnPlan &Spawn : Result.Spawns)
    if (&Spawn == &First || (Spawn.InPlace && llvm::is_contained(Spawn.Where->Path, Block)))
      for (const Capture &C : Spawn.Captures) {
        const auto *V = dyn_cast_or_null<VarDecl>(C.Variable);
        if (const Home *Home = V && C.Mode == CaptureMode::Reference ? Where.home(V) : nullptr)
          Borrowed.insert(Home->Declaration);
      }
  for (; Before != All.begin() && IsPlainDeclaration(*(Before - 1)); --Before)
    if (Borrowed.contains(*(Before - 1)))
      Begin = Before - 1;
  return Stretch{Block, ArrayRef(Begin, All.end()), Spawning, {Where.span(*Begin).Begin, Where.span(Block).End}};
}

std::optional<Region::Value> RegionChooser::valueOf(const Stretch &S, const Activation &In) const {
  bool Returns = false;
  for (const Jump &J : Where.Jumps) {
    if (J.In != In.In || !S.Numbers.contains(Where.span(J.From).Begin))
      continue;
    if (J.Kind == JumpKind::Return)
      Returns = true;
    else if (!J.To || !S.Numbers.contains(Where.span(J.To).Begin))
      return std::nullopt;
  }
  if (!Returns)
    return Region::Value{};

  // The closure's value becomes the function's, so the stretch has to reach to the end of it.
  const FunctionDecl &F = *In.In->Decl;
  if (In.Kind != ActivationKind::Function || S.Block != In.Root || F.isMain() ||
      isa<CXXConstructorDecl, CXXDestructorDecl, CXXConversionDecl>(F))
    return std::nullopt;
  const FunctionTypeLoc Declared = F.getFunctionTypeLoc();
  if (!Declared || F.getReturnType()->getContainedAutoType() || hasQualifier(F.getReturnType()))
    return std::nullopt;
  const SourceRange Spelling = Declared.getReturnLoc().getSourceRange();
  return canBeRepeated(Spelling, F, Context) ? std::optional(Region::Value{Spelling}) : std::nullopt;
}

std::optional<Region> RegionChooser::regionOf(const Frame &F, const SpawnPlan &First, const Activation &In,
                                              const VariableSet &Shared) {
  const auto S = stretchOf(F, First);
  if (!S)
    return std::nullopt;
  SmallVector<const Stmt *, 8> Text(S->Statements);
  Text.append(First.Where->Attached.Operands.begin(),
              First.Where->Attached.Operands.end()); // in front of a declaration
  ObstacleFinder Obstacles;
  for (const Stmt *Part : Text)
    Obstacles.TraverseStmt(const_cast<Stmt *>(Part));
  LambdaFinder Lambdas;
  for (const Stmt *Part : Text)
    Lambdas.TraverseStmt(const_cast<Stmt *>(Part));
  const auto Value = valueOf(*S, In);
  if (Obstacles.Found || Lambdas.Found || !Value)
    return std::nullopt;

  Region Made{S->Statements.front(), S->Spawning, S->Statements.front() != S->Spawning, *Value, {}};
  const bool IsDependent = In.In->Decl->isDependentContext();
  const Uses Found = collectUses(Text, llvm::SmallPtrSet<const Stmt *, 1>(), IsDependent, Context);
  if (Found.IsThisDoubtful)
    return std::nullopt;
  // A copy must not miss what something else than the stretch writes, and nothing may miss the copy.
  const VariableSet LetOut = findLetOut(Text, nullptr, Context);
  const UnsetVariables &Unset = UnsetIn.try_emplace(In.In, *In.In, Where).first->second;
  llvm::SmallVector<Mutation, 8> Parts;
  for (const Stmt *Part : Text)
    Parts.emplace_back(*Part, IsDependent);
  const auto IsExposed = [&](const ValueDecl &V) {
    // Of what a lambda has from outside, the text inside does not tell.
    return V.getDeclContext() != In.In->Decl || Shared.contains(&V) || LetOut.contains(&V) ||
           Unset.isPerhapsUnset(V, *First.Where) ||
           llvm::any_of(Parts, [&](const Mutation &Part) { return Part.isExposed(V); });
  };
  if (Found.This)
    Made.Captures.push_back({CaptureMode::This, nullptr, false, false, *Found.This});
  for (const Use &U : Found.Variables) {
    const QualType Type = U.Variable->getType();
    const auto *V = dyn_cast<VarDecl>(U.Variable);
    const bool IsDoubtful = V && U.Doubtful && !U.IsConstant && (V->isConstexpr() || !Type.isConstQualified());
    if (!V || !V->getDeclName() || IsDoubtful || V->isParameterPack() || hasVariableLength(Type))
      return std::nullopt;
    const bool IsCopied =
        !Type->isDependentType() && Type->isScalarType() && !Type.isVolatileQualified() && !IsExposed(*U.Variable);
    const CaptureMode Mode = IsCopied ? CaptureMode::Copy : CaptureMode::Reference;
    Capture &New = Made.Captures.emplace_back(Capture{Mode, U.Variable, false, U.Doubtful, U.First});
    New.Initialised = needsInitCapture(U, Mode);
  }
  return Made;
}

/// Finds a sync_scope: a task that is made outside of it may be joined inside.
class ScopeFinder : public CodeVisitor {
public:
  bool Found = false;

  bool VisitVarDecl(VarDecl *V) override {
    const CXXRecordDecl *Class = V->getType()->getAsCXXRecordDecl();
    Found |= Class && Class->getQualifiedNameAsString() == "weave::sync_scope";
    return !Found;
  }
};

bool RegionChooser::forks(const SpawnPlan &Only, const Frame &Here) const {
  const Site &S = *Only.Where;
  const Directive &D = Table[S.Index];
  if (Here.AsRegion->Spawning != S.Statement || S.Declared || D.Handle || D.Condition)
    return false;
  // A direct task does not take the exception along that is being handled.
  if (llvm::any_of(S.Path, [](const Stmt *Around) { return isa<CXXCatchStmt>(Around); }))
    return false;
  ScopeFinder Finder;
  Finder.TraverseStmt(const_cast<Stmt *>(Here.In.Node));
  return !Finder.Found && llvm::none_of(Result.Scopes, [&](const Site *Scope) {
    return Here.Scope.contains(Where.span(Scope->Statement).Begin);
  });
}

void RegionChooser::choose(const Activation &In, ArrayRef<Frame *> Frames) {
  if (Frames.empty() || hasOwnTarget(*In.In->Decl))
    return;
  const VariableSet Shared = findShared(*In.In->Decl->getBody());
  for (Frame *F : Frames) {
    const bool IsAlone = llvm::none_of(Frames, [&](const Frame *Other) {
      return Other != F && (Other->Scope.contains(F->Scope.Begin) || F->Scope.contains(Other->Scope.Begin));
    });
    const auto Spawns = spawnsOf(*F);
    const bool HasLoop = llvm::any_of(Result.Loops, [&](const LoopPlan &Loop) {
      return llvm::any_of(Spawns, [&](const SpawnPlan *Spawn) { return Loop.Where->AsTask == Spawn->Where; });
    });
    // A loop is large: it is offered at once, not only if a task is wanted where the region begins.
    if (HasLoop || F->Graph || !F->Guarded || !IsAlone || Spawns.empty() || Spawns.size() > MostSpawns)
      continue;
    SmallVector<Region, 4> Made;
    for (const SpawnPlan *Spawn : Spawns)
      if (auto New = regionOf(*F, *Spawn, In, Shared))
        Made.push_back(std::move(*New));
    if (Made.size() != Spawns.size())
      continue;

    // The frame itself is the first region; those of the further spawns are nested in it.
    Frame *Here = nullptr;
    for (auto [Spawn, New] : llvm::zip(Spawns, Made)) {
      if (Here && Here->AsRegion->Spawning == New.Spawning) {
        Spawn->Owner = Here;
        continue;
      }
      Frame *const Outer = Here;
      Here = Outer ? &Result.Frames.emplace_back(*F) : F;
      Here->Directive = Spawn->Where->Index;
      Here->Anchor = New.First;
      Here->Scope.Begin = Where.span(New.First).Begin;
      Here->Outer = Outer;
      Here->AsRegion = std::move(New);
      Spawn->Owner = Here;
      for (SyncPlan &Sync : Result.Syncs)
        if (Here->Scope.contains(Where.span(Sync.Where->Statement).Begin)) {
          for (auto *Frames : {&Sync.Frames, &Sync.Bound})
            llvm::replace(*Frames, Outer ? Outer : F, Here);
          Here->AsRegion->IsSynced |= llvm::is_contained(Sync.Frames, Here);
        }
      for (TryEntry &Entry : Result.TryEntries)
        if (Here->Scope.contains(Where.span(Entry.Try).Begin))
          llvm::replace(Entry.Frames, Outer ? Outer : F, Here);
    }
    // Where there are others, the list keeps the order of what they throw.
    Here->AsRegion->Forks = Spawns.size() == 1 && forks(*Spawns.front(), *Here);
  }
}

} // namespace weave
