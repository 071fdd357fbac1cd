// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A shared library that spawns is loaded by a program that does so too, and by one that knows nothing of Weave: this
// file is built as both.
#ifdef WEAVE_PARALLEL
#include "weave/weave.h"
#endif

#include <dlfcn.h>
#include <gtest/gtest.h>
#include <thread>
#include <vector>

#if defined(__SANITIZE_ADDRESS__)
// The default runtime is never freed, since threads may come to it at any time. Of a library that was unloaded nothing
// refers to it any more, so that it would pass for a leak.
extern "C" int __lsan_is_turned_off() { return 1; }
#endif

namespace {

class plugin {
public:
  plugin() : handle_(dlopen(PLUGIN, RTLD_NOW | RTLD_LOCAL)) {
    if (!handle_)
      ADD_FAILURE() << dlerror();
  }
  plugin(const plugin &) = delete;
  plugin &operator=(const plugin &) = delete;
  ~plugin() {
    if (handle_)
      dlclose(handle_);
  }
  long fib(int n) const { return reinterpret_cast<long (*)(int)>(dlsym(handle_, "plugin_fib"))(n); }
  const void *place_of_worker() const { return reinterpret_cast<const void *(*)()>(dlsym(handle_, "plugin_place_of_worker"))(); }
  unsigned workers() const { return reinterpret_cast<unsigned (*)()>(dlsym(handle_, "plugin_workers"))(); }

private:
  void *handle_;
};

// What the program itself does with Weave at the same time.
long own_work() {
#ifdef WEAVE_PARALLEL
  return weave::spawn([] { return 21L; }).get() + weave::spawn([] { return 21L; }).get();
#else
  return 42;
#endif
}

TEST(Plugin, SpawnsInAThreadThatIsThere) {
  EXPECT_EQ(own_work(), 42);
  const plugin loaded;
  EXPECT_EQ(loaded.fib(20), 6765);
  EXPECT_GE(loaded.workers(), 1u);
  EXPECT_EQ(own_work(), 42);
}

#ifdef WEAVE_PARALLEL
TEST(Plugin, SharesTheWorkersOfTheProgram) {
  const plugin loaded;
  EXPECT_EQ(loaded.place_of_worker(), &weave::detail::current);
  EXPECT_EQ(loaded.workers(), weave::num_workers());
}
#endif

TEST(Plugin, SpawnsInManyThreads) {
  const plugin loaded;
  std::vector<std::thread> threads;
  for (int i = 0; i != 4; ++i)
    threads.emplace_back([&loaded] {
      for (int round = 0; round != 20; ++round) {
        EXPECT_EQ(loaded.fib(15), 610);
        EXPECT_EQ(own_work(), 42);
      }
    });
  for (std::thread &each : threads)
    each.join();
}

// Its workers end before their code goes.
TEST(Plugin, IsUnloadedWithItsWorkers) {
  for (int round = 0; round != 20; ++round) {
    plugin loaded;
    std::thread([&loaded] { EXPECT_EQ(loaded.fib(12), 144); }).join();
  }
}

TEST(Plugin, IsLoadedByAThread) {
  std::thread([] {
    const plugin loaded;
    EXPECT_EQ(loaded.fib(12), 144);
  }).join();
}

} // namespace
