// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "configuration.h"

#include "platform/environment.h"
#include "platform/processors.h"
#include "platform/stack.h"
#include "platform/topology.h"

#include <algorithm>
#include <cstdio>
#include <set>

namespace weave::detail {
namespace {

unsigned processors_of(const std::vector<platform::place> &places) {
  std::set<unsigned> different;
  for (const platform::place &each : places)
    different.insert(each.begin(), each.end());
  return static_cast<unsigned>(different.size());
}

void display(const configuration &chosen, const platform::settings &wanted, const std::vector<platform::place> &places) {
  std::fprintf(stderr,
               "WEAVE DISPLAY ENVIRONMENT BEGIN\n"
               "  WEAVE_NUM_THREADS = '%u'\n"
               "  WEAVE_BIND = '%s'\n"
               "  WEAVE_PLACES = '%s'\n"
               "  WEAVE_WAIT = '%s'\n"
               "  WEAVE_STACKSIZE = '%zuK'\n"
               "  WEAVE_STATS = '%s'\n"
               "  WEAVE_TRACE = '%s'\n"
               "  WEAVE_TRACE_LIMIT = '%zu'\n"
               "  WEAVE_TOOL = '%s'\n"
               "WEAVE DISPLAY ENVIRONMENT END\n",
               chosen.workers, platform::name_of(wanted.bind).c_str(), platform::to_string(places).c_str(),
               platform::name_of(wanted.wait).c_str(), chosen.stack / 1024, chosen.statistics.name.c_str(),
               chosen.trace.name.c_str(), chosen.trace.records, wanted.tool.c_str());
  platform::warn_of_unknown_variables();
}

} // namespace

configuration configure(const options &options) {
  const platform::settings wanted = platform::read_settings(options);
  const bool binds = wanted.bind != binding::none;
  platform::topology machine;
  std::vector<platform::place> places;
  if (binds) {
    machine = platform::read_topology();
    places = platform::read_places(wanted.places, machine);
  }

  configuration result(wanted.workers);
  if (result.workers == 0)
    result.workers =
        std::min(binds ? std::min(platform::usable_processors(), processors_of(places)) : platform::usable_processors(),
                 platform::most_workers);
  result.wait = wanted.wait;
  result.starts_threads = options.threads == threads::own;
  result.statistics = observe::checked(wanted.statistics);
  result.trace = observe::checked({wanted.trace, wanted.trace_limit}, result.statistics.name);
  result.tool = observe::load_tool(wanted.tool, result.workers);
  result.stack = wanted.stack ? wanted.stack : platform::usual_stack_size();
  if (wanted.display)
    display(result, wanted, places);
  if (binds)
    result.seats = platform::seats(std::move(places), machine, wanted.bind, result.workers);
  if (!machine.of_this_machine)
    for (platform::seat &each : result.seats)
      each.processors.clear();
  return result;
}

} // namespace weave::detail
