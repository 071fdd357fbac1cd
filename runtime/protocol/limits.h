// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The sizes that the scheduler is built with.
#pragma once

#ifdef WEAVE_LIMITS
#include WEAVE_LIMITS // those of a test
#else

#include <cstddef>
#include <cstdint>

namespace weave::protocol::limits {

/// Slots of a worker's offers. With the 32 bytes in front of them in a worker, two cache lines; the first also holds `wanted`, so that a thief that
/// takes and asks for more, and an owner that sees it and refills, move one line between them.
constexpr std::uint32_t offers = 12;

/// How much of its stack a thread may have in use when it begins a task that is no part of what it waits for (in bytes; an eighth of the stack if that is less): a thread needs no more
/// stack than this and what a serial run of the program does. How many tasks may lie on one another besides, which is never reached: a bound of 32 cost a tree two thirds of its efficiency
/// at 128 workers (test/sim), since all wait for those who have reached it.
constexpr std::size_t stack = 1024 * 1024;
constexpr unsigned nesting = 1000;

/// What a task that is taken back may need of the stack besides what its statement does in place, in bytes: some 300 by clang++; by g++, which makes room in it for
/// calls that it inlined, up to 1.8 KB, for calls of some 280 bytes (it inlines larger ones less).
constexpr std::size_t task_stack = 2048;

/// As few participants as a thief asks all of; among more, it looks at the marks of those who may have something, which cost a worker that runs out of tasks two messages.
constexpr unsigned few = 8;

/// Workers whose marks share a cache line, at most 64. In a graph of small tasks the marks of some workers change with each task, and all changes of a line take turns: 64 marks in one
/// line were what bounded it at 64 workers (test/sim). Fewer would make a look at all marks longer.
constexpr unsigned marks = 8;

/// How often a worker looks for work in vain before it sleeps, first spinning, then giving the processor away. Together about 50 us on an idle
/// machine: the cost of some ten wake-ups, which is what a sleep too early would cost.
constexpr std::uint32_t spins = 200;
constexpr std::uint32_t yields = 50;

/// The second for a worker that waits for a task, since others may wait for the one that it is in: if each sleeps before the next has done with, a chain of joins takes as many wake-ups
/// one after the other as it is long. At 256 workers 150 instead of 100 gained 9 % (test/sim), and more gained nothing.
constexpr std::uint32_t yields_at_join = 150;

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

/// How long a strip of a loop is, between two looks (in nanoseconds): a look costs some 2, and a reading of the counter 10.
constexpr double strip = 16'000;
/// What a piece of a loop must be worth (in nanoseconds): a steal costs about 1 us, waking a thief about 5.
constexpr double piece = 4'000;
/// Loops of fewer iterations may be split before the first has run: each may be long.
constexpr std::uint64_t few_iterations = 64;
/// How long such splits rest after one was in vain (in nanoseconds): a thief that is woken in vain costs some 5 us.
constexpr double least_split_rest = 50'000;
constexpr double split_rest = 2'000'000;
/// Leaves of a reproducible loop: work for hundreds of workers, and few combinations for a long loop. Fewer, but not below the least, where what is combined is large.
constexpr std::uint64_t leaves = 1024;
constexpr std::uint64_t least_leaves = 64;
/// What a byte of its accumulators adds to what a piece must be worth (in nanoseconds): to make it, to bring it from one processor to another, and to combine it.
constexpr double accumulated_byte = 0.5;

/// How long a thief waits for the owner of a direct task to share it, before it claims it (in nanoseconds): long enough for an owner that spawns often, to whom its tasks' cost matters, and short against the heavy fence.
constexpr std::int64_t answer = 2'000;

/// Futures whose tasks a worker leaves on offer, begun by who waited for them, before it looks for such and frees them: at least so many.
constexpr std::size_t least_sweep = 64;

/// Threads of the program beyond the first, which enrol when they spawn. More of them run their tasks in place.
constexpr unsigned further_threads = 256;

/// Unjoined tasks of a graph. Enough to keep thousands of workers busy, and some 400 KB.
constexpr std::size_t graph_tasks = 2048;

} // namespace weave::protocol::limits

#endif
