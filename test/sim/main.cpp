// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The command line of the simulator.
#include "simulation.h"

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

namespace {

using namespace weave::sim;

constexpr char usage[] =
    "usage: simulator --seed SEED            one random experiment\n"
    "       simulator --seeds FIRST END      many of them, from FIRST to below END, until one fails\n"
    "       simulator --curve WORKLOAD       the same work for each worker, at 1, 2, 4, ... workers\n"
    "options: --workers N   at most so many workers (4096)\n"
    "         --work US     for --curve: microseconds of work for each worker (2000)\n"
    "         --grain NS    for --curve: nanoseconds of work in a piece (10000)\n"
    "         --seed SEED   for --curve too\n"
    "         --transfer, --notify, --wake-up, --yield, --relax, --modify, --fence, --interrupt NS   what things cost (see `latencies`)\n";

[[noreturn]] void refuse(const std::string &why) {
  std::fprintf(stderr, "simulator: %s\n%s", why.c_str(), usage);
  std::exit(2);
}

struct arguments {
  std::uint64_t seed = 1, first = 0, last = 0, workers = 4096, work = 2000, grain = 10000;
  bool many = false;
  std::string_view curve;
  latencies costs;
};

std::uint64_t number(std::string_view option, const char *text) {
  std::uint64_t value = 0;
  const char *end = text ? text + std::strlen(text) : nullptr;
  if (!text || std::from_chars(text, end, value).ptr != end || text == end)
    refuse(std::string(option) + " needs a number");
  return value;
}

arguments parse(char **argument) {
  arguments parsed;
  const struct {
    std::string_view name;
    std::uint64_t &value;
  } numbers[] = {{"--seed", parsed.seed},
                 {"--workers", parsed.workers},
                 {"--work", parsed.work},
                 {"--grain", parsed.grain},
                 {"--transfer", parsed.costs.transfer},
                 {"--notify", parsed.costs.notify},
                 {"--wake-up", parsed.costs.wake_up},
                 {"--yield", parsed.costs.yield},
                 {"--relax", parsed.costs.relax},
                 {"--modify", parsed.costs.modify},
                 {"--fence", parsed.costs.fence},
                 {"--interrupt", parsed.costs.interrupt}};
  if (!*argument)
    refuse("what shall it do?");
  while (*argument) {
    const std::string_view option = *argument++;
    const auto next = [&] { return *argument ? *argument++ : nullptr; };
    bool known = false;
    for (const auto &[name, value] : numbers)
      if (option == name) {
        value = number(option, next());
        known = true;
      }
    if (option == "--seeds") {
      parsed.many = known = true;
      parsed.first = number(option, next());
      parsed.last = number(option, next());
    } else if (option == "--curve") {
      known = true;
      const char *name = next();
      parsed.curve = name ? name : "";
    }
    if (!known)
      refuse("unknown option '" + std::string(option) + "'");
  }
  if (parsed.workers < 2 || parsed.workers > 4096)
    refuse("--workers must be from 2 to 4096");
  return parsed;
}

bool run_seed(std::uint64_t seed, const arguments &given) {
  experiment made = experiment_of(seed, static_cast<unsigned>(given.workers));
  made.machine.costs = given.costs;
  const outcome found = simulate(made);
  std::printf("seed %llu: %s, %zu pieces of %llu ns, %u workers%s: %llu ns, %llu spawns, %llu tasks, %llu stolen, %llu lines moved, digest %016llx\n",
              static_cast<unsigned long long>(seed), made.work->name, made.count, static_cast<unsigned long long>(made.grain),
              made.workers, made.machine.trouble.delays ? ", disturbed" : "", static_cast<unsigned long long>(found.time),
              static_cast<unsigned long long>(found.spawns), static_cast<unsigned long long>(found.tasks),
              static_cast<unsigned long long>(found.stolen), static_cast<unsigned long long>(found.transfers),
              static_cast<unsigned long long>(found.digest));
  std::fflush(stdout);
  if (found.failure.empty())
    return true;
  std::fprintf(stderr, "FAILED: %s\nsee it again with: simulator --seed %llu --workers %llu\n", found.failure.c_str(),
               static_cast<unsigned long long>(seed), static_cast<unsigned long long>(given.workers));
  return false;
}

bool run_curve(const arguments &given) {
  const workload *work = nullptr;
  for (const workload &each : workloads())
    if (given.curve == each.name)
      work = &each;
  if (!work)
    refuse("--curve needs the name of a workload: tree, loop, producer, graph, sparse or threads");
  std::printf("workload\tworkers\tpieces\tms\tefficiency\ttasks\tstolen\ttransfers/piece\n");
  for (unsigned workers = 1; workers <= given.workers; workers *= 2) {
    experiment made{work, workers, given.work * 1000 / given.grain * workers, given.grain, {}, false};
    made.machine.costs = given.costs;
    made.machine.seed = given.seed;
    const outcome found = simulate(made);
    if (!found.failure.empty()) {
      std::fprintf(stderr, "FAILED at %u workers: %s\n", workers, found.failure.c_str());
      return false;
    }
    const double count = static_cast<double>(made.count), time = static_cast<double>(found.time);
    std::printf("%s\t%u\t%zu\t%.3f\t%.3f\t%llu\t%llu\t%.2f\n", work->name, workers, made.count, time / 1e6,
                static_cast<double>(found.work) / workers / time, static_cast<unsigned long long>(found.tasks),
                static_cast<unsigned long long>(found.stolen), static_cast<double>(found.transfers) / count);
    std::fflush(stdout);
  }
  return true;
}

} // namespace

int main(int, char **argument) {
  const arguments given = parse(argument + 1);
  if (!given.curve.empty())
    return run_curve(given) ? 0 : 1;
  if (!given.many)
    return run_seed(given.seed, given) ? 0 : 1;
  for (std::uint64_t seed = given.first; seed != given.last; ++seed)
    if (!run_seed(seed, given))
      return 1;
  return 0;
}
