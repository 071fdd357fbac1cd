// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "observe/tool.h"

#include "platform/libraries.h"

#include <algorithm>
#include <cstring>
#include <stdexcept>

namespace weave::detail::observe {

weave_observer load_tool(const std::string &library, unsigned workers) {
  weave_observer asked{};
  if (library.empty())
    return asked;
  const auto refuse = [&](const std::string &why) {
    throw std::invalid_argument("WEAVE_TOOL is '" + library + "', " + why + ", or unset it");
  };
  void *const loaded = platform::load_library(library.c_str());
  if (!loaded)
    refuse("which cannot be loaded (" + platform::why_not_loaded(library.c_str()) +
           "); set it to a shared library with its path");
  auto *const begin = reinterpret_cast<decltype(weave_observe) *>(platform::symbol_of(loaded, "weave_observe"));
  if (!begin)
    refuse("which has no function 'weave_observe'; set it to a tool that is written for weave/observe.h");
  asked.size = sizeof asked;
  if (begin(WEAVE_OBSERVE_VERSION, workers, &asked) != 0)
    refuse("which does not work with this runtime, whose version is " + std::to_string(WEAVE_OBSERVE_VERSION) +
           "; set it to a tool that does");
  return asked;
}

} // namespace weave::detail::observe
