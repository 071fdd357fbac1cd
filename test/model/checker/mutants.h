// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <atomic>

namespace weave::model {

/// What an instrumented copy of the runtime (test/model/mutants) uses in place of each memory order: the order as
/// written, or a weaker one at the site that the environment names by WEAVE_MODEL_MUTANT=SITE:ORDER.
std::memory_order mutant(unsigned site, std::memory_order written);

/// Whether the environment asks for this fault by WEAVE_MODEL_FAULT=NAME.
bool planted(const char *fault);

} // namespace weave::model
