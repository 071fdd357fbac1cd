// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "observe/json.h"

#include <cstddef>

namespace weave::detail::observe {
namespace {

// How many bytes the character has that a text begins with: RFC 3629, section 4. 0: it begins with none.
std::size_t length_of_character(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  const auto follows = [&](std::size_t i) { return (byte(i) & 0xc0) == 0x80; };
  const unsigned first = byte(0), second = byte(1);
  if (first < 0x80)
    return 1;
  if (first >= 0xc2 && first < 0xe0)
    return follows(1) ? 2 : 0;
  if (first >= 0xe0 && first < 0xf0)
    return follows(1) && follows(2) && !(first == 0xe0 && second < 0xa0) && !(first == 0xed && second >= 0xa0) ? 3 : 0;
  if (first >= 0xf0 && first < 0xf5)
    return follows(1) && follows(2) && follows(3) && !(first == 0xf0 && second < 0x90) &&
                   !(first == 0xf4 && second >= 0x90)
               ? 4
               : 0;
  return 0;
}

} // namespace

std::string json_string(std::string_view text) {
  constexpr char digits[] = "0123456789abcdef";
  std::string result = "\"";
  while (!text.empty()) {
    const auto first = static_cast<unsigned char>(text.front());
    const std::size_t length = length_of_character(text);
    if (length == 0 || first < 0x20)
      result += {'\\', 'u', '0', '0', digits[first / 16], digits[first % 16]};
    else if (first == '"' || first == '\\')
      result += {'\\', text.front()};
    else
      result += text.substr(0, length);
    text.remove_prefix(length ? length : 1);
  }
  return result + '"';
}

} // namespace weave::detail::observe
