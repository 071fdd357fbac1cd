// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "kernel.h"
#include <future>

struct engine {
  template <class F> std::future<long> submit(F f) { return std::async(std::launch::async, f); }
};

int main(int argc, char **argv) { return bench::main<bench::submission<engine>>(argc, argv); }
