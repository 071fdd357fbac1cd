export module plain;
export int one(int n) {
  int a = 0;
#pragma weave spawn
  a = n;
#pragma weave sync
  return a;
}
