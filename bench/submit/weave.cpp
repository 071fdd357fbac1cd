// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "kernel.h"
#include <weave/weave.h>

struct engine {
  template <class F> weave::future<long> submit(F f) { return weave::submit(f); }
};

int main(int argc, char **argv) { return bench::main<bench::submission<engine>>(argc, argv); }
