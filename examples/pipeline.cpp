// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A pipeline that a thread feeds which is no worker, as a device or a connection would: it makes blocks of samples, and
// submits them. Each block is filtered in parallel; the results are written in the order in which the blocks came,
// while later ones are still being filtered.
#include "support/arguments.h"
#include "support/stopwatch.h"

#include <cstdio>
#include <deque>
#include <thread>
#include <utility>
#include <vector>
#include <weave/weave.h>

namespace {

using block = std::vector<unsigned>;

constexpr std::size_t samples = 1 << 14, window = 16, most_on_their_way = 32;

block read(unsigned number) {
  block made(samples);
  unsigned state = number * 2654435769u + 1;
  for (unsigned &each : made)
    each = (state = state * 1664525u + 1013904223u) >> 16;
  return made;
}

/// The moving sum over a window.
block filter(const block &in) {
  block out(in.size());
#pragma weave parallel_for
  for (std::size_t i = 0; i < in.size(); ++i) {
    unsigned sum = 0;
    for (std::size_t k = i < window ? 0 : i - window; k <= i; ++k)
      sum += in[k];
    out[i] = sum;
  }
  return out;
}

unsigned checksum(const block &in) {
  unsigned sum = 0;
  for (unsigned each : in)
    sum = sum * 31 + each;
  return sum;
}

void write(unsigned number, weave::future<unsigned> &result) { std::printf("block %u: %08x\n", number, result.get()); }

void feed(unsigned blocks) {
  std::deque<weave::future<unsigned>> on_their_way;
  unsigned written = 0;
  for (unsigned number = 0; number != blocks; ++number) {
    on_their_way.push_back(weave::submit([made = read(number)] { return checksum(filter(made)); }));
    if (on_their_way.size() == most_on_their_way) { // so that memory is bounded
      write(written++, on_their_way.front());
      on_their_way.pop_front();
    }
  }
  for (weave::future<unsigned> &each : on_their_way)
    write(written++, each);
}

} // namespace

int main(int argc, char **argv) {
  const support::arguments arguments(argc, argv, "pipeline [blocks]", 1);
  const auto blocks = static_cast<unsigned>(arguments.number(1, "number of blocks", 1000, 1, 1000000));

  const support::stopwatch watch;
  std::thread(feed, blocks).join();
  watch.report();
}
