// A comment may stand in front of the fragment.
module; // and one behind it
#include <cstddef>
export module whole;
export import :part;
export template <class T> T twice(T n) {
  T a{}, b{};
#pragma weave spawn
  a = n;
  b = n;
#pragma weave sync
  return a + b;
}
export long hundreds(std::size_t);
