#include <cstdio>
import plain;
import whole;
int main() {
  int x = 0;
#pragma weave spawn
  x = one(1);
#pragma weave sync
  std::printf("%d %d %d %ld\n", x, twice(2), thirty(3), hundreds(4));
}
