// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Operands of depends_on: objects, and sections of arrays, `p[first:length]`, `a[i:n][j:m]`, `p[first:length:stride]`.
#pragma once

#include "detail/config.h"
#include "detail/place.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <type_traits>

namespace weave::detail {

/// What a task does to an operand.
enum class access : std::uint8_t { read, write, commute, concur };

/// So many copies of what is inside, one begins so many bytes behind the other.
struct level {
  std::size_t count, stride;
};

/// The bytes that one operand of depends_on names, and what the task does to them: runs of so many bytes, at each place
/// that the levels give, outermost first.
struct operand {
  const void *begin;
  std::size_t bytes; ///< None: it names nothing.
  access mode;
  std::uint32_t level_count = 0;
  const level *levels = nullptr;
};

[[noreturn]] WEAVE_COLD inline void stop_at_section(place at, const char *section, const char *what, long long value) {
  std::fprintf(stderr, "%s:%d: weave: error: the %s of '%s' is %lld\n", at.file, at.line, what, section, value);
  std::abort();
}

[[noreturn]] WEAVE_COLD inline void stop_at_long_section(place at, const char *section) {
  std::fprintf(stderr, "%s:%d: weave: error: '%s' is longer than any object can be\n", at.file, at.line, section);
  std::abort();
}

/// What can be subscripted: its elements, and how many there are of them.
template <class T> struct subscripted {
  using type = void;
};
template <class T> struct subscripted<T[]> {
  using type = T;
  static constexpr std::size_t count = SIZE_MAX;
};
template <class T, std::size_t N> struct subscripted<T[N]> {
  using type = T;
  static constexpr std::size_t count = N;
};
template <class T, std::size_t N> struct subscripted<std::array<T, N>> : subscripted<T[N]> {};
template <class T, std::size_t N> struct subscripted<const std::array<T, N>> : subscripted<const T[N]> {};

/// An operand whose levels are its own.
template <std::size_t Levels> struct section_bytes {
  const char *begin;
  std::size_t bytes;
  access mode;
  std::uint32_t level_count;
  level levels[Levels];

  operator operand() const noexcept { return {begin, bytes, mode, level_count, levels}; }
};

/// A section with so many of its subscripts, of elements that hold Elements themselves (void: nothing that can be
/// subscripted).
///
/// Errors: a negative length, a stride below 1 and a section longer than memory stop the program with a message.
template <class Elements, std::size_t Levels> class array_section {
public:
  array_section(const char *text, place at, const volatile void *begin, std::size_t known) noexcept
      : text_(text), at_(at), begin_(static_cast<const char *>(const_cast<const void *>(begin))), known_(known) {}

  /// `[first:length:stride]`
  template <class First, class Length, class Stride = int>
  array_section<typename subscripted<Elements>::type, Levels + 1> operator()(First first, Length length,
                                                                             Stride stride = 1) const {
    return add(static_cast<std::ptrdiff_t>(first), number(length, 0, "length"), number(stride, 1, "stride"));
  }
  /// `[first:]`
  template <class First> array_section<typename subscripted<Elements>::type, Levels + 1> rest(First first) const {
    return add(static_cast<std::ptrdiff_t>(first),
               number(static_cast<std::ptrdiff_t>(known_) - static_cast<std::ptrdiff_t>(first), 0, "length"), 1);
  }

  section_bytes<Levels> as(access mode) const noexcept {
    section_bytes<Levels> made{begin_, run_, mode, 0, {}};
    std::uint32_t used = Levels; // filled from the innermost one, which is the last
    for (std::size_t i = Levels; i-- != 0;) {
      const level &each = levels_[i];
      if (each.count == 0)
        made.bytes = 0;
      else if (used == Levels && each.stride == made.bytes)
        made.bytes *= each.count;
      else if (each.count != 1)
        made.levels[--used] = each;
    }
    made.level_count = static_cast<std::uint32_t>(Levels) - used;
    for (std::uint32_t i = 0; i != made.level_count; ++i)
      made.levels[i] = made.levels[used + i];
    return made;
  }

private:
  template <class, std::size_t> friend class array_section;

  template <class Number> std::size_t number(Number value, int least, const char *what) const {
    if constexpr (std::is_signed_v<Number>) {
      if (WEAVE_UNLIKELY(value < least))
        stop_at_section(at_, text_, what, static_cast<long long>(value));
    } else if (WEAVE_UNLIKELY(static_cast<std::size_t>(value) < static_cast<std::size_t>(least))) {
      stop_at_section(at_, text_, what, static_cast<long long>(value));
    }
    return static_cast<std::size_t>(value);
  }

  array_section<typename subscripted<Elements>::type, Levels + 1> add(std::ptrdiff_t first, std::size_t length,
                                                                      std::size_t stride) const {
    using next = typename subscripted<Elements>::type;
    std::size_t known = 0;
    if constexpr (!std::is_void_v<next>)
      known = subscripted<Elements>::count;
    array_section<next, Levels + 1> made(text_, at_, begin_ + first * static_cast<std::ptrdiff_t>(sizeof(Elements)),
                                         known);
    made.run_ = sizeof(Elements);
    for (std::size_t i = 0; i != Levels; ++i)
      made.levels_[i] = levels_[i];
    level &own = made.levels_[Levels];
    own.count = length;
    std::size_t all;
    if (WEAVE_UNLIKELY(__builtin_mul_overflow(stride, sizeof(Elements), &own.stride) ||
                       __builtin_mul_overflow(own.stride, length, &all) || all > static_cast<std::size_t>(PTRDIFF_MAX)))
      stop_at_long_section(at_, text_);
    return made;
  }

  const char *text_;
  place at_;
  const char *begin_;
  std::size_t known_;
  std::size_t run_ = 0;
  level levels_[Levels ? Levels : 1] = {};
};

/// What a section is of: an array, a pointer, or a container whose elements lie one behind the other.
template <class T> auto part_of(T &base, const char *text, place at = place::here()) {
  if constexpr (std::is_pointer_v<std::remove_reference_t<T>>)
    return array_section<std::remove_pointer_t<std::remove_cv_t<T>>, 0>(text, at, base, SIZE_MAX);
  else if constexpr (std::is_array_v<T>)
    return array_section<std::remove_extent_t<T>, 0>(text, at, base, subscripted<T>::count);
  else
    return array_section<std::remove_pointer_t<decltype(base.data())>, 0>(text, at, base.data(), base.size());
}
template <class T> auto part_of(T &&base, const char *text, place at = place::here()) {
  return part_of<T>(base, text, at);
}

template <class T> operand object_operand(T &object, access mode) noexcept {
  return {const_cast<const void *>(static_cast<const volatile void *>(__builtin_addressof(object))), sizeof(T), mode};
}

// Not by reference to const: a compiler would say that an output is read before it is set.
template <class T> operand in(T &object) noexcept { return object_operand(object, access::read); }
template <class T> operand out(T &object) noexcept { return object_operand(object, access::write); }
template <class T> operand inout(T &object) noexcept { return object_operand(object, access::write); }
template <class T> operand commutative(T &object) noexcept { return object_operand(object, access::commute); }
template <class T> operand concurrent(T &object) noexcept { return object_operand(object, access::concur); }

template <class E, std::size_t L> section_bytes<L> in(const array_section<E, L> &of) noexcept {
  return of.as(access::read);
}
template <class E, std::size_t L> section_bytes<L> out(const array_section<E, L> &of) noexcept {
  return of.as(access::write);
}
template <class E, std::size_t L> section_bytes<L> inout(const array_section<E, L> &of) noexcept {
  return of.as(access::write);
}
template <class E, std::size_t L> section_bytes<L> commutative(const array_section<E, L> &of) noexcept {
  return of.as(access::commute);
}
template <class E, std::size_t L> section_bytes<L> concurrent(const array_section<E, L> &of) noexcept {
  return of.as(access::concur);
}

} // namespace weave::detail
