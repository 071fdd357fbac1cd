// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Who sees what a worker does, besides its tally: records for a trace, and a tool.
#pragma once

#include "observe/recorder.h"
#include "weave/observe.h"

#include <cstddef>
#include <cstdint>
#include <memory>

namespace weave::detail::observe {

/// What a worker's thread does.
enum class activity : std::size_t {
  nothing, ///< It has no thread, or that is over.
  working,
  searching,
  sleeping,
};
constexpr std::size_t activities = 4;

/// Told by one worker, as things happen.
class witness {
public:
  /// @param records  for so many there is room; 0: nothing is written down
  witness(std::uint32_t worker, std::size_t records, const weave_observer &tool)
      : worker_(worker), records_(records ? std::make_unique<recorder>(records) : nullptr), tool_(tool) {}

  /// Null: nobody wants any.
  recorder *records() const noexcept { return records_.get(); }

  /// Something that takes time, from where it began.
  struct begun {
    platform::ticks at = 0;
    std::uint64_t number = 0; ///< 0: the tool was told nothing.
  };
  begun task_begins(const site *where, std::uint32_t maker) noexcept;
  void task_ended(const begun &, const site *where, const void *task, what how, std::uint32_t maker) noexcept;
  begun loop_begins(const site *where) noexcept;
  void loop_ended(const begun &, const site *where) noexcept;
  void turned(activity before, platform::ticks since, activity next, platform::ticks at) noexcept;
  void woke(std::uint32_t other) noexcept;
  /// A wait for a task is over, which another worker had.
  void joined(const void *task, std::uint32_t thief) noexcept;

private:
  const std::uint32_t worker_;
  const std::unique_ptr<recorder> records_;
  const weave_observer &tool_; // the runtime's
  std::uint64_t tasks_ = 0;
};

} // namespace weave::detail::observe
