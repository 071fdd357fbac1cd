/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * What a tool is told of a program that runs, for C and C++. WEAVE_TOOL=libtool.so loads the tool into any program of
 * weave, which need not be built for it.
 */
#ifndef WEAVE_OBSERVE_H
#define WEAVE_OBSERVE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Of what this header says. A larger number means that more was added, and all else is as it was. */
#define WEAVE_OBSERVE_VERSION 1

/* Where a task or a loop stands in the source. The strings stay as long as the code does that they are of. */
typedef struct weave_site {
  const char *file, *function;
  const char *label; /* null: it has none */
  unsigned line;     /* of the directive */
} weave_site;

/* What a tool wants to be called. Null: nothing. Each gets `data` first, then the number of the worker whose thread
 * calls it, so one worker's calls come one after another, and those of several at the same time. They must return,
 * throw nothing, and spawn nothing.
 *
 * A spawn that runs in place is no task, nor is the one task that its maker takes back without being seen. */
typedef struct weave_observer {
  size_t size; /* of this struct, as the runtime has it: a tool writes nothing behind that */
  void *data;

  /* A task runs from here to its end, on top of what its worker ran. `task` is another number for each task of the
   * runtime. `maker` is another worker if it was stolen. `where` is null if nobody knows; it is valid for the call. */
  void (*task_begin)(void *data, unsigned worker, uint64_t task, const weave_site *where, unsigned maker);
  void (*task_end)(void *data, unsigned worker, uint64_t task);
  /* A parallel loop began here that is long enough to be split. Pieces that others take are tasks. */
  void (*loop_begin)(void *data, unsigned worker, const weave_site *where);
  void (*loop_end)(void *data, unsigned worker);
  /* The worker has nothing to run: it looks around, then may sleep. */
  void (*wait_begin)(void *data, unsigned worker);
  void (*wait_end)(void *data, unsigned worker);
  void (*sleep_begin)(void *data, unsigned worker);
  void (*sleep_end)(void *data, unsigned worker);
  void (*woke)(void *data, unsigned worker, unsigned other);
  /* The runtime ends; from whatever thread ends it. A task that the process abandons at exit may call after that. */
  void (*end)(void *data);
} weave_observer;

/* The tool defines it. It is called whenever a runtime starts in the process, or in a child that it forks, by the
 * thread that starts it, with `wanted` all zero but for its size, and sets what it wants there. `version` is the
 * runtime's. If it returns anything but 0, the program ends with a message. */
__attribute__((visibility("default"))) int weave_observe(unsigned version, unsigned workers, weave_observer *wanted);

#ifdef __cplusplus
}
#endif

#endif
