// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// oneTBB's task_arena::enqueue has no result of its own.
#include "kernel.h"
#include <future>
#include <memory>
#include <tbb/global_control.h>
#include <tbb/task_arena.h>

struct engine {
  template <class F> std::future<long> submit(F f) {
    auto call = std::make_shared<std::packaged_task<long()>>(f);
    std::future<long> result = call->get_future();
    arena.enqueue([call] { (*call)(); });
    return result;
  }

  tbb::global_control control{tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(bench::workers())};
  tbb::task_arena arena{bench::workers()};
};

int main(int argc, char **argv) { return bench::main<bench::submission<engine>>(argc, argv); }
