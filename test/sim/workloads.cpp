// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "workloads.h"

#include "runtime.h"
#include "weave/weave.h"

#include <algorithm>

namespace weave::sim {
namespace {

using detail::frame;
using detail::graph_frame;

void run_piece(std::size_t piece, nanoseconds grain) {
  ++pieces.runs[piece];
  pieces.work += grain;
  processors.spend(grain);
}

/// Around the body of a task, which counts whether it was stolen.
template <class Body> auto counted(Body body) {
  ++pieces.spawns;
  return [body, home = detail::current] {
    pieces.stolen += detail::current != home;
    body();
  };
}

std::size_t hash(std::size_t begin, std::size_t end) { return (begin * 31 + end) * 0x9e3779b97f4a7c15u >> 20; }

/// Divides [begin, end) in two at a place that nobody foresees, down to single pieces.
void divide(std::size_t begin, std::size_t end, nanoseconds grain) {
  if (end - begin == 1)
    return run_piece(begin, grain);
  const std::size_t middle = begin + 1 + hash(begin, end) % (end - begin - 1);
  detail::region([=](auto &tasks) {
    auto left = tasks.fork(counted([=] { divide(begin, middle, grain); }));
    divide(middle, end, grain);
    left.join();
    tasks.sync();
  });
}

void tree(std::size_t count, nanoseconds grain) { divide(0, count, grain); }

/// A loop, some of whose iterations take ten times as long as others.
void loop(std::size_t count, nanoseconds grain) {
  using iterations = detail::iterations<std::size_t, detail::bound::less, detail::direction::up>;
  detail::parallel_for(iterations(std::size_t{0}, count, 1), [grain](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i != end; ++i)
      run_piece(i, i / 64 % 4 ? grain / 3 : grain * 3);
  });
}

/// One thread makes all tasks.
void producer(std::size_t count, nanoseconds grain) {
  frame tasks;
  for (std::size_t i = 0; i != count; ++i)
    tasks.spawn(counted([=] { run_piece(i, grain); }));
  tasks.sync();
}

/// A grid, in which a piece may come after the one above it and after the one to its left. What does not fill the grid runs in front.
void graph(std::size_t count, nanoseconds grain) {
  std::size_t side = 1;
  while ((side + 1) * (side + 1) <= count)
    ++side;
  for (std::size_t i = side * side; i != count; ++i)
    run_piece(i, grain);
  std::vector<unsigned char> done(side * side + 1, 0);
  const unsigned char &nothing = done.back();
  graph_frame tasks;
  for (std::size_t i = 0; i != side * side; ++i) {
    const unsigned char &above = i >= side && hash(i, 1) % 4 ? done[i - side] : nothing;
    const unsigned char &left = i % side && hash(i, 2) % 4 ? done[i - 1] : nothing;
    tasks.spawn_after({detail::in(above), detail::in(left), detail::out(done[i])},
                      counted([&, i, grain, above = &above, left = &left] {
                        run_piece(i, grain);
                        pieces.ordered &= (above == &nothing || *above) && (left == &nothing || *left);
                        done[i] = 1;
                      }));
  }
  tasks.sync();
}

/// Now and then a task, after which the thread does something else until that has run: others must come for it, who are about to fall asleep, or do.
void sparse(std::size_t begin, std::size_t end, nanoseconds grain) {
  for (std::size_t i = begin; i != end; ++i) {
    detail::region([=](auto &tasks) {
      auto piece = tasks.fork(counted([=] { run_piece(i, grain); }));
      do
        processors.spend(processors.below(150'000));
      while (!pieces.runs[i]);
      piece.join();
      tasks.sync();
    });
  }
}

void sparse(std::size_t count, nanoseconds grain) { sparse(0, count, grain); }

/// Threads of the program share the work, come and go.
void threads(std::size_t count, nanoseconds grain) {
  detail::runtime &home = static_cast<detail::worker &>(*detail::current).home();
  constexpr std::size_t most = 8;
  for (std::size_t begin = 0; begin != count;) {
    const std::size_t share = std::min(count - begin, count / 16 + 1);
    std::vector<thread> guests;
    for (std::size_t end; guests.size() != most && begin != count; begin = end) {
      end = std::min(count, begin + share);
      guests.emplace_back([=, &home] {
        detail::worker *mine = home.enrol();
        detail::current = mine;
        begin / share % 2 ? sparse(begin, end, grain) : divide(begin, end, grain);
        home.retire(*mine);
      });
    }
    for (thread &each : guests)
      each.join();
  }
}

} // namespace

const std::vector<workload> &workloads() {
  static const std::vector<workload> all{{"tree", &tree},     {"loop", &loop},     {"producer", &producer},
                                         {"graph", &graph},   {"sparse", &sparse}, {"threads", &threads}};
  return all;
}

} // namespace weave::sim
