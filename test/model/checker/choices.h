// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace weave::model {

/// What an execution depends on: at each choice point, which of the alternatives is taken. Alternative 0 is the plain
/// one: go on with the same thread, read the newest value.
///
/// Alternatives are tried depth first, or drawn at random, or taken from the text of an earlier execution.
class choices {
public:
  static choices all() { return {}; }
  static choices random(std::uint64_t seed, std::uint64_t executions);
  /// @param text  as `text()` printed it; ends the process if it is not
  static choices replay(const std::string &text);

  /// @param rare  whether a random execution should mostly take alternative 0
  /// @param without  a bit for each alternative that need not be tried; not for all of them
  unsigned pick(unsigned alternatives, bool rare, unsigned without = 0);

  /// How many choices there have been: the position of the next one.
  std::size_t position() const { return position_; }
  /// Marks a choice. That lasts until an earlier choice changes.
  void mark(std::size_t position) { made_[position].marked = true; }
  /// Whether all alternatives are tried, and none of the executions that took alternative 0 there marked it.
  bool is_unmarked(std::size_t position) const { return mode_ == mode::all && !made_[position].marked; }

  /// Prepares the next execution. False when there is none.
  bool next();

  /// The choices of this execution that were not 0, each as " position:alternative".
  std::string text() const;

  /// Whether there was each of the choices that a replay prescribes, with that alternative.
  bool followed() const;

  bool is_random() const { return mode_ == mode::random; }

private:
  enum class mode { all, random, replay };
  struct choice {
    unsigned taken, alternatives, without;
    bool marked = false;

    bool skips() const { return without >> taken & 1; }
  };

  unsigned first(unsigned alternatives, bool rare);

  mode mode_ = mode::all;
  std::vector<choice> made_;
  std::size_t position_ = 0;
  std::mt19937_64 generator_;
  std::uint64_t left_ = 0;                     // random executions
  std::map<std::size_t, unsigned> prescribed_; // by position
};

} // namespace weave::model
