// A const member of a base counted as a change, so that the task borrowed d, and saw what became of it later.
// RUN: %same_everywhere
// RUN: %any_schedule
#include <cstdio>
#include <iterator>

struct base {
  long value;
  long get() const { return value; }
  operator long() const { return value; }
};
template <class D> struct reader {
  long read() const { return static_cast<const D &>(*this).value; }
};
struct derived : base, reader<derived> {};

static long copies(long p) {
  derived d{{p}, {}};
  long x, y, z;
#pragma weave spawn
  x = d.get();
  d.value = 77;
#pragma weave sync
#pragma weave spawn
  y = d.read() + 1;
  d.value = 78;
#pragma weave sync
#pragma weave spawn
  z = d + 2L;
  d.value = 79;
#pragma weave sync
  return x + 100 * (y + 100 * (z + 100 * d.value));
}

template <class D> struct facade {
  using iterator_category = std::random_access_iterator_tag;
  using value_type = long;
  using difference_type = std::ptrdiff_t;
  using pointer = long *;
  using reference = long &;
  long &operator*() const { return *where(); }
  long &operator[](std::ptrdiff_t n) const { return where()[n]; }
  D &operator++() { return *this += 1; }
  D &operator+=(std::ptrdiff_t n) {
    auto &self = static_cast<D &>(*this);
    self.position += n;
    return self;
  }
  D operator+(std::ptrdiff_t n) const { return D(where() + n); }
  std::ptrdiff_t operator-(const facade &other) const { return where() - other.where(); }
  bool operator!=(const facade &other) const { return where() != other.where(); }
  bool operator<(const facade &other) const { return where() < other.where(); }

private:
  long *where() const { return static_cast<const D &>(*this).position; }
};
struct walker : facade<walker> {
  explicit walker(long *start = nullptr) : position(start) {}
  long *position;
};

static long loop(long p) {
  long v[5] = {1, 2, 3, 4, p}, sum = 0;
#pragma weave parallel_for
  for (auto i = walker(v); i != walker(v + 5); ++i)
    *i *= 2;
  for (const long each : v)
    sum += each;
  return sum;
}

int main() {
  for (long n = 0; n < 4; ++n)
    std::printf("%ld %ld\n", copies(n), loop(n));
}
