// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Text for JSON.
#pragma once

#include <string>
#include <string_view>

namespace weave::detail::observe {

/// As a string, with the quotes. What is no UTF-8 is taken for Latin-1.
std::string json_string(std::string_view);

} // namespace weave::detail::observe
