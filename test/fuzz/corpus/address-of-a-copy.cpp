// The task kept the address of its own copy of what it only reads.
// RUN: %same_everywhere
// RUN: %any_schedule
#include <algorithm>
#include <cstdio>

struct duo {
  long a, b;
  const long *at() const { return &b; }
};

static void keep(const long *&where, const long &what) { where = &what; }

static int which(long p, long q, const duo &s) {
  const long *greater, *kept, *member, *bound, *through;
#pragma weave spawn
  greater = &std::max(p, q);
#pragma weave spawn
  keep(kept, q);
  const duo own = s;
#pragma weave spawn
  member = own.at();
#pragma weave spawn
  {
    const long &r = std::min(p, q);
    bound = &r;
  }
#pragma weave spawn
  {
    const auto f = [&]() -> const long & { return p; };
    through = &f();
  }
#pragma weave sync
  return (greater == &p) + 2 * (greater == &q) + 4 * (kept == &q) + 8 * (member == &own.b) + 16 * (bound == &p) +
         32 * (bound == &q) + 64 * (through == &p);
}

int main() { std::printf("%d %d\n", which(1, 2, {}), which(2, 1, {})); }
