// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

namespace weave::model {

constexpr unsigned most_threads = 6;

/// Counts the operations of one thread.
using moment = std::uint32_t;
constexpr moment never = ~moment{0};

/// A vector clock: up to which moment of each thread everything happens before here.
class clock {
public:
  bool includes(unsigned thread, moment when) const { return when <= up_to_[thread]; }
  moment operator[](unsigned thread) const { return up_to_[thread]; }
  moment tick(unsigned thread) { return ++up_to_[thread]; }
  void join(const clock &other) {
    for (unsigned thread = 0; thread != most_threads; ++thread)
      up_to_[thread] = std::max(up_to_[thread], other.up_to_[thread]);
  }

private:
  std::array<moment, most_threads> up_to_{};
};

} // namespace weave::model
