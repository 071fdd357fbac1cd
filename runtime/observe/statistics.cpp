// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "observe/statistics.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <stdexcept>
#include <string_view>
#include <unistd.h>

namespace weave::detail::observe {
namespace {

struct column {
  const char *title; // of the table, and of the JSON object's member
  event what;
};
constexpr column counts[] = {{"offered", event::offered},
                             {"stolen", event::stolen},
                             {"waits", event::waited},
                             {"sleeps", event::slept},
                             {"wake_ups", event::woke}};
struct span {
  const char *title;
  activity in;
};
constexpr span spans[] = {
    {"busy_ms", activity::working}, {"searching_ms", activity::searching}, {"asleep_ms", activity::sleeping}};

// Never longer than its columns.
template <class... Parts> std::string formatted(const char *format, Parts... parts) {
  char text[128];
  const int length = std::snprintf(text, sizeof text, format, parts...);
  return std::string(text, length < 0 ? 0 : static_cast<std::size_t>(length));
}

double milliseconds(const statistics &of, const tally &counted, activity in) {
  return static_cast<double>(counted.spent(in)) * of.nanoseconds_per_tick * 1e-6;
}

std::string table(const statistics &of) {
  std::string text = formatted("weave: %u workers, %.3f s, process %ld\n%8s", of.workers, of.seconds,
                               static_cast<long>(getpid()), "worker");
  for (const column &each : counts)
    text += formatted("%12s", each.title);
  for (const span &each : spans)
    text += formatted("%14s", each.title);
  text += '\n';
  const auto line = [&](const std::string &name, auto rows) {
    text += formatted("%8s", name.c_str());
    for (const column &each : counts) {
      unsigned long long sum = 0;
      for (const statistics::row &row : rows)
        sum += row.counted->of(each.what);
      text += formatted("%12llu", sum);
    }
    for (const span &each : spans) {
      double sum = 0;
      for (const statistics::row &row : rows)
        sum += milliseconds(of, *row.counted, each.in);
      text += formatted("%14.3f", sum);
    }
    text += '\n';
  };
  for (const statistics::row &row : of.rows)
    line(std::to_string(row.worker), std::vector{row});
  line("all", of.rows);
  double busy = 0;
  for (const statistics::row &row : of.rows)
    busy += milliseconds(of, *row.counted, activity::working);
  text +=
      formatted("weave: busy %.0f %% of the time of %u workers\n", busy / (of.seconds * 10 * of.workers), of.workers);
  return text;
}

std::string json(const statistics &of) {
  std::string text = formatted("{\"version\":1,\"process\":%ld,\"workers\":%u,\"seconds\":%.6f,\"per_worker\":[",
                               static_cast<long>(getpid()), of.workers, of.seconds);
  const char *between = "";
  for (const statistics::row &row : of.rows) {
    text += formatted("%s{\"worker\":%u", between, row.worker);
    for (const column &each : counts)
      text += formatted(",\"%s\":%llu", each.title, static_cast<unsigned long long>(row.counted->of(each.what)));
    for (const span &each : spans)
      text += formatted(",\"%s\":%.3f", each.title, milliseconds(of, *row.counted, each.in));
    text += '}';
    between = ",";
  }
  return text + "]}\n";
}

// In one piece, so that several processes may write to one file.
bool append(const std::string &file, std::string_view text) {
  const int opened = open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (opened < 0)
    return false;
  const ssize_t written = ::write(opened, text.data(), text.size());
  const int error = written == static_cast<ssize_t>(text.size()) ? 0 : written < 0 ? errno : ENOSPC;
  close(opened);
  errno = error;
  return error == 0;
}

} // namespace

destination checked(std::string name) {
  destination result{std::move(name)};
  if (!result.is_wanted() || result.name == "1")
    return result;
  std::error_code none;
  const std::string given = result.name;
  result.name = std::filesystem::absolute(given, none).string();
  const bool existed = std::filesystem::exists(result.name, none);
  if (!append(result.name, ""))
    throw std::invalid_argument("WEAVE_STATS is '" + given + "', which cannot be written (" + std::strerror(errno) +
                                "); set it to 1 or to a file that can, or unset it");
  if (!existed)
    unlink(result.name.c_str()); // it may end without anything to say
  return result;
}

void write(const statistics &of, const destination &where) noexcept {
  try {
    const bool is_json = where.name.size() > 5 && where.name.compare(where.name.size() - 5, 5, ".json") == 0;
    const std::string text = is_json ? json(of) : table(of);
    if (where.name == "1")
      std::fwrite(text.data(), 1, text.size(), stderr);
    else if (!append(where.name, text))
      std::fprintf(stderr, "weave: error: cannot write statistics to '%s': %s\n", where.name.c_str(),
                   std::strerror(errno));
  } catch (const std::exception &error) {
    std::fprintf(stderr, "weave: error: cannot write statistics: %s\n", error.what());
  }
}

} // namespace weave::detail::observe
