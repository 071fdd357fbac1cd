// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// taken_back CALLS: calls that spawn a task each and join it, while every other worker is busy: what a task costs that is made but not stolen.
// Not for other engines: callgrind counts its instructions.
#include "../harness.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

/// Keeps other threads busy, and lets the one that made it pass.
class gate {
public:
  void hold() {
    if (std::this_thread::get_id() == maker_)
      return;
    ++held;
    std::unique_lock lock(mutex_);
    opened_.wait(lock, [this] { return open_; });
  }
  /// Waits until more than so many are held, or in vain.
  void await_another(int before) const {
    for (const auto begin = std::chrono::steady_clock::now(); held == before && std::chrono::steady_clock::now() - begin < std::chrono::milliseconds(20);)
      std::this_thread::yield();
  }
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    opened_.notify_all();
  }

  std::atomic<int> held{0};

private:
  const std::thread::id maker_ = std::this_thread::get_id();
  std::mutex mutex_;
  std::condition_variable opened_;
  bool open_ = false;
};

static void count(long &calls) {
  ++calls;
  asm volatile("" : "+m"(calls));
}

// What the task could run beside: without it, the statement would run in place.
static void beside() { asm volatile(""); }

static void call(long &calls) {
#pragma weave spawn
  count(calls);
  beside();
#pragma weave sync
}

class kernel {
public:
  static constexpr std::size_t sizes = 1;
  explicit kernel(const long *size) : calls_(size[0]) {}

  void run() {
    gate busy;
    const int others = bench::workers() - 1;
    for (int tries = 0; tries < 100 && busy.held != others; ++tries) {
      const int before = busy.held;
#pragma weave spawn
      busy.hold();
      busy.await_another(before); // or one more would be on offer for all that follows
    }
    for (long i = 0; i < calls_; ++i)
      call(made_);
    was_alone_ = busy.held == others;
    busy.open();
#pragma weave sync
  }

  bool right() const { return made_ == calls_ && was_alone_; }

private:
  const long calls_;
  long made_ = 0;
  bool was_alone_ = false;
};

int main(int argc, char **argv) { return bench::main<kernel>(argc, argv); }
