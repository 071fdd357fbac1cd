// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "weave/options.h"

#include <cstddef>
#include <string>

namespace weave::platform {

constexpr unsigned most_workers = 4096;
constexpr std::size_t usual_trace_limit = std::size_t{1} << 18, most_trace_limit = std::size_t{1} << 30;
constexpr std::size_t least_stack = std::size_t{64} << 10, most_stack = std::size_t{1} << 40;

/// A text for a setting, and where it comes from.
struct named_text {
  std::string name, value;
};

/// What the user wants: options, and the WEAVE_* variables where those leave something open.
struct settings {
  unsigned workers = 0; ///< 0: nothing is said.
  binding bind = binding::none;
  named_text places; ///< Empty: nothing is said.
  waiting wait = waiting::balanced;
  std::size_t stack = 0; ///< 0: nothing is said.
  std::string statistics; ///< Empty: none.
  std::string trace;      ///< Empty: none.
  std::string tool;       ///< Empty: none.
  std::size_t trace_limit = 0; ///< How many records of a worker are kept.
  bool display = false; ///< Whether to print what is in force.
};

/// Throws std::invalid_argument, with a text for the user, if something makes no sense. The text of `places` is not
/// looked at.
settings read_settings(const options &);

/// The names by which the environment calls them.
std::string name_of(binding);
std::string name_of(waiting);

/// Prints a warning for each variable WEAVE_* that nothing reads.
void warn_of_unknown_variables();

} // namespace weave::platform
