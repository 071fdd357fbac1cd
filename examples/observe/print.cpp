// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A tool that prints a line for each task when it is done: where it was spawned, who ran it, and how long it took.
//
//   c++ -shared -fPIC print.cpp -o libprint.so
//   WEAVE_TOOL=./libprint.so ./program
#include <weave/observe.h>

#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

namespace {

using clock_type = std::chrono::steady_clock;

struct running {
  std::string name;
  unsigned maker;
  clock_type::time_point since;
};

std::string name_of(const weave_site *where) {
  if (!where)
    return "task";
  if (where->label)
    return where->label;
  return std::string(where->function) + " at " + where->file + ":" + std::to_string(where->line);
}

// A worker runs one task on top of another, each to its end. The thread that is a worker stays it meanwhile.
thread_local std::vector<running> of_this_thread;

void begin(void *, unsigned, uint64_t, const weave_site *where, unsigned maker) {
  of_this_thread.push_back({name_of(where), maker, clock_type::now()});
}

void end(void *, unsigned worker, uint64_t task) {
  const running &done = of_this_thread.back();
  const std::chrono::duration<double, std::micro> took = clock_type::now() - done.since;
  const std::string from = done.maker == worker ? "its own" : "of worker " + std::to_string(done.maker);
  std::fprintf(stderr, "task %llx: %s, %s, on worker %u, %.3f us\n", static_cast<unsigned long long>(task),
               done.name.c_str(), from.c_str(), worker, took.count());
  of_this_thread.pop_back();
}

} // namespace

int weave_observe(unsigned version, unsigned, weave_observer *wanted) {
  if (version < 1)
    return 1;
  wanted->task_begin = &begin;
  wanted->task_end = &end;
  return 0;
}
