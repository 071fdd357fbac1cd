/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 * Counts what a tool is told, in C. */
#include <weave/observe.h>

#include <stdatomic.h>
#include <stdio.h>

static atomic_long tasks, open, stolen, named, loops, waits, sleeps, wrong;
static _Thread_local uint64_t within[256];
static _Thread_local int depth;

static void task_begin(void *data, unsigned worker, uint64_t task, const weave_site *where, unsigned maker) {
  ++tasks, ++open, stolen += maker != worker, named += where && where->line && where->function && where->file;
  wrong += data != &tasks || depth == 256;
  within[depth++] = task;
}
static void task_end(void *data, unsigned worker, uint64_t task) {
  (void)data, (void)worker, --open;
  wrong += depth == 0 || within[--depth] != task;
}
static void loop_begin(void *data, unsigned worker, const weave_site *where) { (void)data, (void)worker, (void)where, ++loops, ++open; }
static void loop_end(void *data, unsigned worker) { (void)data, (void)worker, --open; }
static void wait_begin(void *data, unsigned worker) { (void)data, (void)worker, ++waits, ++open; }
static void wait_end(void *data, unsigned worker) { (void)data, (void)worker, --open; }
static void sleep_begin(void *data, unsigned worker) { (void)data, (void)worker, ++sleeps, ++open; }
static void sleep_end(void *data, unsigned worker) { (void)data, (void)worker, --open; }
static void woke(void *data, unsigned worker, unsigned other) { (void)data, wrong += worker == other; }
static void end(void *data) {
  (void)data;
  printf("tool: %s tasks, %s stolen, %s named, %s loops, %s waits, %ld open, %ld wrong\n", tasks ? "some" : "no", stolen ? "some" : "no",
         named ? "some" : "no", loops ? "some" : "no", waits ? "some" : "no", (long)open, (long)wrong);
}

int weave_observe(unsigned version, unsigned workers, weave_observer *wanted) {
#ifdef REFUSES
  return 1;
#endif
  const weave_observer mine = {sizeof mine, &tasks, task_begin, task_end, loop_begin, loop_end, wait_begin, wait_end, sleep_begin, sleep_end, woke, end};
  *wanted = mine;
  return version < 1 || workers != 3;
}
