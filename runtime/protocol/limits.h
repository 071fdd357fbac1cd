// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The sizes that the scheduler is built with.
#pragma once

#ifdef WEAVE_LIMITS
#include WEAVE_LIMITS // those of a test
#else

#include <cstddef>
#include <cstdint>

namespace weave::protocol::limits {

/// Slots of a worker's offers. With the 16 bytes in front of them in a worker, two cache lines; the first also holds `wanted`, so that a thief that
/// takes and asks for more, and an owner that sees it and refills, move one line between them.
constexpr std::uint32_t offers = 14;

/// How many tasks of others may lie on one another in a thread's stack. Each can be as deep as a serial run of the program, so that this bounds
/// the stack to so many times the serial one; leapfrogging beyond it has never been seen to help.
constexpr unsigned nesting = 8;

/// How many others a worker asks in one look for work, but for the last look before it sleeps, which must be at all of them. With a thousand workers a look at all takes
/// 0.2 ms (test/sim), for which the worker would be deaf to the end of the task that it waits for.
constexpr unsigned victims = 32;

/// How often a worker looks for work in vain before it sleeps, first spinning, then giving the processor away. Together about 50 us on an idle
/// machine: the cost of some ten wake-ups, which is what a sleep too early would cost.
constexpr std::uint32_t spins = 200;
constexpr std::uint32_t yields = 50;

/// Tasks of one batch: at most so many, and as last for so long (in nanoseconds), some hundred times what it costs to pass them on. Tasks shorter than
/// the least are not worth their passage; nobody asks for more than one of them.
constexpr std::uint32_t batch = 64;
constexpr std::int64_t batch_time = 100'000;
constexpr std::int64_t least_task = 250;

/// Members of a batch that are claimed at once: at most so many, and as last for so long (in nanoseconds). Each claim keeps the processor from running the end of one
/// member beside the beginning of the next, worth some 50 ns; and what is claimed waits for whoever claimed it, however long a member takes.
constexpr std::uint32_t claim = 8;
constexpr std::int64_t claim_time = 8'000;

/// What was received must have lasted for so long (in nanoseconds) to be worth its passage, which costs thief and owner about 1 us. Otherwise the thief asks again only
/// after a rest, which doubles each time within these bounds: so an owner whose tasks are tiny loses little, and one that comes to larger ones soon hears of it.
constexpr std::int64_t worth = 4'000;
constexpr std::int64_t least_rest = 1'000;
constexpr std::int64_t rest = 32'000;

/// Threads of the program beyond the first, which enrol when they spawn. More of them run their tasks in place.
constexpr unsigned further_threads = 256;

/// Unjoined tasks of a graph. Enough to keep thousands of workers busy, and some 400 KB.
constexpr std::size_t graph_tasks = 2048;

} // namespace weave::protocol::limits

#endif
