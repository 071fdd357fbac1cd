export module whole:part;
export int thirty(int n) {
  int a = 0, b = 0;
#pragma weave spawn
  a = 9 * n;
  b = n;
#pragma weave sync
  return a + b;
}
