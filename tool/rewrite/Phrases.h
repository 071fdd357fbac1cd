// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The words of the generated code, as docs/generated-code.md has them.
#ifndef WEAVE_TOOL_REWRITE_PHRASES_H
#define WEAVE_TOOL_REWRITE_PHRASES_H

#include "analysis/Plan.h"
#include "llvm/ADT/Twine.h"

namespace weave::phrase {

std::string frame(const Frame &F, llvm::StringRef Name, llvm::StringRef OuterName);
/// Up to the brace of the closure. `ReturnType` is empty if the stretch does not return.
std::string openRegion(const Frame &F, llvm::StringRef Name, llvm::StringRef OuterName, llvm::StringRef ReturnType);
std::string closeRegion(const Frame &F, llvm::StringRef Name);
/// Keeps the tasks of a region within the lives of the variables that it declares for them.
std::string borrow(llvm::StringRef Name);
/// Waits for the tasks of a frame.
std::string sync(const Frame &F, llvm::StringRef Name);
/// What stands in front of the block of a sync_scope, and behind it.
/// In Scopes.cpp: what stands around a statement that waits for tasks at its end, or excludes others. `HasBraces`: the
/// statement does.
std::string openScope(const Directive &D, llvm::StringRef Name, bool HasBraces);
std::string closeScope(const Directive &D, llvm::StringRef Name, bool HasBraces);
std::string openLock(llvm::StringRef Name);
std::string closeLock();
std::string openSpawn(const Directive &D, const SpawnPlan &Spawn, llvm::StringRef FrameName);
std::string closeSpawn(const Directive &D, const SpawnPlan &Spawn, llvm::StringRef FrameName);
/// `iterations<...>(first, last, stride)` for a loop over `Type`.
std::string iterations(const LoopForm &Form, llvm::StringRef Type, llvm::StringRef First, llvm::StringRef Last,
                       llvm::StringRef Stride);
/// The same for a range-based loop. No template can have the type of an array whose length only the run tells.
std::string elements(llvm::StringRef Range, bool IsVariableArray);
/// One iteration space of those of nested loops.
std::string collapse(llvm::ArrayRef<std::string> Spaces);
/// What stands in the headers of the loops, the outermost being level 0.
std::string beginOfLoop(const Directive &D, const LoopPlan &Loop, unsigned Level);
std::string endOfLoop(const Directive &D, const LoopPlan &Loop, unsigned Level);
std::string stretch(const Directive &D, const LoopPlan &Loop, unsigned Level);
/// The condition of a loop that ends where its variable wraps around.
std::string wrapping(const Directive &D, const LoopPlan &Loop, unsigned Level);
/// An iteration space that needs declarations in front of it.
std::string behind(llvm::ArrayRef<std::string> Declarations, llvm::StringRef Space);
/// In front of a staged loop.
std::string strips(const LoopPlan &Loop);
/// Around a jump that ends the loop.
std::string openCancel(const LoopPlan &Loop);
std::string closeCancel();
/// @param Weight  of an iteration, if the text tells
std::string openLoop(const Directive &D, llvm::StringRef Space, const LoopPlan &Loop, std::optional<unsigned> Weight);
std::string closeLoop(const Directive &D, const LoopPlan &Loop);

} // namespace weave::phrase

#endif
