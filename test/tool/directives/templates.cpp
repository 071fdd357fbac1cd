// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Patterns are woven, not instantiations: decisions depend on the text alone.
// RUN: %transform | %FileCheck %s
void beside(); // what runs while a task does
int work(int);

template <class T> T pattern(T n, int k, T *p) {
  T x, y;
  const int w = 4;
  constexpr int size = sizeof(T);
  // A type that is not known goes by reference, a scalar that the text does not assign by copy, whatever is called with it.
  // CHECK: .spawn([&x, &n, w, k, size, p] { (void)&w; (void)&size;
#pragma weave spawn
  x = pattern<T>(n - w, k + size, p);
  y = 3;
  // CHECK: .spawn([p, &k] {
#pragma weave spawn
  *p = k++; beside();
#pragma weave sync
  return x + y;
}
template int pattern(int, int, int *);
template long pattern(long, int, long *);

template <class T> struct holder {
  T value;
  void set(int n);
  template <class U> void convert(U u) {
    // CHECK: .fork([this, &u] {
#pragma weave spawn
    value = static_cast<T>(u); beside();
  }
};
template <class T> void holder<T>::set(int n) {
  // CHECK: .fork([this, n] {
#pragma weave spawn
  value = work(n); beside();
}
template struct holder<long>;
template void holder<long>::convert(short);

// What an instantiation may discard is still captured, and marked as used.
template <class T> void discarded(int n, int *q) {
  // CHECK: .spawn([q, n] { (void)&q; (void)&n;
#pragma weave spawn
  if constexpr (sizeof(T) == 4)
    q[0] = n; beside();
}
template void discarded<int>(int, int *);
template void discarded<char>(int, int *);
