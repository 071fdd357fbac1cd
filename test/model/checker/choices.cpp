// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "choices.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <sstream>

namespace weave::model {

choices choices::random(std::uint64_t seed, std::uint64_t executions) {
  choices made;
  made.mode_ = mode::random;
  made.generator_.seed(seed);
  made.left_ = executions;
  return made;
}

choices choices::replay(const std::string &text) {
  choices made;
  made.mode_ = mode::replay;
  std::istringstream in(text);
  for (std::string each; in >> each;) {
    std::size_t position;
    unsigned taken;
    if (char rest; std::sscanf(each.c_str(), "%zu:%u%c", &position, &taken, &rest) != 2) {
      std::fprintf(stderr, "model: '%s' is no choice (POSITION:ALTERNATIVE)\n", each.c_str());
      std::exit(2);
    }
    made.prescribed_[position] = taken;
  }
  return made;
}

unsigned choices::first(unsigned alternatives, bool rare) {
  if (mode_ == mode::random)
    return rare && generator_() % 8 ? 0 : static_cast<unsigned>(generator_() % alternatives);
  if (mode_ == mode::replay)
    if (const auto found = prescribed_.find(position_); found != prescribed_.end())
      return std::min(found->second, alternatives - 1);
  return 0;
}

unsigned choices::pick(unsigned alternatives, bool rare, unsigned without) {
  if (alternatives == 1)
    return 0;
  if (position_ == made_.size()) {
    made_.push_back({first(alternatives, rare), alternatives, without});
    while (made_.back().skips())
      ++made_.back().taken;
  }
  const choice &here = made_[position_++];
  if (here.alternatives != alternatives) {
    std::fprintf(stderr, "model: the code under test depends on more than the checker's choices\n");
    std::abort();
  }
  return here.taken;
}

bool choices::next() {
  position_ = 0;
  if (mode_ == mode::replay)
    return false;
  if (mode_ == mode::random) {
    made_.clear();
    return left_ > 1 && --left_;
  }
  for (; !made_.empty(); made_.pop_back()) {
    choice &last = made_.back();
    do
      ++last.taken;
    while (last.taken != last.alternatives && last.skips());
    if (last.taken != last.alternatives)
      return true;
  }
  return false;
}

bool choices::followed() const {
  return std::all_of(prescribed_.begin(), prescribed_.end(), [this](const auto &each) {
    return each.first < made_.size() && made_[each.first].taken == each.second;
  });
}

std::string choices::text() const {
  std::ostringstream text;
  for (std::size_t i = 0; i != made_.size(); ++i)
    if (made_[i].taken)
      text << ' ' << i << ':' << made_[i].taken;
  return text.str();
}

} // namespace weave::model
