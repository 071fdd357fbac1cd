// Macros of the user changed the names in the generated text.
// RUN: %same_everywhere
// RUN: %any_schedule
#include <cstdio>
#include <weave/weave.h>

#define frame 33
#define plus(value) ((value) + 1)
#define iterations 69
#define in 5
#define when(value) ((value) * 2)
#define task(to, what) to = (what);

static long work(long p) {
  long v[4], sum = 0, x = frame;
#pragma weave parallel_for reduction(+: sum)
  for (int i = 0; i < 4; ++i)
    sum += plus(i) + in;
#pragma weave parallel_for
  for (long &each : v)
    each = when(p);
#pragma weave spawn if(plus(p) % 2 == 0)
  task(x, sum + iterations)
#pragma weave spawn depends_on(inout: sum)
  sum += v[0];
#pragma weave sync
  return sum + x;
}

int main() { std::printf("%ld %ld\n", work(2), work(3)); }
