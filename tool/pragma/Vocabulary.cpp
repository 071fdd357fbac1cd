// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "pragma/Vocabulary.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

namespace weave {

using llvm::StringRef;

static constexpr ClauseWord ClauseWords[] = {
    {"depends_on", ClauseKind::DependsOn, true, true, false},
    {"reduction", ClauseKind::Reduction, false, true, false},
    {"firstprivate", ClauseKind::Firstprivate, true, true, false},
    {"shared", ClauseKind::Shared, true, true, false},
    {"private", ClauseKind::Private, true, true, false},
    {"move", ClauseKind::Move, true, false, false},
    {"default", ClauseKind::Default, true, true, true},
    {"if", ClauseKind::If, true, true, true},
    {"label", ClauseKind::Label, true, true, true},
    {"handle", ClauseKind::Handle, true, true, true},
    {"detached", ClauseKind::Detached, true, false, true},
    {"collapse", ClauseKind::Collapse, false, true, true},
    {"grainsize", ClauseKind::Grainsize, false, true, true},
    {"nowait", ClauseKind::Nowait, false, true, true},
    {"staged", ClauseKind::Staged, false, true, true},
    {"identity", ClauseKind::Identity, false, true, false},
    {"reproducible", ClauseKind::Reproducible, false, true, true},
};

static constexpr llvm::StringLiteral DirectiveWords[] = {"spawn",      "sync",       "parallel_for",
                                                         "depends_on", "sync_scope", "load_balance", "cancel"};

StringRef spelling(DirectiveKind Kind) {
  switch (Kind) {
  case DirectiveKind::Spawn:
    return "spawn";
  case DirectiveKind::Sync:
    return "sync";
  case DirectiveKind::ParallelFor:
    return "parallel_for";
  case DirectiveKind::DependsOn:
    return "depends_on";
  case DirectiveKind::SyncScope:
    return "sync_scope";
  case DirectiveKind::LoadBalance:
    return "load_balance";
  case DirectiveKind::Cancel:
    return "cancel";
  case DirectiveKind::Parallel:
    return "omp parallel";
  case DirectiveKind::Single:
    return "omp single";
  case DirectiveKind::Critical:
    return "omp critical";
  case DirectiveKind::Flush:
    return "omp flush";
  }
  llvm_unreachable("unknown kind of directive");
}

StringRef spelling(Access Mode) {
  switch (Mode) {
  case Access::In:
    return "in";
  case Access::Out:
    return "out";
  case Access::InOut:
    return "inout";
  case Access::Commutative:
    return "commutative";
  case Access::Concurrent:
    return "concurrent";
  }
  llvm_unreachable("unknown access");
}

StringRef spelling(Sharing How) {
  switch (How) {
  case Sharing::Firstprivate:
    return "firstprivate";
  case Sharing::Shared:
    return "shared";
  case Sharing::Private:
    return "private";
  case Sharing::Move:
    return "move";
  }
  llvm_unreachable("unknown kind of sharing");
}

std::optional<DirectiveKind> directiveKind(StringRef Word) {
  return llvm::StringSwitch<std::optional<DirectiveKind>>(Word)
      .Case("spawn", DirectiveKind::Spawn)
      .Case("sync", DirectiveKind::Sync)
      .Case("parallel_for", DirectiveKind::ParallelFor)
      .Case("depends_on", DirectiveKind::DependsOn)
      .Case("sync_scope", DirectiveKind::SyncScope)
      .Case("load_balance", DirectiveKind::LoadBalance)
      .Case("cancel", DirectiveKind::Cancel)
      .Default(std::nullopt);
}

const ClauseWord *findClause(StringRef Word) {
  const auto *Found = llvm::find_if(ClauseWords, [&](const ClauseWord &C) { return C.Name == Word; });
  return Found == std::end(ClauseWords) ? nullptr : Found;
}

std::optional<ReductionOp> reductionOp(StringRef Word) {
  return llvm::StringSwitch<std::optional<ReductionOp>>(Word)
      .Case("+", ReductionOp::Plus)
      .Case("*", ReductionOp::Multiplies)
      .Case("&", ReductionOp::BitAnd)
      .Case("|", ReductionOp::BitOr)
      .Case("^", ReductionOp::BitXor)
      .Case("&&", ReductionOp::LogicalAnd)
      .Case("||", ReductionOp::LogicalOr)
      .Case("min", ReductionOp::Minimum)
      .Case("max", ReductionOp::Maximum)
      .Default(std::nullopt);
}

StringRef adviceOnDirective(StringRef Word) {
  return llvm::StringSwitch<StringRef>(Word)
      .Cases({"task", "cilk_spawn", "_Cilk_spawn", "parallel_invoke", "section", "sections"}, "a task is 'spawn'")
      .Cases({"taskwait", "barrier", "cilk_sync", "_Cilk_sync", "wait"}, "waiting for tasks is 'sync'")
      .Cases({"taskgroup", "task_group", "cilk_scope"}, "waiting for the tasks of a block is 'sync_scope'")
      .Cases({"parallel", "for", "taskloop", "cilk_for", "_Cilk_for", "loop", "distribute"},
             "a parallel loop is 'parallel_for'")
      .Case("parallel_reduce", "a parallel loop with a result is 'parallel_for reduction(...)'")
      .Case("taskyield", "a point where others may take work is 'load_balance'")
      .Cases({"critical", "atomic"}, "use a std::mutex or a std::atomic, or a 'reduction'")
      .Case("simd", "loops are vectorised as ever; leave it out, or let '#pragma omp simd' stand in front of the loop")
      .Case("depend", "an order of tasks is 'depends_on(in: ...; out: ...)'")
      .Default("");
}

StringRef adviceOnClause(StringRef Word) {
  return llvm::StringSwitch<StringRef>(Word)
      .Cases({"schedule", "num_tasks", "partitioner", "simple_partitioner", "auto_partitioner", "chunk"},
             "a loop divides itself as workers ask for work; leave it out, or bound the pieces with 'grainsize(N)'")
      .Cases({"grain_size", "grain", "cilk_grainsize", "chunk_size"}, "the least number of iterations is 'grainsize(N)'")
      .Cases({"num_threads", "num_workers", "proc_bind", "thread_limit"},
             "the number of workers is the program's: the environment variable WEAVE_NUM_THREADS, or weave::options")
      .Cases({"depend", "depends"}, "an order of tasks is 'depends_on(in: ...; out: ...)'")
      .Cases({"reduce", "reducer", "in_reduction", "task_reduction"}, "a combined result is 'reduction(op: x)'")
      .Case("lastprivate", "a loop leaves in a variable that is declared in front of it what the serial loop does, if the loop counts with it")
      .Cases({"untied", "tied", "mergeable"}, "every task is that; leave it out")
      .Case("final", "a condition for a task is 'if(...)'")
      .Case("nogroup", "not to wait at the end of the loop is 'nowait'")
      .Cases({"copyin", "copyprivate"}, "a copy for each task is 'firstprivate(x)'")
      .Cases({"simd", "simdlen", "safelen", "linear", "aligned"}, "loops are vectorised as ever; leave it out")
      .Cases({"taskwait", "cilk_sync"}, "waiting for tasks is '#pragma weave sync'")
      .Default("");
}

template <class Range> static StringRef nearest(StringRef Word, const Range &Words) {
  StringRef Best;
  unsigned Distance = std::max<unsigned>(2, Word.size() / 3) + 1;
  for (StringRef Candidate : Words)
    if (unsigned D = Word.edit_distance(Candidate, /*AllowReplacements=*/true, Distance); D < Distance) {
      Distance = D;
      Best = Candidate;
    }
  return Best;
}

StringRef nearestDirective(StringRef Word) { return nearest(Word, DirectiveWords); }

StringRef nearestClause(StringRef Word) {
  return nearest(Word, llvm::map_range(ClauseWords, [](const ClauseWord &C) -> StringRef { return C.Name; }));
}

} // namespace weave
