// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Measures on this machine what the simulator's machine must know, and prints it as options of `simulator`. Needs two idle processors.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <thread>
#include <vector>

namespace {

using clock_type = std::chrono::steady_clock;

/// The median of some runs of `work`, in nanoseconds for each of its `operations`.
template <class Work> long median(int operations, Work work) {
  std::vector<double> times;
  for (int run = 0; run != 15; ++run) {
    const auto begin = clock_type::now();
    work(operations);
    times.push_back(std::chrono::duration<double, std::nano>(clock_type::now() - begin).count() / operations);
  }
  std::nth_element(times.begin(), times.begin() + times.size() / 2, times.end());
  return static_cast<long>(times[times.size() / 2] + 0.5);
}

alignas(64) std::atomic<int> turn{0};

/// Two threads answer each other: a transfer there, and one back. Each round by itself, since some meet an interruption.
std::vector<double> bounce() {
  constexpr int rounds = 50000;
  std::vector<double> times;
  std::thread other([] {
    for (int i = 0; i != rounds; ++i) {
      while (turn.load(std::memory_order_acquire) != 2 * i + 1) {
      }
      turn.store(2 * i + 2, std::memory_order_release);
    }
  });
  for (int i = 0; i != rounds; ++i) {
    const auto begin = clock_type::now();
    turn.store(2 * i + 1, std::memory_order_release);
    while (turn.load(std::memory_order_acquire) != 2 * i + 2) {
    }
    times.push_back(static_cast<double>((clock_type::now() - begin).count()) / 2);
  }
  other.join();
  return times;
}

/// What it takes to wake a thread that sleeps: for who wakes it, and until it runs.
void measure_wake_ups(std::vector<double> &notify, std::vector<double> &wake_up) {
  std::atomic<int> state{0};
  std::atomic<clock_type::rep> woken{0};
  constexpr int rounds = 200;
  std::thread sleeper([&] {
    for (int i = 0; i != rounds; ++i) {
      state.wait(i);
      woken = clock_type::now().time_since_epoch().count();
    }
  });
  for (int i = 0; i != rounds; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    woken = 0;
    state = i + 1;
    const auto begin = clock_type::now();
    state.notify_one();
    const auto end = clock_type::now();
    while (woken == 0)
      std::this_thread::yield();
    notify.push_back(static_cast<double>((end - begin).count()));
    wake_up.push_back(static_cast<double>(woken - begin.time_since_epoch().count()));
  }
  sleeper.join();
}

long middle(std::vector<double> &times) {
  std::nth_element(times.begin(), times.begin() + times.size() / 2, times.end());
  return static_cast<long>(times[times.size() / 2]);
}

void relax() {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("isb" ::: "memory");
#endif
}

} // namespace

int main() {
  std::vector<double> transfer = bounce(), notify, wake_up;
  measure_wake_ups(notify, wake_up);
  const auto repeat = [](auto operation) {
    return [operation](int count) {
      for (int i = 0; i != count; ++i)
        operation();
    };
  };
  std::printf("--transfer %ld --notify %ld --wake-up %ld --yield %ld --relax %ld --modify %ld\n", middle(transfer),
              middle(notify), middle(wake_up), median(20000, repeat([] { std::this_thread::yield(); })), median(100000, repeat([] { relax(); })),
              median(100000, repeat([] { turn.fetch_add(1); })));
}
