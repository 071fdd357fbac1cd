// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "platform/environment.h"

#include "platform/processors.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>

namespace weave::platform {

unsigned number_of_workers(unsigned asked_for) {
  if (asked_for > most_workers)
    throw std::invalid_argument("a runtime of " + std::to_string(asked_for) + " workers was asked for; the most is " +
                                std::to_string(most_workers));
  if (asked_for)
    return asked_for;
  const char *variable = std::getenv("WEAVE_NUM_THREADS");
  if (!variable || !*variable)
    return std::min(usable_processors(), most_workers);
  const std::string_view text = variable;
  unsigned workers = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), workers);
  if (error != std::errc{} || end != text.data() + text.size() || workers < 1 || workers > most_workers)
    throw std::invalid_argument("WEAVE_NUM_THREADS is '" + std::string(text) + "'; set it to a whole number from 1 to " +
                                std::to_string(most_workers) + ", or unset it to use every processor");
  return workers;
}

} // namespace weave::platform
