// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "mutants.h"

#include "unwatched.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

namespace weave::model {
namespace {

struct weakened {
  unsigned site = ~0u;
  std::memory_order to = std::memory_order_relaxed;
};

weakened from_environment() {
  weakened chosen;
  char name[16];
  const char *text = std::getenv("WEAVE_MODEL_MUTANT");
  if (!text)
    return chosen;
  if (std::sscanf(text, "%u:%15s", &chosen.site, name) == 2)
    for (const auto &[known, order] : {std::pair("relaxed", std::memory_order_relaxed),
                                       {"acquire", std::memory_order_acquire},
                                       {"release", std::memory_order_release},
                                       {"acq_rel", std::memory_order_acq_rel}})
      if (!std::strcmp(name, known)) {
        chosen.to = order;
        return chosen;
      }
  std::fprintf(stderr, "model: '%s' is no SITE:ORDER\n", text);
  std::exit(2);
}

// Prints at the end which sites were reached, for scripts/mutate to tell those that no model reaches.
struct reached {
  std::vector<bool> sites;
  ~reached() {
    if (!std::getenv("WEAVE_MODEL_REACHED"))
      return;
    std::string text = "reached:";
    for (std::size_t site = 0; site != sites.size(); ++site)
      if (sites[site])
        text += ' ' + std::to_string(site);
    std::puts(text.c_str());
  }
};

} // namespace

std::memory_order mutant(unsigned site, std::memory_order written) {
  const unwatched section;
  static const weakened chosen = from_environment();
  static reached all;
  if (site >= all.sites.size())
    all.sites.resize(site + 1);
  all.sites[site] = true;
  return site == chosen.site ? chosen.to : written;
}

bool planted(const char *fault) {
  const unwatched section;
  static const char *const chosen = std::getenv("WEAVE_MODEL_FAULT");
  return chosen && !std::strcmp(chosen, fault);
}

} // namespace weave::model
