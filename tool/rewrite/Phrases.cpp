// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rewrite/Phrases.h"
#include "clang/AST/Attr.h"

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

/// A declaration that hides a variable of the user's, in whose place it stands.
static std::string hiding(const Twine &Declaration) { return (" WEAVE_HIDING(" + Declaration + ";)").str(); }

std::string borrow(StringRef Name) { return ("auto " + beside(Name, "borrow") + " = " + Name + ".borrow();").str(); }

static bool forks(const Frame &F) { return F.AsRegion && F.AsRegion->Forks; }

static std::string join(StringRef Name) { return beside(Name, "task") + ".join(); "; }

std::string sync(const Frame &F, StringRef Name) { return ((forks(F) ? join(Name) : "") + Name + ".sync();").str(); }

std::string openScope(StringRef Name) { return ("{ ::weave::sync_scope " + Name + "; WEAVE_TRY").str(); }

std::string closeScope(StringRef Name) { return (" WEAVE_CATCH(" + Name + ") }").str(); }

/// `Also`: the name of a variable of the generated code.
static std::string captures(ArrayRef<Capture> Captures, StringRef Also) {
  // g++ captures a pack that a lambda around has copied by reference only so.
  const bool ByDefault =
      llvm::any_of(Captures, [](const Capture &C) { return C.Mode == CaptureMode::Reference && C.Expand; });
  std::string Text = ByDefault ? "[&" : "[";
  Text += (ByDefault && !Also.empty() ? ", " : "") + Also.str();
  for (const Capture &C : Captures) {
    if (ByDefault && C.Mode == CaptureMode::Reference && !isa<BindingDecl>(C.Variable))
      continue;
    if (Text.size() > 1)
      Text += ", ";
    if (C.Mode == CaptureMode::This) {
      Text += "this";
      continue;
    }
    if (C.Mode == CaptureMode::Reference)
      Text += '&';
    const StringRef Name = C.Variable->getName();
    Text += Name;
    if (C.Mode == CaptureMode::Move)
      Text += (" = std::move(" + Name + ")").str();
    else if (C.Initialised || isa<BindingDecl>(C.Variable)) // C++17 captures a structured binding only so
      Text += (" = " + Name).str();
    if (C.Expand)
      Text += "...";
  }
  return Text + "]";
}

std::string captures(ArrayRef<Capture> Captures) { return captures(Captures, ""); }

/// Uses of captures that an instantiation may turn out not to need, so that no compiler complains of them.
static std::string doubtful(ArrayRef<Capture> Captures) {
  std::string Text;
  for (const Capture &C : Captures) {
    if (!C.Doubtful)
      continue;
    if (C.Mode == CaptureMode::This)
      Text += " (void)this;";
    else if (C.Expand)
      Text += (" ((void)" + C.Variable->getName() + ", ...);").str();
    else if (C.Variable->getType()->isScalarType()) // of a constant, only the address needs the captured one
      Text += (" (void)&" + C.Variable->getName() + ";").str();
    else if (C.Variable->getType()->isDependentType() && !C.Initialised)
      Text += (" (void)__builtin_addressof(" + C.Variable->getName() + ");").str();
    else
      Text += (" (void)" + C.Variable->getName() + ";").str();
  }
  return Text;
}

std::string openRegion(const Frame &F, StringRef Name, StringRef OuterName, StringRef ReturnType) {
  std::string Text = ReturnType.empty() ? "" : "return ";
  Text += F.Outer ? (OuterName + ".").str() : WEAVE_DETAIL;
  Text += ("region(" + captures(F.AsRegion->Captures) + "(auto &" + Name + ")").str();
  if (!ReturnType.empty())
    Text += (" -> " + ReturnType).str();
  return Text + " {" + doubtful(F.AsRegion->Captures);
}

std::string closeRegion(const Frame &F, StringRef Name) {
  // Where it returns, its end is seldom reached.
  return (forks(F) && !F.AsRegion->IsSynced && F.AsRegion->Leaves.ReturnType.isInvalid() ? join(Name) : "") + "}); ";
}

static StringRef spelling(Access Mode) {
  switch (Mode) {
  case Access::In:
    return WEAVE_DETAIL "in";
  case Access::Out:
    return WEAVE_DETAIL "out";
  case Access::InOut:
    return WEAVE_DETAIL "inout";
  }
  llvm_unreachable("unknown access");
}

/// The copies that a task may change: its own, though its closure is const.
static SmallVector<std::string, 2> changeable(ArrayRef<Capture> Captures) {
  SmallVector<std::string, 2> Names;
  for (const Capture &C : Captures)
    if (C.Changeable)
      Names.push_back(C.Variable->getName().str());
  return Names;
}

/// The condition of a loop that is a task: both of them ask for it.
static constexpr llvm::StringLiteral LoopCondition = "weave_if";
static bool sharesCondition(const Directive &D) { return D.Nowait && D.Condition; }

/// Not a cast, which would be useless for most conditions.
static std::string truth(const Operand &Condition) { return "(" + Condition.Text + ") ? true : false"; }

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
  Text += ".spawn_after(" + Handle + "{";
  for (const DependOperand &Operand : D.DependsOn) {
    if (&Operand != D.DependsOn.begin())
      Text += ", ";
    Text += (spelling(Operand.Mode) + "(" + Operand.Value.Text + ")").str();
  }
  return Text + "}, ";
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
static std::string openClosure(const SpawnPlan &Spawn, StringRef Also) {
  const ArrayRef<Capture> Captures = Spawn.Captures;
  const std::string Inherited = attributes(*Spawn.Where);
  std::string Text = captures(Captures, Also) + (Inherited.empty() ? "" : "()") + Inherited + " {";
  const auto Own = changeable(Captures);
  for (const std::string &Name : Own)
    Text += " auto &weave_" + Name + " = " WEAVE_DETAIL "own(" + Name + ");";
  if (!Own.empty())
    Text += " {";
  for (const std::string &Name : Own)
    Text += hiding("auto &" + Name + " = weave_" + Name);
  return Text + doubtful(Captures);
}

static std::string closeClosure(ArrayRef<Capture> Captures) { return changeable(Captures).empty() ? " }" : " } }"; }

static std::string placeOf(const VarDecl &V) { return ("weave_" + V.getName()).str(); }

std::string openSpawn(const Directive &D, const SpawnPlan &Spawn, StringRef FrameName) {
  const std::string Closure = openClosure(Spawn, sharesCondition(D) ? LoopCondition : "");
  if (const VarDecl *V = Spawn.Where->Declared)
    return ("auto " + placeOf(*V) + " = " WEAVE_DETAIL "spawned(" + FrameName + ", " + Closure).str();
  const std::string Before =
      sharesCondition(D) ? ("{ const bool " + LoopCondition + " = " + truth(*D.Condition) + "; ").str() : "";
  if (Spawn.Owner && forks(*Spawn.Owner))
    return "auto " + beside(FrameName, "task") + " = " + FrameName.str() + ".fork(" + Closure;
  return Before + call(D, FrameName) + Closure;
}

std::string closeSpawn(const Directive &D, const SpawnPlan &Spawn, StringRef FrameName) {
  const std::string Close = closeClosure(Spawn.Captures) + ");" + (sharesCondition(D) ? " }" : "");
  const VarDecl *V = Spawn.Where->Declared;
  if (!V)
    return Close;
  const std::string Name = V->getName().str(), Place = placeOf(*V);
  std::string Text = " return " + Name + ";" + Close + " " + call(D, FrameName) + Place + ".task());";
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

static StringRef spelling(ReductionOp Op) {
  switch (Op) {
  case ReductionOp::Plus:
    return "plus";
  case ReductionOp::Multiplies:
    return "multiplies";
  case ReductionOp::BitAnd:
    return "bit_and";
  case ReductionOp::BitOr:
    return "bit_or";
  case ReductionOp::BitXor:
    return "bit_xor";
  case ReductionOp::LogicalAnd:
    return "logical_and";
  case ReductionOp::LogicalOr:
    return "logical_or";
  case ReductionOp::Minimum:
    return "minimum";
  case ReductionOp::Maximum:
    return "maximum";
  case ReductionOp::Callable:
    break;
  }
  llvm_unreachable("unknown reduction operator");
}

std::string iterations(const LoopForm &Form, StringRef Type, StringRef First, StringRef Last, StringRef Stride) {
  const std::string Amount = Form.NegateStride ? ("-(" + Stride + ")").str() : Stride.str();
  return (WEAVE_DETAIL "iterations<" + Type + ", " WEAVE_DETAIL "bound::" + spelling(Form.Relation) +
          ", " WEAVE_DETAIL "direction::" + (Form.Upwards ? "up" : "down") + ">(" + First + ", " + Last + ", " +
          Amount + ")")
      .str();
}

std::string elements(StringRef Range) { return (WEAVE_DETAIL "elements(" + Range + ")").str(); }

std::string collapse(ArrayRef<std::string> Spaces) {
  if (Spaces.size() == 1)
    return Spaces.front();
  std::string Text = WEAVE_DETAIL "collapse(" + Spaces.front();
  for (const std::string &Inner : Spaces.drop_front())
    Text += ", [&] { return " + Inner + "; }";
  return Text + ")";
}

static std::string numbered(const char *Name, unsigned Level) {
  return Level == 0 ? Name : (Name + Twine("_") + Twine(Level + 1)).str();
}

std::string beginOfLoop(const Directive &D, unsigned Level) {
  return D.Staged ? "weave_strip->begin()" : numbered("weave_begin", Level);
}
std::string endOfLoop(const Directive &D, unsigned Level) {
  return D.Staged ? "weave_strip->end()" : numbered("weave_end", Level);
}

std::string stretch(const Directive &D, unsigned Level) {
  return WEAVE_DETAIL "stretch(" + beginOfLoop(D, Level) + ", " + endOfLoop(D, Level) + ")";
}

std::string strips() { return "while (const auto weave_strip = weave_piece.next()) "; }

/// What of a loop's variables is another for each piece.
static bool hasOwnVariables(const Directive &D, ArrayRef<Capture> Captures) {
  return !D.Reductions.empty() || !changeable(Captures).empty() ||
         llvm::any_of(D.Listed, [](const ListedVariable &L) { return L.How == Sharing::Private; });
}

/// What the clauses say about how to run it, as an argument; empty if they say nothing.
static std::string options(const Directive &D) {
  std::string Text;
  if (D.Condition)
    Text += ".run_if(" + condition(D) + ")";
  if (D.Grainsize)
    Text += ".grainsize(" + D.Grainsize->Text + ")";
  return Text.empty() ? "" : WEAVE_DETAIL "loop_options()" + Text + ", ";
}

std::string openLoop(const Directive &D, StringRef Space, const LoopPlan &Loop) {
  const ArrayRef<Capture> Captures = Loop.Captures;
  std::string Text = D.Handle && !D.Nowait ? "static_cast<void>(" WEAVE_DETAIL "unfinished{" + D.Handle->Text + "}), " : "";
  Text += D.Staged               ? WEAVE_DETAIL "staged_for("
          : D.Reproducible       ? WEAVE_DETAIL "reproducible_reduce("
          : D.Reductions.empty() ? WEAVE_DETAIL "parallel_for("
                                 : WEAVE_DETAIL "parallel_reduce(";
  Text += options(D) + (Space + ", ").str() + captures(Captures) + (D.Staged ? "(auto &weave_piece" : "(");
  for (unsigned Level = 0; Level < Loop.Nest.size() && !D.Staged; ++Level)
    Text += (Level ? ", auto " : "auto ") + beginOfLoop(D, Level) + ", auto " + endOfLoop(D, Level);
  for (const Reduction &R : D.Reductions)
    Text += ", auto &weave_" + R.Variable.Text;
  Text += ")" + attributes(*Loop.Where) + " {" + doubtful(Captures);
  for (const Reduction &R : D.Reductions)
    Text += hiding((D.Staged ? "auto &" : "auto ") + R.Variable.Text + " = weave_" + R.Variable.Text);
  for (const ListedVariable &L : D.Listed)
    if (L.How == Sharing::Private)
      Text += hiding("[[maybe_unused]] std::remove_reference_t<decltype(" + L.Variable.Text + ")> " +
                     L.Variable.Text);
  const auto Own = changeable(Captures);
  for (const std::string &Name : Own)
    Text += " auto &weave_" + Name + " = " + Name + ";";
  if (!hasOwnVariables(D, Captures))
    return Text;
  Text += " {";
  for (const std::string &Name : Own)
    Text += hiding("auto " + Name + " = weave_" + Name);
  return Text;
}

static std::string reduction(const Reduction &R) {
  std::string Text;
  if (R.Function)
    Text = WEAVE_DETAIL "reduction_by([&](auto &weave_left, auto &weave_right) { return " + R.Function->Text +
           "(weave_left, weave_right); }, " + R.Variable.Text + ")";
  else
    Text = (WEAVE_DETAIL "reduction<" WEAVE_DETAIL + spelling(R.Op) + ">(" + R.Variable.Text + ")").str();
  if (R.Identity)
    Text = WEAVE_DETAIL "with_identity(" + Text + ", [&] { return " + R.Identity->Text + "; })";
  return Text;
}

std::string closeLoop(const Directive &D, ArrayRef<Capture> Captures) {
  std::string Text = hasOwnVariables(D, Captures) ? " }" : "";
  for (const Reduction &R : D.Reductions)
    if (!D.Staged)
      Text += " weave_" + R.Variable.Text + " = " + R.Variable.Text + ";";
  Text += " }";
  for (const Reduction &R : D.Reductions)
    Text += ", " + reduction(R);
  return Text + ");";
}

} // namespace weave::phrase
