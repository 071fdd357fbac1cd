// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What every generated program starts with.
#include <cstdio>
#include <iterator>
#include <mutex>
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
inline word risky(word a) {
  if (a % 5 == 0)
    throw fault{a};
  return mix(a, 7);
}

struct duo { // copied into a task that only reads it
  word a;
  unsigned b;
};
struct wide { // too large for that
  word a;
  unsigned b;
  word c[8];
};
class token { // not for copying at all
public:
  explicit token(word value) : self(this), value(value) {}
  token(const token &other) : self(this), value(other.get()) {}
  ~token() { self = nullptr; }
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

template <class T> T &pick(bool first, T &a, T &b) { return first ? a : b; }
template <class... T> word total(const T &...each) { return (word(0) + ... + word(each)); }

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
