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
  /// @param text  as `text()` printed it
  static choices replay(const std::string &text);

  /// @param rare  whether a random execution should mostly take alternative 0
  unsigned pick(unsigned alternatives, bool rare);

  /// Prepares the next execution. False when there is none.
  bool next();

  /// The choices of this execution that were not 0, each as " position:alternative".
  std::string text() const;

  bool is_random() const { return mode_ == mode::random; }

private:
  enum class mode { all, random, replay };
  struct choice {
    unsigned taken, alternatives;
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
