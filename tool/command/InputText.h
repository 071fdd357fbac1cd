// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The text of an input, also of one that can be read only once.
#ifndef WEAVE_TOOL_COMMAND_INPUTTEXT_H
#define WEAVE_TOOL_COMMAND_INPUTTEXT_H

#include "command/Command.h"
#include "llvm/Support/MemoryBuffer.h"

namespace weave {

/// If the input is standard input, or a pipe behind another descriptor of ours, puts a file in memory in its place,
/// which the tool and then the compiler can read. False, after a message, if that cannot be.
bool makeRereadable(const Input &Source);

/// Makes the compiler read this text where it reads the input.
bool replaceText(const Input &Source, llvm::StringRef Text);

/// Lets standard input be read again.
void rewindInput(const Input &Source);

/// Nothing, after a message, if the input cannot be read.
std::unique_ptr<llvm::MemoryBuffer> readInput(const Input &Source);

} // namespace weave

#endif
