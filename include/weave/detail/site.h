// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Where in the user's source a task or a loop is spawned, as data that is there before the program runs.
#pragma once

namespace weave::detail {

/// What the tool knows of a directive.
struct site {
  constexpr site(const char *file, unsigned line, const char *function, const char *label = nullptr)
      : file(file), function(function), label(label), line(line) {}

  const char *file, *function;
  const char *label; ///< Null: it has none.
  unsigned line;
};

/// The same, by a name that is no macro of the user's: it stands in all woven text.
using weave_place = site;

/// In place of a name, where nobody gave one.
struct unnamed {};

/// The site that a name returns, which is a closure without captures: its type stands for it, so that it takes no room
/// and no code, wherever it is passed.
template <class Name> inline const site *site_of(Name name) noexcept {
  static constexpr site found = name();
  return &found;
}
inline const site *site_of(unnamed) noexcept { return nullptr; }

} // namespace weave::detail

/// A name, for the generated code: the line, the function, and the label if there is one.
#define WEAVE_SITE(...) [] { return ::weave::detail::weave_place(__FILE__, __VA_ARGS__); }
