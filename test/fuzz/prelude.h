// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What every generated program starts with.
#include <algorithm>
#include <cstdio>
#include <functional>
#include <iterator>
#include <mutex>
#include <utility>
#include <weave/weave.h>

using word = unsigned long long;

inline word mix(word a, word b) { return (a ^ (a >> 29)) * 0x9e3779b97f4a7c15ull + b; }

// Takes long enough for a thief to come.
__attribute__((noinline)) inline word work(word a) {
  for (int i = 0; i < 200; ++i)
    a = mix(a, 1);
  return a;
}

struct fault {
  word code;
};
struct minor_fault : fault {};
inline word risky(word a) {
  if (a % 5 == 0)
    throw fault{a};
  if (a % 11 == 0)
    throw minor_fault{{a}};
  return mix(a, 7);
}
inline void note(word a) { std::printf("caught %llx\n", a); }

struct duo { // copied into a task that only reads it
  word a;
  unsigned b;
  const word *at() const { return &a; }
};
struct wide { // too large for that
  word a;
  unsigned b;
  word c[8];
};
class token { // not for copying at all
public:
  explicit token(word start) : self(this), value(start) {}
  token(const token &other) : self(this), value(other.get()) {}
  ~token() { // by a write that no optimiser leaves out
    *static_cast<const token *volatile *>(&self) = nullptr;
    *static_cast<volatile word *>(&value) = 0xdead;
  }
  token &operator=(const token &other) {
    value = other.get();
    return *this;
  }
  word get() const { return self == this ? value : 0xdead; }
  void set(word to) { value = to; }

private:
  const token *self;
  word value;
};

// Objects whose members are those of their bases.
struct base {
  word value;
  word get() const { return value; }
  word operator()(word more) const { return value + more; }
  operator word() const { return value; }
  void set(word to) { value = to; }
};
template <class D> struct reader {
  word read() const { return static_cast<const D &>(*this).value + 2; }
};
struct derived : base, reader<derived> {};

// An iterator that leaves all but its position to its base.
template <class D> struct facade {
  using iterator_category = std::random_access_iterator_tag;
  using value_type = word;
  using difference_type = std::ptrdiff_t;
  using pointer = word *;
  using reference = word &;
  word &operator*() const { return *position(); }
  word &operator[](std::ptrdiff_t n) const { return position()[n]; }
  D &operator++() { return *this += 1; }
  D &operator--() { return *this += -1; }
  D operator++(int) { return std::exchange(self(), self() + 1); }
  D operator--(int) { return std::exchange(self(), self() - 1); }
  D &operator+=(std::ptrdiff_t n) {
    self().where += n;
    return self();
  }
  D &operator-=(std::ptrdiff_t n) { return *this += -n; }
  D operator+(std::ptrdiff_t n) const { return D(position() + n); }
  D operator-(std::ptrdiff_t n) const { return D(position() - n); }
  std::ptrdiff_t operator-(const facade &other) const { return position() - other.position(); }
  bool operator==(const facade &other) const { return position() == other.position(); }
  bool operator!=(const facade &other) const { return position() != other.position(); }
  bool operator<(const facade &other) const { return position() < other.position(); }
  bool operator>(const facade &other) const { return position() > other.position(); }
  bool operator<=(const facade &other) const { return position() <= other.position(); }
  bool operator>=(const facade &other) const { return position() >= other.position(); }

private:
  D &self() { return static_cast<D &>(*this); }
  word *position() const { return static_cast<const D &>(*this).where; }
};
struct walker : facade<walker> {
  explicit walker(word *start = nullptr) : where(start) {}
  word *where;
};

// Other names of an object.
template <class T> struct link { T &at; };
template <class T> link(T &) -> link<T>;
struct view {
  word *data;
  unsigned size;
  word &operator[](unsigned n) const { return data[n]; }
  word *begin() const { return data; }
  word *end() const { return data + size; }
};
template <class T> void keep(const T *&where, const T &what) { where = &what; }
// What an address leads to, if it is one of these two.
inline word told(const word *where, const word *one, const word *two) {
  return where == one ? mix(*one, 1) : where == two ? mix(*two, 2) : 0xbad;
}

template <class T> T &pick(bool first, T &a, T &b) { return first ? a : b; }
template <class... T> word total(const T &...each) { return (word(0) + ... + word(each)); }

// A bound of a loop that is no integer.
inline double half(word a) { return static_cast<double>(a) / 2; }

// For reductions. The second takes two functions x -> a * x + b, with a in the upper half of the word and b in the lower, and does
// the first before the other.
inline word smaller(word a, word b) { return b < a ? b : a; }
inline word compose(word f, word g) { return (f >> 32) * (g >> 32) << 32 | unsigned((g >> 32) * unsigned(f) + unsigned(g)); }
inline std::mutex adding;
inline void add(word &to, word value) {
  const std::lock_guard<std::mutex> lock(adding);
  to += value;
}
inline void put(word &to, word value) { to = value; }
