// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// weavec --doctor: does this installation work?
#ifndef WEAVE_TOOL_COMMAND_DOCTOR_H
#define WEAVE_TOOL_COMMAND_DOCTOR_H

namespace weave {

struct Installation;

/// Says what was found where, and compiles and runs a program: first without the tool, then woven. Returns the exit
/// status: 0 if all of it is well, otherwise 1 after a message that says what is wrong and what mends it.
int runDoctor(const Installation &Files);

} // namespace weave

#endif
