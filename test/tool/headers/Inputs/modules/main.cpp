#include <cstdio>
import plain;
import whole;
int main() {
  int x = 0;
#pragma weave spawn
  x = one(1);
  const int y = twice(2);
#pragma weave sync
  std::printf("%d %d %d %ld\n", x, y, thirty(3), hundreds(4));
}
