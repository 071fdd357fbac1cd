export module plain;
export int one(int n) {
  int a = 0, b = 0;
#pragma weave spawn
  a = n;
  b = 0 * n;
#pragma weave sync
  return a + b;
}
