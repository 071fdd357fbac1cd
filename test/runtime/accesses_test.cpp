// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The map from bytes to the tasks that use them, against one that treats every byte on its own.
#include "dataflow/accesses.h"

#include <algorithm>
#include <array>
#include <gtest/gtest.h>
#include <memory>
#include <random>
#include <set>
#include <vector>

namespace {

using weave::detail::access;
using weave::detail::accesses;
using weave::detail::graph_task;
using weave::detail::operand;
using weave::detail::progress;

constexpr unsigned size = 48;

class bytewise {
public:
  std::set<graph_task *> conflicts(unsigned begin, unsigned count, access mode) const {
    std::set<graph_task *> found;
    const auto add = [&found](graph_task *task) {
      if (task && task->state != progress::done)
        found.insert(task);
    };
    for (unsigned at = begin; at != begin + count; ++at) {
      add(bytes_[at].writer);
      if (mode == access::write)
        std::for_each(bytes_[at].readers.begin(), bytes_[at].readers.end(), add);
    }
    return found;
  }

  void record(unsigned begin, unsigned count, access mode, graph_task &task) {
    for (unsigned at = begin; at != begin + count; ++at)
      if (mode == access::write)
        bytes_[at] = {&task, {}};
      else
        bytes_[at].readers.insert(&task);
  }

private:
  struct byte {
    graph_task *writer = nullptr;
    std::set<graph_task *> readers;
  };
  std::array<byte, size> bytes_;
};

TEST(Accesses, FindTheSameConflictsAsAMapOfSingleBytes) {
  weave::detail::worker_base owner{0, false};
  std::array<char, size> memory;
  for (unsigned seed = 0; seed != 300; ++seed) {
    std::mt19937 random(seed);
    const auto below = [&random](unsigned limit) { return static_cast<unsigned>(random() % limit); };
    accesses tested;
    bytewise expected;
    std::vector<std::unique_ptr<graph_task>> tasks;
    const unsigned widest = 1 + below(size - 1);
    for (int step = 0; step != 100; ++step) {
      tasks.push_back(std::make_unique<graph_task>(nullptr, owner, 0, 0));
      graph_task &task = *tasks.back();
      struct range {
        unsigned begin, count;
        access mode;
      };
      std::vector<range> ranges(1 + below(3));
      std::vector<graph_task *> found;
      std::set<graph_task *> right;
      for (range &each : ranges) {
        each.count = 1 + below(widest);
        each.begin = below(size - each.count + 1);
        each.mode = below(3) ? access::read : access::write;
        tested.conflicts({&memory[each.begin], each.count, each.mode}, found);
        const auto more = expected.conflicts(each.begin, each.count, each.mode);
        right.insert(more.begin(), more.end());
      }
      ASSERT_EQ(std::set<graph_task *>(found.begin(), found.end()), right) << "seed " << seed << ", step " << step;
      ASSERT_EQ(found.size(), right.size()) << "a task is named twice";
      for (const range &each : ranges) {
        tested.record({&memory[each.begin], each.count, each.mode}, task);
        expected.record(each.begin, each.count, each.mode, task);
      }
      if (below(3) == 0)
        tasks[below(static_cast<unsigned>(tasks.size()))]->state = progress::done;
      if (below(10) == 0)
        tested.forget_done();
    }
  }
}

} // namespace
