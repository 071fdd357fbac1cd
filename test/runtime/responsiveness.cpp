// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Prints how soon workers respond: R8 and R17 as figures (docs/benchmarks.md). Nothing is asserted, since they are the
// machine's as much as the runtime's.
#include "weave/weave.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <random>
#include <sys/resource.h>
#include <thread>
#include <vector>

namespace {

using weave::detail::frame;
using clock = std::chrono::steady_clock;
using std::chrono::microseconds;
using std::chrono::milliseconds;

void compute(clock::duration length) {
  const auto end = clock::now() + length;
  while (clock::now() < end) {
  }
}

double in_microseconds(clock::duration length) { return std::chrono::duration<double, std::micro>(length).count(); }

void print(const char *what, std::vector<double> measured) {
  std::sort(measured.begin(), measured.end());
  const auto at = [&](double part) {
    return measured[static_cast<std::size_t>(part * static_cast<double>(measured.size() - 1))];
  };
  if (measured.empty())
    std::printf("%-64s     none\n", what);
  else
    std::printf("%-64s %8.2f us  (90 %%: %.2f us, of %zu)\n", what, at(0.5), at(0.9), measured.size());
}

// As a thief's request does.
void want_task() { weave::detail::current->wanted.store(weave::detail::request::for_tasks(1)); }

// From a spawn to the start of its task elsewhere, while the owner computes and does not poll. Before it, the owner
// computes for `quiet`, or sleeps; if `quiet` is short, the thief still looks for work.
std::vector<double> spawn_to_start(int rounds, clock::duration quiet, bool sleeps) {
  std::vector<double> measured;
  for (int round = 0; round != rounds; ++round) {
    if (sleeps)
      std::this_thread::sleep_for(quiet);
    else
      compute(quiet);
    std::atomic<clock::rep> started{0};
    frame tasks;
    want_task();
    const auto spawned = clock::now();
    tasks.spawn([&started] {
      started = clock::now().time_since_epoch().count();
      compute(microseconds(10)); // or it would not be worth its passage, and thieves rest after such
    });
    while (started == 0 && clock::now() < spawned + milliseconds(5)) {
    }
    if (started != 0)
      measured.push_back(in_microseconds(clock::duration(started.load()) - spawned.time_since_epoch()));
    tasks.sync();
  }
  return measured;
}

// From the end of a task on a thief to the start of one that the owner put on offer while the thief was busy, and that it keeps, since it computes meanwhile and does not poll.
std::vector<double> kept_to_start(int rounds) {
  std::vector<double> measured;
  const auto fork_and_join = [](auto task, auto meanwhile) {
    weave::detail::region_frame region;
    auto forked = region.fork(task);
    meanwhile();
    forked.join();
  };
  for (int round = 0; round != rounds; ++round) {
    std::atomic<bool> held{false}, released{false};
    std::atomic<clock::rep> ended{0}, started{0};
    frame tasks;
    want_task();
    tasks.spawn([&, owner = std::this_thread::get_id()] {
      held = true;
      while (std::this_thread::get_id() != owner && !released) {
      }
      ended = clock::now().time_since_epoch().count();
    });
    while (!held)
      std::this_thread::yield();
    if (ended == 0) {
      fork_and_join([] {}, [] {}); // and nobody takes this, so that the next is kept
      fork_and_join([&started] { started = clock::now().time_since_epoch().count(); },
                    [&] {
                      compute(microseconds(20));
                      released = true;
                      for (const auto end = clock::now() + milliseconds(5); started == 0 && clock::now() < end;) {
                      }
                      if (started != 0)
                        measured.push_back(in_microseconds(clock::duration(started - ended)));
                    });
    }
    tasks.sync();
  }
  return measured;
}

// From the end of a task on a thief to the start of its next, which somebody else made.
std::vector<double> end_to_start() {
  struct life {
    std::thread::id runner;
    clock::time_point start, end;
  };
  std::vector<life> lives(20000);
  {
    frame tasks;
    for (life &each : lives)
      tasks.spawn([&each] {
        each.start = clock::now();
        compute(microseconds(20));
        each.runner = std::this_thread::get_id();
        each.end = clock::now();
      });
  }
  std::vector<life *> stolen;
  for (life &each : lives)
    if (each.runner != std::this_thread::get_id())
      stolen.push_back(&each);
  std::sort(stolen.begin(), stolen.end(), [](const life *a, const life *b) { return a->start < b->start; });
  std::vector<double> measured;
  for (std::size_t i = 1; i < stolen.size(); ++i)
    measured.push_back(in_microseconds(stolen[i]->start - stolen[i - 1]->end));
  return measured;
}

// How long a sleeping thread takes to run without any runtime.
std::vector<double> bare_wake_up(int rounds) {
  std::vector<double> measured;
  std::mutex mutex;
  std::condition_variable changed;
  bool woken = false;
  for (int round = 0; round != rounds; ++round) {
    clock::time_point ran;
    woken = false;
    std::thread sleeper([&] {
      std::unique_lock lock(mutex);
      changed.wait(lock, [&] { return woken; });
      ran = clock::now();
    });
    std::this_thread::sleep_for(milliseconds(5));
    const auto begin = clock::now();
    {
      const std::lock_guard lock(mutex);
      woken = true;
    }
    changed.notify_one();
    sleeper.join();
    measured.push_back(in_microseconds(ran - begin));
  }
  return measured;
}

// A loop spawns tasks of uneven length, which sleep. Returns how much longer it takes than if nobody ever idled.
double uneven_tasks(unsigned workers) {
  std::minstd_rand numbers(1);
  microseconds total{0};
  const auto begin = clock::now();
  {
    frame tasks;
    for (int i = 0; i != 200; ++i) {
      const microseconds length(1000 + numbers() % 20 * (numbers() % 20) * 40);
      total += length;
      tasks.spawn([length] { std::this_thread::sleep_for(length); });
    }
  }
  return in_microseconds(clock::now() - begin) / in_microseconds(total / workers);
}

double processor_milliseconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto milliseconds = [](const timeval &time) {
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
  };
  return milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime);
}

void measure(const char *name, weave::waiting wait) {
  std::printf("WEAVE_WAIT=%s\n", name);
  weave::options options;
  options.wait = wait;
  options.workers = 2;
  {
    const weave::runtime two(options);
    print("  a thief's next task, after one ends", end_to_start());
    print("  the same, if its owner made it while all were busy", kept_to_start(500));
    print("  a task's start, beside a thief that looks for work", spawn_to_start(500, microseconds(10), false));
    print("  a task's start, beside one that sleeps for a short time", spawn_to_start(200, milliseconds(1), false));
    print("  a task's start, when all have slept", spawn_to_start(200, milliseconds(5), true));
  }
  options.workers = 4;
  const weave::runtime four(options);
  std::printf("%-64s %8.2f\n", "  time of 200 uneven tasks at 4 workers, against the ideal", uneven_tasks(4));
  spawn_to_start(10, milliseconds(1), false);
  std::this_thread::sleep_for(milliseconds(100));
  const double before = processor_milliseconds();
  std::this_thread::sleep_for(std::chrono::seconds(2));
  std::printf("%-64s %8.2f ms\n", "  processor time of 4 idle workers in 2 s", processor_milliseconds() - before);
}

} // namespace

int main() {
  print("a wake-up by a condition variable, without any runtime", bare_wake_up(200));
  measure("passive", weave::waiting::passive);
  measure("balanced", weave::waiting::balanced);
  measure("active", weave::waiting::active);
}
