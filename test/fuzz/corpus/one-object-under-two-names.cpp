// The task copied what it reads under one name, and wrote it under another.
// RUN: %same_everywhere
// RUN: %any_schedule
#include <cstdio>
#include <functional>

struct duo {
  long a, b;
};

static long parameters(const duo &in, duo &out) {
#pragma weave spawn
  {
    out.a += 10;
    out.b = in.a;
  }
#pragma weave sync
  return in.a + out.b;
}

static long names(long p) {
  long x, y, z;
  long *const pointer = &p;
#pragma weave spawn
  {
    *pointer += 5;
    x = p;
  }
#pragma weave sync
  const auto access = [&]() -> long & { return p; };
#pragma weave spawn
  {
    ++access();
    y = p;
  }
#pragma weave sync
  const struct {
    long &at;
  } link{p};
#pragma weave spawn
  {
    link.at *= 2;
    z = p;
  }
#pragma weave sync
  return x + y + z;
}

static long ordered(long p) {
  long done = 0, x = 0;
  const std::function<long &()> access = [&]() -> long & { return p; };
#pragma weave spawn depends_on(inout: done)
  {
    access() = 7;
    ++done;
  }
#pragma weave spawn depends_on(in: done)
  x = p;
#pragma weave sync
  return x + done;
}

int main() {
  duo one{1, 2}, two{3, 4};
  const long same = parameters(one, one), other = parameters(one, two);
  std::printf("%ld %ld %ld %ld\n", same, other, names(3), ordered(1));
}
