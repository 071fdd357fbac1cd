// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "observe/trace.h"

#include "observe/json.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <stdexcept>
#include <unistd.h>

namespace weave::detail::observe {
namespace {

/// A file that is there when all of it is.
class whole_file {
public:
  explicit whole_file(const std::string &name)
      : name_(name), temporary_(name + ".part" + std::to_string(getpid())),
        opened_(open(temporary_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666)),
        error_(opened_ < 0 ? errno : 0) {}
  whole_file(const whole_file &) = delete;
  whole_file &operator=(const whole_file &) = delete;
  ~whole_file() {
    if (opened_ < 0)
      return;
    close(opened_);
    unlink(temporary_.c_str());
  }

  int error() const { return error_; }
  void write(const std::string &text) {
    buffer_ += text;
    if (buffer_.size() >= std::size_t{1} << 16)
      flush();
  }
  /// The error that kept it from being there; 0: it is.
  int finish() {
    flush();
    if (error_ == 0 && std::rename(temporary_.c_str(), name_.c_str()) != 0)
      error_ = errno;
    return error_;
  }

private:
  void flush() {
    for (std::size_t done = 0; error_ == 0 && done != buffer_.size();) {
      const ssize_t written = ::write(opened_, buffer_.data() + done, buffer_.size() - done);
      if (written > 0)
        done += static_cast<std::size_t>(written);
      else if (written == 0 || errno != EINTR)
        error_ = written == 0 ? ENOSPC : errno;
    }
    buffer_.clear();
  }

  const std::string name_, temporary_;
  const int opened_;
  int error_;
  std::string buffer_;
};

/// A point of the timeline.
struct place {
  unsigned worker;
  std::uint64_t at; ///< In nanoseconds.
};

class writer {
public:
  writer(const trace &of, const trace_file &where, whole_file &to) : of_(of), where_(where), to_(to) {}

  void write() {
    begin();
    for (const trace::track &each : of_.tracks)
      write_track(each);
    for (const trace::track &each : of_.tracks)
      write_arrows(each);
    to_.write("\n]}\n");
  }

private:
  // Since the start. In whole numbers, so that what lies in one another does so in the file.
  std::uint64_t nanoseconds(platform::ticks at) const {
    const auto passed = static_cast<double>(std::max(at, of_.start) - of_.start);
    return static_cast<std::uint64_t>(passed * of_.nanoseconds_per_tick);
  }
  static std::string microseconds(std::uint64_t nanoseconds) {
    char text[32];
    std::snprintf(text, sizeof text, "%llu.%03llu", static_cast<unsigned long long>(nanoseconds / 1000),
                  static_cast<unsigned long long>(nanoseconds % 1000));
    return text;
  }

  // A phase of the format, and where it is.
  std::string event(const char *phase, const std::string &name, const char *category, place where) const {
    return std::string(",\n{\"ph\":\"") + phase + "\",\"cat\":\"" + category + "\",\"name\":" + name +
           ",\"pid\":" + pid_ + ",\"tid\":" + std::to_string(where.worker) + ",\"ts\":" + microseconds(where.at);
  }

  void begin() {
    std::uint64_t dropped = 0;
    for (const trace::track &each : of_.tracks)
      dropped += each.of->records()->dropped();
    to_.write(
        "{\"displayTimeUnit\":\"ns\",\"otherData\":{\"weave_trace\":1,\"workers\":" + std::to_string(of_.workers) +
        ",\"limit\":" + std::to_string(where_.records) + ",\"dropped\":" + std::to_string(dropped) +
        "},\"traceEvents\":[\n{\"ph\":\"M\",\"name\":\"process_name\",\"pid\":" + pid_ +
        ",\"args\":{\"name\":" + json_string(program_invocation_short_name) + "}}");
    for (const trace::track &each : of_.tracks) {
      const std::string number = std::to_string(each.worker);
      const std::uint64_t lost = each.of->records()->dropped();
      to_.write(",\n{\"ph\":\"M\",\"name\":\"thread_name\",\"pid\":" + pid_ + ",\"tid\":" + number +
                ",\"args\":{\"name\":\"worker " + number +
                (lost ? " (" + std::to_string(lost) + " records dropped)" : "") + "\"}}");
      to_.write(",\n{\"ph\":\"M\",\"name\":\"thread_sort_index\",\"pid\":" + pid_ + ",\"tid\":" + number +
                ",\"args\":{\"sort_index\":" + number + "}}");
    }
  }

  static const char *category(what kind) {
    switch (kind) {
    case what::taken_back:
    case what::found:
    case what::stolen:
      return "task";
    case what::loop:
      return "loop";
    default:
      return "worker";
    }
  }
  static const char *spelling(what kind) {
    switch (kind) {
    case what::thread:
      return "thread";
    case what::taken_back:
      return "taken back";
    case what::found:
      return "found";
    case what::stolen:
      return "stolen";
    case what::loop:
      return "loop";
    case what::searching:
      return "searching";
    case what::sleeping:
      return "sleeping";
    case what::woke:
      return "woke";
    case what::joined:
      return "joined";
    }
    return "";
  }
  static bool is_slice(what kind) { return kind != what::woke && kind != what::joined; }
  static bool is_task(what kind) { return category(kind) == std::string_view("task"); }

  static std::string place_of(const site &where) {
    return std::string(where.function) + " " + std::filesystem::path(where.file).filename().string() + ":" +
           std::to_string(where.line);
  }
  // The label, else the function and its line; always as JSON.
  const std::string &name(const record &of) {
    std::string &known = names_[{of.where, of.where ? what::thread : of.kind}];
    if (known.empty() && of.where)
      known = json_string(of.where->label ? of.where->label : place_of(*of.where));
    else if (known.empty())
      known = json_string(is_task(of.kind) ? "task" : spelling(of.kind));
    return known;
  }

  void write_slice(unsigned worker, const record &each) {
    const std::uint64_t begin = nanoseconds(each.begin);
    std::string text = event("X", name(each), category(each.kind), {worker, begin}) +
                       ",\"dur\":" + microseconds(nanoseconds(each.end) - begin);
    const bool is_labelled = each.where && each.where->label;
    if (is_task(each.kind))
      text += ",\"args\":{\"how\":" + json_string(spelling(each.kind)) + (is_labelled ? "," : "}");
    else if (is_labelled)
      text += ",\"args\":{";
    if (is_labelled)
      text += "\"place\":" + json_string(place_of(*each.where)) + "}";
    to_.write(text + "}");
  }

  void write_track(const trace::track &of) {
    const recorder &records = *of.of->records();
    std::vector<const record *> slices;
    const auto since = of.of->thread_since();
    const record still{since.value_or(0), of_.end, nullptr, nullptr, what::thread, 0};
    if (since)
      slices.push_back(&still);
    for (std::size_t i = 0, size = records.size(); i != size; ++i)
      if (is_slice(records[i].kind))
        slices.push_back(&records[i]);
    // What lies in another comes behind it: it ended earlier, and so was written down earlier.
    std::sort(slices.begin(), slices.end(), [](const record *left, const record *right) {
      if (left->begin != right->begin)
        return left->begin < right->begin;
      return left->end != right->end ? left->end > right->end : std::greater<>()(left, right);
    });
    for (const record *each : slices)
      write_slice(of.worker, *each);
  }

  void write_arrow(const char *name, place from, place to) {
    const std::string id = ",\"id\":" + std::to_string(++arrows_);
    const std::string quoted = json_string(name);
    to_.write(event("s", quoted, "arrow", from) + id + "}");
    to_.write(event("f", quoted, "arrow", to) + id + ",\"bp\":\"e\"}");
  }

  const recorder *records_of(unsigned worker) const {
    for (const trace::track &each : of_.tracks)
      if (each.worker == worker)
        return each.of->records();
    return nullptr;
  }

  // The last record of a worker that ended by then and is what the predicate asks for. Records are in the order of
  // their ends.
  template <class Wanted> std::optional<record> last(unsigned worker, platform::ticks by, Wanted wanted) const {
    const recorder *records = records_of(worker);
    if (!records)
      return std::nullopt;
    std::size_t low = 0, high = records->size();
    while (low != high) {
      const std::size_t middle = low + (high - low) / 2;
      ((*records)[middle].end <= by ? low : high) = (*records)[middle].end <= by ? middle + 1 : middle;
    }
    for (constexpr std::size_t furthest = 4096; low != 0 && high - low < furthest;)
      if (const record &each = (*records)[--low]; wanted(each))
        return each;
    return std::nullopt;
  }

  void write_arrows(const trace::track &of) {
    const recorder &records = *of.of->records();
    for (std::size_t i = 0, size = records.size(); i != size; ++i) {
      const record &each = records[i];
      if (each.kind == what::stolen) {
        write_arrow("stolen", {each.other, nanoseconds(each.begin)}, {of.worker, nanoseconds(each.begin)});
      } else if (each.kind == what::joined) {
        if (const auto ran =
                last(each.other, each.end, [&](const record &r) { return is_task(r.kind) && r.task == each.task; }))
          write_arrow("done", {each.other, std::max(nanoseconds(ran->begin) + 1, nanoseconds(ran->end)) - 1}, // in it
                      {of.worker, nanoseconds(each.end)});
      } else if (each.kind == what::woke) {
        write_arrow("woke", {of.worker, nanoseconds(each.end)}, {each.other, nanoseconds(each.end)});
      }
    }
  }

  const trace &of_;
  const trace_file &where_;
  whole_file &to_;
  const std::string pid_ = std::to_string(getpid());
  std::map<std::pair<const site *, what>, std::string> names_;
  std::uint64_t arrows_ = 0;
};

} // namespace

std::string beside(const std::string &name, const std::string &part) {
  std::filesystem::path path(name);
  return path.replace_extension("." + part + path.extension().string()).string();
}

trace_file checked(trace_file wanted, const std::string &statistics) {
  if (!wanted.is_wanted())
    return wanted;
  const std::string given = wanted.name;
  const auto refuse = [&](const std::string &why) {
    throw std::invalid_argument("WEAVE_TRACE is '" + given + "', " + why + ", or unset it");
  };
  std::error_code none;
  wanted.name = std::filesystem::absolute(given, none).lexically_normal().string();
  if (std::filesystem::path(wanted.name).extension() != ".json")
    refuse("which is no name of a trace; set it to a file such as trace.json");
  if (!statistics.empty() && std::filesystem::path(statistics).lexically_normal() == wanted.name)
    refuse("where WEAVE_STATS goes, too; set it to another file");
  const whole_file trial(wanted.name);
  if (const int error = std::filesystem::is_directory(wanted.name, none) ? EISDIR : trial.error())
    refuse(std::string("which cannot be written (") + std::strerror(error) + "); set it to a file that can");
  return wanted;
}

void write(const trace &of, const trace_file &where) noexcept {
  try {
    whole_file file(where.name);
    if (file.error() == 0)
      writer(of, where, file).write();
    if (const int error = file.finish())
      std::fprintf(stderr, "weave: error: cannot write the trace '%s': %s\n", where.name.c_str(), std::strerror(error));
  } catch (const std::exception &error) {
    std::fprintf(stderr, "weave: error: cannot write the trace '%s': %s\n", where.name.c_str(), error.what());
  }
}

} // namespace weave::detail::observe
