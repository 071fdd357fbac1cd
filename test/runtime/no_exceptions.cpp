// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The same headers in a program that is compiled with -fno-exceptions.
#include "support.h"

#include <vector>

#ifdef __cpp_exceptions
#error "this file tests a build without exceptions"
#endif

namespace {

using namespace weave::detail;
using namespace weave::test;

TEST(NoExceptions, FramesLoopsAndGraphsWork) {
  int x = 0, y = 0;
  {
    frame weave_frame_1;
    WEAVE_TRY {
      want_task();
      weave_frame_1.spawn([&x] { x = 1; });
      weave_frame_1.sync();
    }
    WEAVE_CATCH(weave_frame_1)
  }
  graph_frame weave_frame_2;
  want_task();
  weave_frame_2.spawn_after({in(x), out(y)}, [&x, &y] { y = x + 1; });
  weave_frame_2.spawn_after({inout(y)}, [&y] { y *= 10; });
  weave_frame_2.sync();
  long sum = 0;
  parallel_reduce(
      iterations<int, bound::less, direction::up>(0, 1000, 1),
      [](auto weave_begin, auto weave_end, auto &weave_sum) {
        for (int i = weave_begin; i < weave_end; ++i)
          weave_sum += i;
      },
      reduction<plus>(sum));
  EXPECT_EQ(y, 20);
  EXPECT_EQ(sum, 499500);
}

} // namespace
