// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// R18: what the runtime makes of the machine and of the WEAVE_* variables. Each test runs in a process of its own.
#include "support.h"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <pthread.h>
#include <sched.h>
#include <stdexcept>
#include <string>
#include <sys/resource.h>
#include <utility>
#include <vector>

namespace {

using weave::detail::frame;
using namespace weave::test;
using testing::ExitedWithCode;

class Machine : public testing::Test {
protected:
  // The child starts anew, so that its runtime reads the environment that the child sets.
  void SetUp() override { GTEST_FLAG_SET(death_test_style, "threadsafe"); }
};

/// The processors that the calling thread may run on.
std::vector<int> mask() {
  cpu_set_t set;
  std::vector<int> result;
  if (sched_getaffinity(0, sizeof set, &set) == 0)
    for (int each = 0; each != CPU_SETSIZE; ++each)
      if (CPU_ISSET(each, &set))
        result.push_back(each);
  return result;
}

/// The processors that a helper may run on.
std::vector<int> mask_of_helper() {
  std::vector<int> result;
  std::atomic<bool> ran{false};
  frame tasks;
  want_task();
  tasks.spawn([&] {
    result = mask();
    ran = true;
  });
  return comes_true([&ran] { return ran.load(); }) ? result : std::vector<int>();
}

long fib(int n) {
  if (n < 2)
    return n;
  long x = 0, y = 0;
  frame tasks;
  want_task();
  tasks.spawn([&x, n] { x = fib(n - 1); });
  y = fib(n - 2);
  tasks.sync();
  return x + y;
}

[[noreturn]] void end(bool right) { std::_Exit(right ? 0 : 1); }

bool can_bind() { // as the runtime was built and as it finds this system
  try {
    weave::options options;
    options.workers = 1;
    options.bind = weave::binding::close;
    const weave::runtime bound(options);
    return true;
  } catch (const std::exception &) {
    return false;
  }
}

void start_with(const char *variable, const char *value) {
  setenv(variable, value, 1);
  weave::num_workers();
  std::_Exit(0);
}

TEST_F(Machine, R18HonoursTheAffinityMask) {
  EXPECT_EXIT(
      {
        unsetenv("WEAVE_NUM_THREADS");
        cpu_set_t one;
        CPU_ZERO(&one);
        CPU_SET(mask().back(), &one);
        sched_setaffinity(0, sizeof one, &one);
        end(weave::num_workers() == 1);
      },
      ExitedWithCode(0), "");
}

TEST_F(Machine, R18BindsNobodyUnlessAsked) {
  EXPECT_EXIT(
      {
        setenv("WEAVE_NUM_THREADS", "2", 1);
        end(mask_of_helper() == mask());
      },
      ExitedWithCode(0), "");
}

TEST_F(Machine, R18BindsHelpersWithinTheMask) {
  if (!can_bind())
    GTEST_SKIP() << "threads cannot be bound here";
  EXPECT_EXIT(
      {
        setenv("WEAVE_NUM_THREADS", "2", 1);
        setenv("WEAVE_BIND", "close", 1);
        setenv("WEAVE_PLACES", "threads", 1);
        const std::vector<int> all = mask();
        const std::vector<int> helper = mask_of_helper();
        end(helper.size() == 1 && std::find(all.begin(), all.end(), helper[0]) != all.end() && mask() == all);
      },
      ExitedWithCode(0), "");
}

TEST_F(Machine, R18RunsAsManyWorkersAsItsPlacesHold) {
  if (!can_bind())
    GTEST_SKIP() << "threads cannot be bound here";
  EXPECT_EXIT(
      {
        unsetenv("WEAVE_NUM_THREADS");
        setenv("WEAVE_PLACES", ("{" + std::to_string(mask().back()) + "}").c_str(), 1);
        end(weave::num_workers() == 1);
      },
      ExitedWithCode(0), "");
}

// On another machine than that which hwloc is told, nobody is bound, but victims have their order.
TEST_F(Machine, WorksOnATopologyThatIsMadeUp) {
  if (!can_bind())
    GTEST_SKIP() << "threads cannot be bound here";
  EXPECT_EXIT(
      {
        setenv("HWLOC_SYNTHETIC", "package:2 core:8 pu:2", 1);
        setenv("WEAVE_NUM_THREADS", "12", 1);
        setenv("WEAVE_BIND", "spread", 1);
        end(mask_of_helper() == mask());
      },
      ExitedWithCode(0), "");
}

TEST_F(Machine, RefusesBadVariables) {
  EXPECT_EXIT(start_with("WEAVE_BIND", "true"), ExitedWithCode(EXIT_FAILURE),
              "^weave: error: WEAVE_BIND is 'true'; set it to none, close or spread, or unset it\n$");
  EXPECT_EXIT(start_with("WEAVE_WAIT", "Passive"), ExitedWithCode(EXIT_FAILURE),
              "^weave: error: WEAVE_WAIT is 'Passive'; set it to passive, balanced or active, or unset it\n$");
  EXPECT_EXIT(start_with("WEAVE_DISPLAY_ENV", "yes"), ExitedWithCode(EXIT_FAILURE),
              "^weave: error: WEAVE_DISPLAY_ENV is 'yes'; set it to 0 or 1, or unset it\n$");
  if (can_bind()) {
    EXPECT_EXIT(start_with("WEAVE_PLACES", "{0"), ExitedWithCode(EXIT_FAILURE),
                "^weave: error: WEAVE_PLACES is '\\{0'; set it to threads, cores or sockets, or to a list of places "
                "such as \\{0:4\\},\\{4:4\\}\n$");
    EXPECT_EXIT(start_with("WEAVE_PLACES", "{1000000}"), ExitedWithCode(EXIT_FAILURE),
                "^weave: error: WEAVE_PLACES is '\\{1000000\\}', but processor 1000000 is not among those that this "
                "process may use: 0");
  }
}

TEST_F(Machine, TakesEmptyVariablesAsUnset) {
  for (const char *each : {"WEAVE_NUM_THREADS", "WEAVE_BIND", "WEAVE_PLACES", "WEAVE_WAIT", "WEAVE_STACKSIZE", "WEAVE_DISPLAY_ENV"})
    EXPECT_EXIT(start_with(each, ""), ExitedWithCode(0), "^$") << each;
}

TEST_F(Machine, ThrowsForBadOptions) {
  weave::options options;
  options.workers = 1;
  options.places = "everywhere";
  if (can_bind()) {
    EXPECT_THROW(weave::runtime{options}, std::invalid_argument);
  } else {
    EXPECT_THROW(weave::runtime{options}, std::runtime_error);
  }
  options.bind = weave::binding::none; // then nobody looks at the places
  EXPECT_NO_THROW(weave::runtime{options});
}

TEST_F(Machine, DisplaysWhatIsInForce) {
  EXPECT_EXIT(
      {
        setenv("WEAVE_DISPLAY_ENV", "1", 1);
        setenv("WEAVE_NUM_THREADS", "3", 1);
        setenv("WEAVE_WAIT", "passive", 1);
        setenv("WEAVE_NUM_THREAD", "4", 1);
        weave::num_workers();
        end(true);
      },
      ExitedWithCode(0),
      "WEAVE_NUM_THREADS = '3'\n  WEAVE_BIND = 'none'\n  WEAVE_PLACES = ''\n  WEAVE_WAIT = 'passive'\n  WEAVE_STACKSIZE = '[0-9]+K'\n  WEAVE_STATS = ''\n"
      "  WEAVE_TRACE = ''\n  WEAVE_TRACE_LIMIT = '[0-9]+'\n  WEAVE_TOOL = ''\n"
      "WEAVE DISPLAY ENVIRONMENT END\n(.*\n)*weave: warning: WEAVE_NUM_THREAD is set, but the runtime knows no such "
      "variable\n");
  if (can_bind()) {
    EXPECT_EXIT(
        {
          setenv("HWLOC_SYNTHETIC", "package:2 core:4 pu:1", 1);
          setenv("WEAVE_DISPLAY_ENV", "1", 1);
          setenv("WEAVE_NUM_THREADS", "3", 1);
          setenv("WEAVE_PLACES", "sockets", 1);
          weave::num_workers();
          end(true);
        },
        ExitedWithCode(0), "WEAVE_BIND = 'close'\n  WEAVE_PLACES = '\\{0,1,2,3\\},\\{4,5,6,7\\}'\n");
  }
}

/// The size of a helper's stack.
std::size_t stack_of_helper() {
  std::atomic<std::size_t> bytes{0};
  frame tasks;
  want_task();
  tasks.spawn([&] {
    pthread_attr_t attributes;
    std::size_t found = 1;
    if (pthread_getattr_np(pthread_self(), &attributes) == 0)
      pthread_attr_getstacksize(&attributes, &found);
    pthread_attr_destroy(&attributes);
    bytes = found;
  });
  comes_true([&bytes] { return bytes != 0; });
  return bytes;
}

void limit_stack(rlim_t bytes) {
  rlimit limit{};
  getrlimit(RLIMIT_STACK, &limit);
  limit.rlim_cur = bytes;
  setrlimit(RLIMIT_STACK, &limit);
}

constexpr std::size_t megabyte = std::size_t{1} << 20;

TEST_F(Machine, GivesHelpersTheStackOfTheFirstThread) {
  rlimit limit{};
  getrlimit(RLIMIT_STACK, &limit);
  struct {
    rlim_t limit;
    std::size_t least;
  } const cases[] = {{20 * megabyte, 20 * megabyte}, {RLIM_INFINITY, 64 * megabyte}, {megabyte, 2 * megabyte}};
  for (const auto &each : cases) {
    if (each.limit > limit.rlim_max)
      continue;
    EXPECT_EXIT(
        {
          limit_stack(each.limit);
          setenv("WEAVE_NUM_THREADS", "2", 1);
          unsetenv("WEAVE_STACKSIZE");
          end(stack_of_helper() >= each.least);
        },
        ExitedWithCode(0), "");
  }
}

TEST_F(Machine, GivesHelpersTheStackThatIsAskedFor) {
  const std::pair<const char *, std::size_t> sizes[] = {
      {"33M", 33 * megabyte}, {" 34 m ", 34 * megabyte}, {"35840", 35 * megabyte}, {"36864k", 36 * megabyte}, {"38797312B", 37 * megabyte}, {"1G", 1024 * megabyte}};
  for (const auto &[text, bytes] : sizes)
    EXPECT_EXIT(
        {
          setenv("WEAVE_NUM_THREADS", "2", 1);
          setenv("WEAVE_STACKSIZE", text, 1);
          const std::size_t found = stack_of_helper();
          end(found >= bytes && found < bytes + megabyte / 2);
        },
        ExitedWithCode(0), "")
        << text;
  EXPECT_EXIT(
      {
        setenv("WEAVE_STACKSIZE", "1G", 1);
        weave::options options;
        options.workers = 2;
        options.stack_size = 5 * megabyte;
        const weave::runtime mine(options);
        end(stack_of_helper() < 6 * megabyte);
      },
      ExitedWithCode(0), "");
}

TEST_F(Machine, RefusesBadStackSizes) {
  for (const char *each : {"0", "-1", "16 MB", "16x", "M", "1.5G", "63K", "1025G", "18446744073709551615", "99999999999999999999"})
    EXPECT_EXIT(start_with("WEAVE_STACKSIZE", each), ExitedWithCode(EXIT_FAILURE),
                "^weave: error: WEAVE_STACKSIZE is '.*'; set it to a size from 64K to 1024G, such as 16M \\(a number alone means kilobytes\\), or unset it to have what `ulimit -s` says\n$")
        << each;
  weave::options options;
  options.workers = 1;
  for (const std::size_t each : {std::size_t{1}, ~std::size_t{0}}) {
    options.stack_size = each;
    EXPECT_THROW(weave::runtime{options}, std::invalid_argument);
  }
}

// On a few processors that is slow, but right.
TEST_F(Machine, R18RunsAThousandWorkers) {
  weave::options options;
  options.workers = static_cast<unsigned>(scaled(1024, 16));
  const weave::runtime many(options);
  EXPECT_EQ(weave::num_workers(), options.workers);
  for (int round = 0; round != 3; ++round)
    EXPECT_EQ(fib(18), 2584);
  std::atomic<long> done{0};
  frame tasks;
  for (int i = 0; i != 5000; ++i) {
    want_task();
    tasks.spawn([&done] { ++done; });
  }
  tasks.sync();
  EXPECT_EQ(done, 5000);
}

// Each way of waiting runs a program whose workers sleep and wake all the time.
class Waiting : public testing::TestWithParam<weave::waiting> {};

TEST_P(Waiting, IsOnlyAMatterOfTime) {
  weave::options options;
  options.workers = 3;
  options.wait = GetParam();
  const weave::runtime mine(options);
  for (int round = 0; round != scaled(200, 5); ++round) {
    std::atomic<int> done{0};
    frame tasks;
    for (int i = 0; i != 10; ++i) {
      want_task();
      tasks.spawn([&done] {
        dawdle();
        ++done;
      });
    }
    if (round % 8 == 0)
      std::this_thread::sleep_for(std::chrono::microseconds(200)); // the helpers fall asleep
    tasks.sync();
    ASSERT_EQ(done, 10);
  }
  EXPECT_EQ(weave::spawn([] { return weave::spawn([] { return 7; }).get(); }).get(), 7);
}

INSTANTIATE_TEST_SUITE_P(All, Waiting,
                         testing::Values(weave::waiting::passive, weave::waiting::balanced, weave::waiting::active));

} // namespace
