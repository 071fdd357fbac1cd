// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "platform/environment.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <unistd.h>

namespace weave::platform {
namespace {

constexpr std::string_view variables[] = {
    "WEAVE_NUM_THREADS", "WEAVE_BIND",  "WEAVE_PLACES",      "WEAVE_WAIT", "WEAVE_STACKSIZE",
    "WEAVE_STATS",       "WEAVE_TRACE", "WEAVE_TRACE_LIMIT", "WEAVE_TOOL", "WEAVE_DISPLAY_ENV",
    "WEAVE_CHAOS_SEED",  "WEAVE_CXX",   "WEAVE_OPENMP" /* the last two the tool's */};

// The names of an enumeration's values, in their order.
constexpr std::string_view bindings[] = {"none", "close", "spread"};
constexpr std::string_view waitings[] = {"passive", "balanced", "active"};

std::string_view variable(const char *name) {
  const char *value = secure_getenv(name); // they name files to write, and a library to load
  return value ? value : "";
}

[[noreturn]] void refuse(const std::string &name, std::string_view value, const std::string &mend) {
  throw std::invalid_argument(name + " is '" + std::string(value) + "'; set it to " + mend);
}

template <std::size_t N> std::optional<std::size_t> chosen(const char *name, const std::string_view (&allowed)[N]) {
  const std::string_view value = variable(name);
  if (value.empty())
    return std::nullopt;
  if (const auto found = std::find(allowed, allowed + N, value); found != allowed + N)
    return found - allowed;
  std::string mend;
  for (std::size_t i = 0; i != N; ++i)
    mend += (i == 0 ? "" : i + 1 == N ? " or " : ", ") + std::string(allowed[i]);
  refuse(name, value, mend + ", or unset it");
}

std::optional<std::size_t> number(std::string_view text, std::size_t least, std::size_t most) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool is_good = error == std::errc{} && end == text.data() + text.size() && value >= least && value <= most;
  return is_good ? std::optional(value) : std::nullopt;
}

unsigned workers(unsigned asked_for) {
  if (asked_for > most_workers)
    throw std::invalid_argument("a runtime of " + std::to_string(asked_for) + " workers was asked for; the most is " +
                                std::to_string(most_workers));
  const std::string_view text = variable("WEAVE_NUM_THREADS");
  if (asked_for || text.empty())
    return asked_for;
  const auto workers = number(text, 1, most_workers);
  if (!workers)
    refuse("WEAVE_NUM_THREADS", text,
           "a whole number from 1 to " + std::to_string(most_workers) + ", or unset it to use every processor");
  return static_cast<unsigned>(*workers);
}

std::size_t trace_limit(std::size_t asked_for) {
  const std::string_view text = variable("WEAVE_TRACE_LIMIT");
  if (asked_for)
    return std::min(asked_for, most_trace_limit);
  if (text.empty())
    return usual_trace_limit;
  const auto limit = number(text, 1, most_trace_limit);
  if (!limit)
    refuse("WEAVE_TRACE_LIMIT", text,
           "a whole number from 1 to " + std::to_string(most_trace_limit) +
               ", of records that each worker keeps, or unset it to keep " + std::to_string(usual_trace_limit));
  return *limit;
}

// As OMP_STACKSIZE: OpenMP 5.2, section 21.2.2. A number of kilobytes, or of what the letter behind it says; 0 if it means nothing.
std::size_t bytes_of(std::string_view text) {
  const auto skip_spaces = [&text] { text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size())); };
  skip_spaces();
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{})
    return 0;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  skip_spaces();
  unsigned shift = 10;
  if (!text.empty()) {
    const std::size_t unit = std::string_view("bkmgBKMG").find(text.front());
    if (unit == std::string_view::npos)
      return 0;
    shift = static_cast<unsigned>(unit % 4) * 10;
    text.remove_prefix(1);
    skip_spaces();
  }
  return text.empty() && number <= most_stack >> shift ? number << shift : 0;
}

std::size_t stack(std::size_t asked_for) {
  const auto is_possible = [](std::size_t bytes) { return bytes >= least_stack && bytes <= most_stack; };
  if (asked_for) {
    if (!is_possible(asked_for))
      throw std::invalid_argument("stacks of " + std::to_string(asked_for) + " bytes were asked for; the least is " + std::to_string(least_stack) + ", the most " +
                                  std::to_string(most_stack));
    return asked_for;
  }
  const std::string_view text = variable("WEAVE_STACKSIZE");
  if (text.empty())
    return 0;
  const std::size_t bytes = bytes_of(text);
  if (!is_possible(bytes))
    refuse("WEAVE_STACKSIZE", text, "a size from 64K to 1024G, such as 16M (a number alone means kilobytes), or unset it to have what `ulimit -s` says");
  return bytes;
}

} // namespace

settings read_settings(const options &options) {
  settings result;
  result.workers = workers(options.workers);
  if (options.places.empty())
    result.places = {"WEAVE_PLACES", std::string(variable("WEAVE_PLACES"))};
  else
    result.places = {"options::places", options.places};
  if (options.bind)
    result.bind = *options.bind;
  else if (const auto named = chosen("WEAVE_BIND", bindings))
    result.bind = static_cast<binding>(*named);
  else if (!result.places.value.empty()) // there is no other reason to name places
    result.bind = binding::close;
  if (options.wait)
    result.wait = *options.wait;
  else if (const auto named = chosen("WEAVE_WAIT", waitings))
    result.wait = static_cast<waiting>(*named);
  result.stack = stack(options.stack_size);
  result.statistics = options.statistics.empty() ? std::string(variable("WEAVE_STATS")) : options.statistics;
  result.trace = options.trace.empty() ? std::string(variable("WEAVE_TRACE")) : options.trace;
  result.trace_limit = trace_limit(options.trace_limit);
  result.tool = variable("WEAVE_TOOL");
  constexpr std::string_view switches[] = {"0", "1"};
  result.display = chosen("WEAVE_DISPLAY_ENV", switches).value_or(0) == 1;
  return result;
}

std::string name_of(binding value) { return std::string(bindings[static_cast<int>(value)]); }
std::string name_of(waiting value) { return std::string(waitings[static_cast<int>(value)]); }

void warn_of_unknown_variables() {
  for (char **each = environ; *each; ++each) {
    const std::string_view name = std::string_view(*each).substr(0, std::string_view(*each).find('='));
    if (name.substr(0, 6) == "WEAVE_" &&
        std::find(std::begin(variables), std::end(variables), name) == std::end(variables))
      std::fprintf(stderr, "weave: warning: %.*s is set, but the runtime knows no such variable\n",
                   static_cast<int>(name.size()), name.data());
  }
}

} // namespace weave::platform
