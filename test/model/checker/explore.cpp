// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "explore.h"

#include "memory.h"
#include "races.h"
#include "trace.h"

#include <cstdio>
#include <cstdlib>
#include <ostream>

namespace weave::model {
namespace {

void run(choices &choices, bounds bounds, const std::function<void()> &main) {
  atomics.begin();
  plain.begin();
  all_threads.run(choices, bounds, main);
}

std::string text(bounds bounds) { return std::to_string(bounds.preemptions) + '/' + std::to_string(bounds.stale); }

bounds parse(const char *text) {
  bounds parsed;
  if (std::sscanf(text, "%u/%u", &parsed.preemptions, &parsed.stale) != 2) {
    std::fprintf(stderr, "model: '%s' are no bounds (PREEMPTIONS/STALE)\n", text);
    std::exit(2);
  }
  return parsed;
}

// A failing execution once more, now writing down what happens.
void replay(result &result, choices choices, bounds bounds, const std::function<void()> &main) {
  result.schedule = text(bounds) + choices.text();
  trace::text = &result.trace;
  choices = choices::replay(choices.text());
  run(choices, bounds, main);
  trace::text = nullptr;
  result.failure = all_threads.failure();
}

} // namespace

result explore(bounds bounds, const std::function<void()> &main) {
  choices made = choices::all();
  if (const char *given = std::getenv("WEAVE_MODEL_BOUNDS"))
    bounds = parse(given);
  if (const char *schedule = std::getenv("WEAVE_MODEL_REPLAY")) {
    bounds = parse(schedule);
    const std::string text = schedule;
    made = choices::replay(text.substr(std::min(text.find(' '), text.size())));
  } else if (const char *random = std::getenv("WEAVE_MODEL_RANDOM")) {
    unsigned long long seed, executions;
    if (std::sscanf(random, "%llu:%llu", &seed, &executions) != 2) {
      std::fprintf(stderr, "model: '%s' is no SEED:EXECUTIONS\n", random);
      std::exit(2);
    }
    made = choices::random(seed, executions);
    bounds = {~0u, ~0u};
  }

  result result;
  do {
    run(made, bounds, main);
    ++result.executions;
    if (all_threads.failed()) {
      replay(result, made, bounds, main);
      break;
    }
  } while (made.next());
  if (!result.failed() && !made.followed())
    result.failure = "the schedule to replay is that of another test, or of another version of this one";
  std::printf("[   model  ] %llu executions\n", static_cast<unsigned long long>(result.executions));
  return result;
}

std::ostream &operator<<(std::ostream &out, const result &result) {
  if (!result.failed())
    return out << "no failure in " << result.executions << " executions";
  return out << result.failure << "\nin execution " << result.executions << "; see it again with WEAVE_MODEL_REPLAY='"
             << result.schedule << "'\n"
             << result.trace;
}

} // namespace weave::model
