// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The syntax is that of OMP_PLACES: OpenMP 5.2, section 21.1.6.
#include "platform/places.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <stdexcept>
#include <string_view>

namespace weave::platform {
namespace {

std::string join(const std::set<unsigned> &numbers) {
  std::string text;
  for (auto each = numbers.begin(); each != numbers.end();) {
    const unsigned first = *each;
    unsigned last = first;
    while (++each != numbers.end() && *each == last + 1)
      ++last;
    if (!text.empty())
      text += ',';
    text += std::to_string(first);
    if (last != first)
      text.append("-").append(std::to_string(last));
  }
  return text;
}

class list {
public:
  list(const named_text &text, const topology &machine) : text_(text), rest_(text.value) {
    for (const processor &each : machine.processors)
      usable_.insert(each.number);
  }

  std::vector<place> read() {
    std::vector<place> places;
    do {
      const std::set<long> first = processors();
      const interval repeated = counts();
      for (long i = 0; i != repeated.count; ++i) {
        std::set<unsigned> numbers;
        for (const long each : first)
          numbers.insert(checked(each + i * repeated.stride));
        places.emplace_back(numbers.begin(), numbers.end());
      }
    } while (skip(','));
    if (!rest_.empty())
      refuse();
    return places;
  }

private:
  static constexpr long most = 1 << 20; // far beyond any machine, and no sum of a few overflows

  struct interval {
    long count, stride;
  };

  [[noreturn]] void refuse() const {
    throw std::invalid_argument(text_.name + " is '" + text_.value +
                                "'; set it to threads, cores or sockets, or to a list of places such as {0:4},{4:4}");
  }

  unsigned checked(long processor) const {
    if (processor < 0 || !usable_.count(static_cast<unsigned>(processor)))
      throw std::invalid_argument(text_.name + " is '" + text_.value + "', but processor " + std::to_string(processor) +
                                  " is not among those that this process may use: " + join(usable_));
    return static_cast<unsigned>(processor);
  }

  bool skip(char wanted) {
    while (!rest_.empty() && rest_.front() == ' ')
      rest_.remove_prefix(1);
    if (rest_.empty() || rest_.front() != wanted)
      return false;
    rest_.remove_prefix(1);
    return true;
  }

  long number() {
    while (!rest_.empty() && rest_.front() == ' ')
      rest_.remove_prefix(1);
    long value = 0;
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
    if (error != std::errc{} || value < -most || value > most)
      refuse();
    rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
    return value;
  }

  interval counts() {
    interval result{1, 1};
    if (skip(':'))
      result.count = number();
    if (result.count < 1)
      refuse();
    if (skip(':'))
      result.stride = number();
    if (result.stride == 0)
      refuse();
    return result;
  }

  std::set<long> processors() {
    std::set<long> result;
    if (!skip('{'))
      refuse();
    do {
      const long first = number();
      const interval run = counts();
      for (long i = 0; i != run.count; ++i)
        result.insert(checked(first + i * run.stride));
    } while (skip(','));
    if (!skip('}'))
      refuse();
    return result;
  }

  const named_text &text_;
  std::string_view rest_;
  std::set<unsigned> usable_;
};

// The processors that agree in something, in the order of the machine.
template <class Which> std::vector<place> grouped(const topology &machine, Which which) {
  std::map<unsigned, place> groups;
  for (const processor &each : machine.processors)
    groups[which(each)].push_back(each.number);
  std::vector<place> result;
  for (auto &[name, members] : groups)
    result.push_back(std::move(members));
  return result;
}

// The way from the whole machine to a part of it.
using way = std::vector<unsigned>;

// To the smallest part that holds a place.
way way_to(const place &held, const std::map<unsigned, const processor *> &processors) {
  way common = processors.at(held.front())->within;
  for (const unsigned each : held) {
    const way &other = processors.at(each)->within;
    common.erase(std::mismatch(common.begin(), common.end(), other.begin(), other.end()).first, common.end());
  }
  return common;
}

// The workers that share a part of the machine with a worker, the smallest part first, without those parts that add
// nobody.
std::vector<protocol::ring> rings_around(unsigned worker, const std::vector<way> &ways) {
  const way &here = ways[worker];
  std::vector<protocol::ring> rings;
  protocol::ring ring{worker, worker + 1};
  for (std::size_t steps = here.size(); steps != 0; --steps) {
    const auto agrees = [&](const way &other) {
      return other.size() >= steps &&
             std::equal(here.begin(), here.begin() + static_cast<std::ptrdiff_t>(steps), other.begin());
    };
    const unsigned before = ring.size();
    while (ring.begin != 0 && agrees(ways[ring.begin - 1]))
      --ring.begin;
    while (ring.end != ways.size() && agrees(ways[ring.end]))
      ++ring.end;
    if (ring.size() != before && ring.size() != ways.size())
      rings.push_back(ring);
  }
  return rings;
}

} // namespace

std::vector<place> read_places(const named_text &text, const topology &machine) {
  if (text.value == "threads")
    return grouped(machine, [index = 0u](const processor &) mutable { return index++; });
  if (text.value == "cores" || text.value.empty())
    return grouped(machine, [](const processor &each) { return each.core; });
  if (text.value == "sockets")
    return grouped(machine, [](const processor &each) { return each.socket; });
  return list(text, machine).read();
}

std::string to_string(const std::vector<place> &places) {
  std::string text;
  for (const place &each : places) {
    text += text.empty() ? "{" : ",{";
    for (std::size_t i = 0; i != each.size(); ++i)
      text.append(i ? "," : "").append(std::to_string(each[i]));
    text += '}';
  }
  return text;
}

std::vector<seat> seats(std::vector<place> places, const topology &machine, binding how, unsigned workers) {
  if (how == binding::close && workers < places.size())
    places.resize(workers);
  std::map<unsigned, const processor *> processors;
  for (const processor &each : machine.processors)
    processors[each.number] = &each;
  std::vector<std::pair<way, const place *>> order;
  for (std::size_t i = 0; i != workers; ++i) {
    const place &chosen = places[i * places.size() / workers];
    order.emplace_back(way_to(chosen, processors), &chosen);
  }
  std::stable_sort(order.begin(), order.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
  std::vector<way> ways;
  for (const auto &each : order)
    ways.push_back(each.first);
  std::vector<seat> result;
  for (unsigned i = 0; i != workers; ++i)
    result.push_back({*order[i].second, rings_around(i, ways)});
  return result;
}

} // namespace weave::platform
