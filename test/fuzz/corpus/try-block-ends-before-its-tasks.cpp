// What a task threw left the function, since its frame stood around the try block that holds the spawn, not in it.
// RUN: %same_everywhere
// RUN: %any_schedule
#include <cstdio>

struct fault {
  long code;
};

static long risky(long p) {
  if (p % 3 == 0)
    throw fault{p};
  return p + 1;
}

static long in_a_branch(long p) {
  long x = 0;
  try {
    if (p % 2 == 0) {
#pragma weave spawn
      x = risky(p);
    }
    p = risky(p + 1);
  } catch (const fault &e) {
    x = p = e.code;
  }
  return 10 * x + p;
}

static long in_a_loop(long p) {
  long x[4];
  try {
    for (int i = 0; i < 4; ++i)
#pragma weave spawn
      x[i] = risky(p + i);
  } catch (const fault &e) {
    for (long &each : x)
      each = e.code;
  }
  return x[0] + x[1] + x[2] + x[3];
}

static long in_a_handler(long p) {
  long x = 0;
  try {
    try {
      p = risky(p);
    } catch (const fault &e) {
#pragma weave spawn
      x = risky(e.code + 2);
      if (e.code % 2 == 0)
        throw;
    }
  } catch (const fault &e) {
    x = p = -e.code;
  }
#pragma weave spawn
  p += 2;
#pragma weave sync
  return 10 * x + p;
}

int main() {
  for (long n = 0; n < 12; ++n)
    std::printf("%ld %ld %ld\n", in_a_branch(n), in_a_loop(n), in_a_handler(n));
}
