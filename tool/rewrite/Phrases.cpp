// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rewrite/Phrases.h"
#include "analysis/Reductions.h"
#include "rewrite/Closures.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

#define WEAVE_DETAIL "::weave::detail::"

namespace weave::phrase {

std::string frame(const Frame &F, StringRef Name, StringRef OuterName) {
  std::string Text = F.Graph ? WEAVE_DETAIL "graph_frame " : WEAVE_DETAIL "frame ";
  Text += Name;
  if (F.Outer)
    Text += ("(" + OuterName + ")").str();
  Text += ";";
  if (F.Guarded)
    Text += " WEAVE_TRY {";
  return Text;
}

/// The name of something else that goes with a frame.
static std::string beside(StringRef FrameName, StringRef What) {
  return ("weave_" + What + FrameName.substr(StringRef("weave_frame").size())).str();
}

std::string borrow(StringRef Name) { return ("auto " + beside(Name, "borrow") + " = " + Name + ".borrow();").str(); }

static bool forks(const Frame &F) { return F.AsRegion && F.AsRegion->Forks; }

static std::string join(StringRef Name) { return beside(Name, "task") + ".join(); "; }

std::string sync(const Frame &F, StringRef Name) { return ((forks(F) ? join(Name) : "") + Name + ".sync();").str(); }

std::string openRegion(const Frame &F, StringRef Name, StringRef OuterName, StringRef ReturnType) {
  std::string Text = ReturnType.empty() ? "" : "return ";
  Text += F.Outer ? (OuterName + ".").str() : WEAVE_DETAIL;
  Text += ("region(" + captures(F.AsRegion->Captures) + "(auto &" + Name + ")").str();
  if (!ReturnType.empty())
    Text += (" -> " + ReturnType).str();
  return Text + " {" + beginning(F.AsRegion->Captures);
}

std::string closeRegion(const Frame &F, StringRef Name) {
  // Where it returns, its end is seldom reached.
  return (forks(F) && !F.AsRegion->IsSynced && F.AsRegion->Leaves.ReturnType.isInvalid() ? join(Name) : "") + "}); ";
}

/// As an argument of a call.
static std::string argument(const Operand &E) {
  return llvm::any_of(E.Tokens, [](const Token &T) { return T.is(tok::comma); }) ? "(" + E.Text + ")" : E.Text;
}

static std::string inQuotes(const std::string &Text) { return '\x22' + Text + '\x22'; }

/// A string literal.
static std::string quoted(StringRef Characters) {
  std::string Text;
  llvm::raw_string_ostream(Text).write_escaped(Characters);
  return inQuotes(Text);
}

/// The function in which that stands, which has a name.
static const FunctionDecl &namedFunction(const FunctionDecl &F) {
  const DeclContext *Around = F.getParent();
  if (const auto *Class = dyn_cast<CXXRecordDecl>(Around); Class && Class->isLambda())
    while ((Around = Around->getParent()))
      if (const auto *Outer = dyn_cast<FunctionDecl>(Around))
        return namedFunction(*Outer);
  return F;
}

/// What the task or the loop of a directive is called where it runs.
static std::string name(const Directive &D, const Site &Where) {
  const FunctionDecl &F = *Where.In->In->Decl;
  const SourceManager &SM = F.getASTContext().getSourceManager();
  return "WEAVE_SITE(" + std::to_string(SM.getPresumedLoc(D.Begin).getLine()) + ", " +
         quoted(namedFunction(F).getQualifiedNameAsString()) + (D.Label.empty() ? "" : ", " + inQuotes(D.Label)) + ")";
}

/// `part_of(BASE, "TEXT")(FIRST, LENGTH)...`
static std::string section(const DependOperand &Named) {
  std::string Text = WEAVE_DETAIL "part_of(" + Named.Base + ", " + quoted(Named.Value.Text) + ")";
  for (const Subscript &S : Named.Subscripts) {
    const std::string First = S.First ? argument(*S.First) : "0";
    if (S.IsRange && !S.Length)
      Text += ".rest(" + First + ")";
    else
      Text += "(" + First + ", " + (S.Length ? argument(*S.Length) : "1") +
              (S.Stride ? ", " + argument(*S.Stride) : "") + ")";
  }
  return Text;
}

static std::string operand(const DependOperand &Named) {
  return (WEAVE_DETAIL + spelling(Named.Mode) + "(" + (Named.isSection() ? section(Named) : Named.Value.Text) + ")")
      .str();
}

/// `for (const auto weave_j : counting<TYPE>(FIRST, LAST)) { const auto j = weave_j; ... }`
static std::string iterated(ArrayRef<Iterator> Iterators, const std::string &Body) {
  if (Iterators.empty())
    return Body;
  const Iterator &I = Iterators.front();
  const std::string Name = I.Name.Text;
  std::string Range = WEAVE_DETAIL "counting" + (I.Type ? "<" + I.Type->Text + ">" : "") + "(" + argument(I.First) +
                      ", " + argument(I.Last);
  if (I.Step)
    Range += ", " + argument(*I.Step);
  return "for (const auto weave_" + Name + " : " + Range + ")) {" +
         hiding("[[maybe_unused]] const auto " + Name + " = weave_" + Name) + " " +
         iterated(Iterators.drop_front(), Body) + " }";
}

/// All of them, as an argument. What iterators are in front of is only known when the task is created.
static std::string operands(const Directive &D) {
  std::string Text;
  if (llvm::all_of(D.DependsOn, [](const DependOperand &Named) { return Named.Iterators.empty(); })) {
    for (const DependOperand &Named : D.DependsOn)
      Text += (Text.empty() ? "{" : ", ") + operand(Named);
    return Text + "}";
  }
  for (const DependOperand &Named : D.DependsOn)
    Text += " " + iterated(Named.Iterators, "weave_operands.add(" + operand(Named) + ");");
  return WEAVE_DETAIL "operand_set([&](auto &weave_operands) {" + Text + " })";
}

/// The condition of a loop that is a task: both of them ask for it.
static constexpr llvm::StringLiteral LoopCondition = "weave_if";
static bool sharesCondition(const Directive &D) { return D.Nowait && D.Condition; }

/// Not a cast, which would be useless for most conditions.
// Begins with an operator: `when((f(word(i))))` could declare a function.
static std::string truth(const Operand &Condition) { return "!(" + Condition.Text + ") ? false : true"; }

static std::string condition(const Directive &D) {
  return sharesCondition(D) ? LoopCondition.str() : truth(*D.Condition);
}

/// Up to the argument that is the task: `weave_frame_4.spawn(`.
static std::string call(const Directive &D, StringRef FrameName) {
  if (D.Detached)
    return WEAVE_DETAIL "detached(" + (D.Condition ? truth(*D.Condition) : "") + ").spawn(";
  const std::string Handle = D.Handle ? D.Handle->Text + ", " : "";
  std::string Text = FrameName.str();
  if (D.Condition)
    Text = WEAVE_DETAIL "when(" + condition(D) + ", " + Text + ")";
  if (D.DependsOn.empty())
    return Text + ".spawn(" + Handle;
  return Text + ".spawn_after(" + Handle + operands(D) + ", ";
}

/// Those of the enclosing function that decide what code may stand in it, for closures do not inherit them.
static std::string attributes(const Site &Of) {
  std::string Text;
  const auto Add = [&](const Twine &Attribute) { Text += (" __attribute__((" + Attribute + "))").str(); };
  const FunctionDecl &F = *Of.In->In->Decl;
  if (const auto *Target = F.getAttr<TargetAttr>())
    Add("target(\"" + Target->getFeaturesStr() + "\")");
  for (const auto *Unchecked : F.specific_attrs<NoSanitizeAttr>())
    for (const StringRef Sanitizer : Unchecked->sanitizers())
      Add("no_sanitize(\"" + Sanitizer + "\")");
  return Text;
}

/// Up to the place of the statement in the closure.
static std::string openClosure(const Directive &D, const SpawnPlan &Spawn, StringRef Also) {
  const ArrayRef<Capture> Captures = Spawn.Captures;
  const std::string Inherited = attributes(*Spawn.Where);
  std::string Text = captures(Captures, Also) + (Inherited.empty() ? "" : "()") + Inherited + " {";
  const auto Own = changeable(Captures);
  for (const std::string &Name : Own)
    Text += hiding("auto &weave_" + Name + " = " WEAVE_DETAIL "own(" + Name + ")");
  if (!Own.empty())
    Text += " {";
  for (const std::string &Name : Own)
    Text += hiding("auto &" + Name + " = weave_" + Name);
  return Text + (D.Kind == DirectiveKind::Spawn ? privates(D) : "") + beginning(Captures);
}

static std::string closeClosure(ArrayRef<Capture> Captures) { return changeable(Captures).empty() ? " }" : " } }"; }

static std::string placeOf(const VarDecl &V) { return ("weave_" + V.getName()).str(); }

/// A use of the variables that a task has for itself, so that no closure around it seems to capture them for nothing.
static std::string mentions(const Directive &D, StringRef Separator) {
  std::string Text;
  if (D.Kind == DirectiveKind::Spawn)
    for (const ListedVariable &L : D.Listed)
      if (L.How == Sharing::Private)
        Text += ("(void)" + L.Variable.Text + Separator).str();
  return Text;
}

std::string openSpawn(const Directive &D, const SpawnPlan &Spawn, StringRef FrameName) {
  if (Spawn.InPlace)
    return "{";
  const std::string Closure = openClosure(D, Spawn, sharesCondition(D) ? LoopCondition : "");
  if (const VarDecl *V = Spawn.Where->Declared)
    return (mentions(D, "; ") + "auto " + placeOf(*V) + " = " WEAVE_DETAIL "spawned(" + FrameName + ", " + Closure)
        .str();
  const std::string Before =
      sharesCondition(D) ? "{" + hiding("const bool " + LoopCondition + " = " + truth(*D.Condition)) + " " : "";
  if (Spawn.Owner && forks(*Spawn.Owner))
    return mentions(D, "; ") + "auto " + beside(FrameName, "task") + " = " + FrameName.str() + ".fork(" + Closure;
  return Before + mentions(D, ", ") + call(D, FrameName) + Closure;
}

std::string closeSpawn(const Directive &D, const SpawnPlan &Spawn, StringRef FrameName) {
  if (Spawn.InPlace)
    return " }";
  const std::string Named = ", " + name(D, *Spawn.Where) + ");", Close = closeClosure(Spawn.Captures);
  const VarDecl *V = Spawn.Where->Declared;
  if (!V)
    return Close + Named + (sharesCondition(D) ? " }" : "");
  const std::string Name = V->getName().str(), Place = placeOf(*V);
  std::string Text = " return " + Name + ";" + Close + "); " + call(D, FrameName) + Place + ".task()" + Named;
  Text += V->isReferenced() ? " " : " [[maybe_unused]] ";
  return Text + (V->getType().isConstQualified() ? "const auto &" : "auto &") + Name + " = " + Place + ".get();";
}

static StringRef spelling(Bound Relation) {
  switch (Relation) {
  case Bound::Less:
    return "less";
  case Bound::LessEqual:
    return "less_equal";
  case Bound::Greater:
    return "greater";
  case Bound::GreaterEqual:
    return "greater_equal";
  case Bound::NotEqual:
    return "not_equal";
  }
  llvm_unreachable("unknown relation");
}

std::string iterations(const LoopForm &Form, StringRef Type, StringRef First, StringRef Last, StringRef Stride) {
  const std::string Amount = Form.NegateStride ? ("-(" + Stride + ")").str() : Stride.str();
  return (WEAVE_DETAIL "iterations<" + Type + ", " WEAVE_DETAIL "bound::" + spelling(Form.Relation) +
          ", " WEAVE_DETAIL "direction::" + (Form.Upwards ? "up" : "down") + ">(" + First + ", " + Last + ", " +
          Amount + ")")
      .str();
}

std::string elements(StringRef Range, bool IsVariableArray) {
  if (!IsVariableArray)
    return (WEAVE_DETAIL "elements(" + Range + ")").str();
  const std::string First = ("&(" + Range + ")[0]").str();
  const std::string Length = ("sizeof(" + Range + ") / sizeof((" + Range + ")[0])").str();
  return WEAVE_DETAIL "elements(" WEAVE_DETAIL "stretch(" + First + ", " + First + " + " + Length + "))";
}

std::string collapse(ArrayRef<std::string> Spaces) {
  if (Spaces.size() == 1)
    return Spaces.front();
  std::string Text = WEAVE_DETAIL "collapse(" + Spaces.front();
  for (const std::string &Inner : Spaces.drop_front())
    Text += ", [&] { return " + Inner + "; }";
  return Text + ")";
}

/// A name of a loop's that hides none of a loop around it.
static std::string ofLoop(const LoopPlan &Loop, StringRef Name) {
  std::string Text = "weave_";
  for (unsigned Outer = 0; Outer < Loop.Depth; ++Outer)
    Text += "inner_";
  return Text + Name.substr(StringRef("weave_").size()).str();
}

static std::string numbered(const LoopPlan &Loop, const char *Name, unsigned Level) {
  return ofLoop(Loop, Name) + (Level == 0 ? "" : "_" + llvm::utostr(Level + 1));
}

std::string beginOfLoop(const Directive &D, const LoopPlan &Loop, unsigned Level) {
  return D.Staged ? ofLoop(Loop, "weave_strip") + "->begin()" : numbered(Loop, "weave_begin", Level);
}
std::string endOfLoop(const Directive &D, const LoopPlan &Loop, unsigned Level) {
  return D.Staged ? ofLoop(Loop, "weave_strip") + "->end()" : numbered(Loop, "weave_end", Level);
}

std::string stretch(const Directive &D, const LoopPlan &Loop, unsigned Level) {
  return WEAVE_DETAIL "stretch(" + beginOfLoop(D, Loop, Level) + ", " + endOfLoop(D, Loop, Level) + ")";
}

std::string strips(const LoopPlan &Loop) {
  std::string Text;
  // Perhaps for the header alone, which does not name it any more.
  for (const DeclStmt *Needed : Loop.Nest.front().Needed)
    Text += ("(void)" + cast<VarDecl>(Needed->getSingleDecl())->getName() + "; ").str();
  return Text + "while (const auto " + ofLoop(Loop, "weave_strip") + " = " + ofLoop(Loop, "weave_piece") + ".next()) ";
}

std::string wrapping(const Directive &D, const LoopPlan &Loop, unsigned Level) {
  return (Loop.Nest[Level].Variable->getName() + " != " + endOfLoop(D, Loop, Level)).str();
}

std::string behind(ArrayRef<std::string> Declarations, StringRef Space) {
  std::string Text = "[&] {";
  for (const std::string &Declaration : Declarations)
    Text += " " + Declaration;
  return (Text + " return " + Space + "; }()").str();
}

/// Whether a variable of the loops is declared in front of them. Then the space has a name, which is asked for what
/// they leave in it.
static bool leavesVariables(const LoopPlan &Loop) {
  return llvm::any_of(Loop.Nest, [](const LoopForm &Form) { return Form.LeavesValue; });
}

static bool isItsVariable(const LoopPlan &Loop, StringRef Name) {
  return llvm::any_of(Loop.Nest,
                      [&](const LoopForm &Form) { return Form.IsOutside && Form.Variable->getName() == Name; });
}

/// What of a loop's variables is another for each piece.
static bool hasOwnVariables(const Directive &D, const LoopPlan &Loop) {
  return !Loop.Reduced.empty() || !Loop.Cancels.empty() || !changeable(Loop.Captures).empty() ||
         !Loop.Implied.empty() || llvm::any_of(Loop.Nest, [](const LoopForm &Form) { return Form.IsOutside; }) ||
         llvm::any_of(D.Listed, [](const ListedVariable &L) { return L.How == Sharing::Private; });
}

/// What the clauses and the body say about how to run it, and its name.
static std::string options(const Directive &D, const LoopPlan &Loop, std::optional<unsigned> Weight) {
  std::string Text = WEAVE_DETAIL "loop_options()";
  if (D.Condition)
    Text += ".run_if(" + condition(D) + ")";
  if (D.Grainsize)
    Text += ".grainsize(" + D.Grainsize->Text + ")";
  if (Weight)
    Text += ".weight(" + std::to_string(*Weight) + ")";
  return Text + ".named(" + name(D, *Loop.Where) + "), ";
}

std::string openCancel(const LoopPlan &Loop) { return "{ " + ofLoop(Loop, "weave_cancelled") + " = true;"; }

std::string closeCancel() { return " }"; }

std::string openLoop(const Directive &D, StringRef Space, const LoopPlan &Loop, std::optional<unsigned> Weight) {
  const ArrayRef<Capture> Captures = Loop.Captures;
  std::string Text =
      leavesVariables(Loop) ? ("{ const auto " + ofLoop(Loop, "weave_space") + " = " + Space + "; ").str() : "";
  Text += D.Handle && !D.Nowait ? "static_cast<void>(" WEAVE_DETAIL "unfinished{" + D.Handle->Text + "}), " : "";
  Text += D.Staged               ? WEAVE_DETAIL "staged_for("
          : D.Reproducible       ? WEAVE_DETAIL "reproducible_reduce("
          : D.Reductions.empty() ? WEAVE_DETAIL "parallel_for("
                                 : WEAVE_DETAIL "parallel_reduce(";
  Text += options(D, Loop, Weight) + (leavesVariables(Loop) ? ofLoop(Loop, "weave_space") : Space.str()) + ", " +
          captures(Captures) + (D.Staged ? "(auto &" + ofLoop(Loop, "weave_piece") : "(");
  for (unsigned Level = 0; Level < Loop.Nest.size() && !D.Staged; ++Level)
    Text += (Level ? ", auto " : "auto ") + beginOfLoop(D, Loop, Level) + ", auto " + endOfLoop(D, Loop, Level);
  for (const ReducedVariable &R : Loop.Reduced)
    Text += ", auto &" + ofLoop(Loop, R.Accumulator);
  Text += ")" + attributes(*Loop.Where) + " {" + beginning(Captures) +
          (Loop.Cancels.empty() ? "" : " bool " + ofLoop(Loop, "weave_cancelled") + " = false;");
  for (const ReducedVariable &R : Loop.Reduced)
    Text += hiding((R.IsPointer ? "const auto " : D.Staged || R.InPlace ? "auto &" : "auto ") + R.Name + " = " +
                   ofLoop(Loop, R.Accumulator));
  for (const LoopForm &Form : Loop.Nest)
    if (Form.IsOutside)
      Text += hiding(("std::remove_reference_t<decltype(" + Form.Variable->getName() + ")> " + Form.Variable->getName()).str());
  Text += privates(D, [&](StringRef Name) { return isItsVariable(Loop, Name); });
  for (const ValueDecl *V : Loop.Implied)
    Text += ownVariable(V->getName());
  const auto Own = changeable(Captures);
  for (const std::string &Name : Own)
    Text += hiding("auto &" + nameBeside(Name) + " = " + Name);
  if (!hasOwnVariables(D, Loop))
    return Text;
  Text += " {";
  for (const std::string &Name : Own)
    Text += hiding("[[maybe_unused]] auto " + Name + " = " + nameBeside(Name));
  return Text;
}

/// What combines two objects of a class.
static std::string combination(const Reduction &R) {
  if (R.Op == ReductionOp::Minimum)
    return "if (weave_right < weave_left) weave_left = weave_right;";
  if (R.Op == ReductionOp::Maximum)
    return "if (weave_left < weave_right) weave_left = weave_right;";
  return ("weave_left = weave_left " + operatorOf(R.Op) + " weave_right;").str();
}

/// What a reduction names.
static std::string named(const Reduction &R) {
  if (!R.Part)
    return R.Variable.Text;
  const std::string First = R.Part->First ? R.Part->First->Text : "0";
  const std::string &Length = R.Part->Length->Text;
  return WEAVE_DETAIL "section(" + R.Variable.Text + ", " + First + ", " + Length + ", " +
         quoted(R.Variable.Text + "[" + First + ":" + Length + "]") + ")";
}

static std::string reduction(const ReducedVariable &Of) {
  const Reduction &R = *Of.Said;
  std::string Text;
  if (R.Function)
    Text = WEAVE_DETAIL "reduction_by([&](auto &weave_left, auto &weave_right) { return " + R.Function->Text +
           "(weave_left, weave_right); }, " + named(R) + ")";
  else
    Text = (WEAVE_DETAIL "reduction<" WEAVE_DETAIL + functionOf(R.Op) + ">(" + named(R) +
            (Of.IsClass ? ", [](auto &weave_left, auto &weave_right) { " + combination(R) + " }" : "") + ")")
               .str();
  if (R.Identity)
    Text = WEAVE_DETAIL "with_identity(" + Text + ", [&] { return " + R.Identity->Text + "; })";
  return Text;
}

std::string closeLoop(const Directive &D, const LoopPlan &Loop) {
  std::string Text = hasOwnVariables(D, Loop) ? " }" : "";
  for (const ReducedVariable &R : Loop.Reduced)
    if (!D.Staged && !R.InPlace)
      Text += " " + ofLoop(Loop, R.Accumulator) + " = " + R.Name + ";";
  Text += Loop.Cancels.empty() ? " }" : " return " + ofLoop(Loop, "weave_cancelled") + "; }";
  for (const ReducedVariable &R : Loop.Reduced)
    Text += ", " + reduction(R);
  Text += ");";
  for (auto [Level, Form] : llvm::enumerate(Loop.Nest))
    if (Form.LeavesValue)
      Text += (" " WEAVE_DETAIL "finish<" + Twine(Level) + ">(" + ofLoop(Loop, "weave_space") + ", " +
               Form.Variable->getName() + ");")
                  .str();
  return Text + (leavesVariables(Loop) ? " }" : "");
}

} // namespace weave::phrase
