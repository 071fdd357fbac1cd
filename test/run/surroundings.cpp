// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a statement sees of its thread besides variables: how it rounds, what it flushes, the exception that is being handled, and signals that are blocked.
// RUN: %same_everywhere -frounding-math
#include <cfenv>
#include <csignal>
#include <cstdio>
#include <exception>
#include <stdexcept>
#include <string>
#include <unistd.h>
#include <vector>
#include <xmmintrin.h>

// A call: compilers move a division across what changes the rounding, with -frounding-math too.
[[gnu::noinline]] static double divide(volatile double a, volatile double b) { return a / b; }
static long work(int n) {
  volatile long sum = 0;
  for (int i = 0; i < n; ++i)
    sum = sum + i;
  return sum;
}

// A loop, and a tree of calls, each under all ways of rounding.
static long loop(int mode) {
  std::fesetround(mode);
  const double here = divide(1, 3);
  long different = 0;
#pragma weave parallel_for reduction(+: different)
  for (int i = 0; i < 20000; ++i)
    different += divide(1, 3) != here;
  std::fesetround(FE_TONEAREST);
  return different;
}

static long tree(int depth, double wanted) {
  if (depth == 0)
    return divide(1, 3) != wanted;
  long left, right;
#pragma weave spawn
  left = tree(depth - 1, wanted);
  right = tree(depth - 1, wanted);
#pragma weave sync
  return left + right;
}

static double flushed() {
  std::vector<double> halves(5000);
  _MM_SET_FLUSH_ZERO_MODE(_MM_FLUSH_ZERO_ON);
#pragma weave parallel_for
  for (int i = 0; i < 5000; ++i)
    halves[i] = divide(2.3e-308, 2);
  _MM_SET_FLUSH_ZERO_MODE(_MM_FLUSH_ZERO_OFF);
  double sum = 0;
  for (double each : halves)
    sum += each * 1e300;
  return sum;
}

static std::string handled() {
  if (!std::current_exception())
    return "none";
  try {
    throw;
  } catch (const std::exception &error) {
    return error.what();
  }
}

static std::string in_handler(int n) {
  std::string first, second, both;
  try {
    throw std::runtime_error("caught " + std::to_string(n));
  } catch (...) {
#pragma weave spawn
    first = handled();
    work(n % 7 * 500);
#pragma weave spawn
    {
      second = handled();
      try {
        throw std::logic_error(" then " + std::to_string(n));
      } catch (...) {
        second += handled();
      }
      second += handled();
    }
#pragma weave sync
    both = first + ", " + second + ", " + handled();
  }
  return both + ", " + handled();
}

static std::string thrown_on(int n) {
  try {
    try {
      throw std::runtime_error("passed on");
    } catch (...) {
#pragma weave spawn
      throw;
      work(n % 5 * 300);
#pragma weave sync
    }
  } catch (const std::exception &error) {
    return error.what();
  }
  return "lost";
}

int main() {
  for (const int mode : {FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO, FE_TONEAREST}) {
    std::fesetround(mode);
    const double third = divide(1, 3);
    const long wrong = tree(12, third);
    std::printf("%ld %ld", loop(mode), wrong);
    std::printf(" %g\n", flushed());
  }
  for (int i = 0; i < 200; ++i) {
    const std::string text = in_handler(i), end = thrown_on(i);
    if (i % 50 == 0 || end != "passed on")
      std::printf("%s; %s\n", text.c_str(), end.c_str());
  }
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  int which = 0;
  kill(getpid(), SIGUSR1);
  sigwait(&set, &which);
  std::printf("%d\n", which == SIGUSR1);
}
