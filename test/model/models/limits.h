// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// In place of runtime/protocol/limits.h: as small as each mechanism can be and still work, so that the models reach the
// limits.
#pragma once

#include <cstddef>
#include <cstdint>

namespace weave::protocol::limits {

constexpr std::uint32_t offers = 2;
constexpr unsigned nesting = 2;
constexpr std::size_t stack = 1024 * 1024;
constexpr std::size_t task_stack = 2048;
inline unsigned few = 0; // what more workers do; a model may have others
constexpr unsigned marks = 8;
constexpr std::uint32_t spins = 0;
constexpr std::uint32_t yields = 0;
constexpr std::uint32_t yields_at_join = 0;
constexpr std::uint32_t batch = 2;
constexpr std::int64_t batch_time = 20'000;
constexpr std::int64_t least_task = 0;
constexpr std::uint32_t claim = 1;
constexpr std::int64_t claim_time = 8'000;
constexpr std::int64_t worth = 0;
constexpr std::int64_t least_rest = 0;
constexpr std::int64_t rest = 0;
constexpr double strip = 16'000;
constexpr double piece = 4'000;
constexpr std::uint64_t few_iterations = 64;
constexpr double least_split_rest = 0;
constexpr double split_rest = 0;
constexpr std::uint64_t leaves = 4;
constexpr std::uint64_t least_leaves = 2;
constexpr double accumulated_byte = 0.5;
inline std::int64_t answer = 0; // a claim at once; a model may have none
constexpr std::size_t least_sweep = 1;
constexpr unsigned further_threads = 2;
constexpr std::size_t graph_tasks = 4;

} // namespace weave::protocol::limits
