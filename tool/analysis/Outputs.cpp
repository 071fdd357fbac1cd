// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/Outputs.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;

namespace weave {

RunningOutputs::RunningOutputs(const Activation &In, const SiteMap &Sites,
                               const llvm::DenseMap<const Site *, VariableSet> &Written, const DirectiveTable &Table)
    : Sites(Sites), Written(Written), Table(Table) {
  VariableSet Running;
  walk(In.Root, Running);
}

void RunningOutputs::walk(const Stmt *S, VariableSet &Running) {
  if (!S || isa<LambdaExpr>(S))
    return;
  if (const Site *Here = Sites.lookup(S)) {
    switch (Table[Here->Index].Kind) {
    case DirectiveKind::Sync:
      if (Table[Here->Index].Awaited.empty())
        Running.clear();
      break;
    case DirectiveKind::Spawn:
    case DirectiveKind::ParallelFor:
      if (!Here->makesTask())
        break;
      Reaching[Here].insert_range(Running);
      if (auto Outputs = Written.find(Here); Outputs != Written.end())
        Running.insert_range(Outputs->second);
      break;
    case DirectiveKind::SyncScope:
    case DirectiveKind::Parallel:
    case DirectiveKind::Single:
    case DirectiveKind::Critical: {
      const VariableSet Before = Running;
      walk(Here->Attached.Subject, Running);
      if (Table[Here->Index].isScope())
        Running = Before;
      break;
    }
    case DirectiveKind::DependsOn:
    case DirectiveKind::LoadBalance:
    case DirectiveKind::Cancel:
    case DirectiveKind::Flush:
      break;
    }
    return;
  }
  if (const auto *If = dyn_cast<IfStmt>(S)) {
    VariableSet Else = Running;
    walk(If->getThen(), Running);
    walk(If->getElse(), Else);
    Running.insert_range(Else);
    return;
  }
  const VariableSet Before = Running;
  if (isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt>(S)) {
    // What one round spawns may run beside the next, until nothing new comes.
    VariableSet Entry = Before;
    for (size_t Known = Entry.size() + 1; Known != Entry.size();) {
      Known = Entry.size();
      Running = Entry;
      for (const Stmt *Child : S->children())
        walk(Child, Running);
      Entry.insert_range(Running);
    }
    Running = std::move(Entry);
    return;
  }
  if (isa<SwitchStmt>(S)) {
    llvm::SaveAndRestore Saved(SwitchEntry, Before);
    for (const Stmt *Child : S->children())
      walk(Child, Running);
    Running.insert_range(Before);
    return;
  }
  if (isa<SwitchCase>(S))
    Running.insert_range(SwitchEntry);
  else if (isa<LabelStmt>(S)) // reached from who knows where
    for (const auto &Outputs : Written)
      Running.insert_range(Outputs.second);
  for (const Stmt *Child : S->children())
    walk(Child, Running);
  if (isa<CXXTryStmt>(S))
    Running.insert_range(Before);
}

} // namespace weave
