export module whole:part;
export int thirty(int n) {
  int a = 0;
#pragma weave spawn
  a = 10 * n;
#pragma weave sync
  return a;
}
