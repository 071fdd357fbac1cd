// The task had a copy of the lambda, the object or the view, but the block ended first that declares what these lead to.
// RUN: %same_everywhere
// RUN: %any_schedule
#include <cstdio>

struct token {
  explicit token(long start) : value(start) {}
  ~token() { *static_cast<volatile long *>(&value) = -1; }
  long value;
};
struct view {
  const token *data;
  const token &operator[](int n) const { return data[n]; }
};

static long lambda(long p) {
  long x = 1;
  {
    const token t(p);
    const auto f = [&] { return t.value; };
#pragma weave spawn
    x += f();
  }
#pragma weave sync
  return x;
}

static long member(long p) {
  long x = 1;
  if (p % 2 == 0) {
    const token t(p);
    const struct {
      const token &at;
    } link{t};
#pragma weave spawn
    x += link.at.value;
  }
#pragma weave sync
  return x;
}

static long array(long p) {
  long x = 1;
  {
    const token v[2] = {token(p), token(p + 1)};
    const view all{v};
#pragma weave spawn
    x += all[1].value;
  }
#pragma weave sync
  return x;
}

int main() {
  for (long n = 0; n < 4; ++n)
    std::printf("%ld %ld %ld\n", lambda(n), member(n), array(n));
}
