// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "races.h"

#include "scheduler.h"
#include "unwatched.h"

#include <algorithm>
#include <cstdlib>
#include <dlfcn.h>
#include <sstream>

namespace weave::model {
namespace {

// As addr2line wants it.
std::string at(const void *code) {
  Dl_info found;
  std::ostringstream text;
  if (dladdr(code, &found))
    text << " (at 0x" << std::hex << static_cast<const char *>(code) - static_cast<const char *>(found.dli_fbase) - 1
         << " of the program)";
  return text.str();
}

} // namespace

void races::begin() {
  ++execution_;
  used_ = 0;
  for (void *memory : freed_)
    std::free(memory);
  freed_.clear();
}

races::granule &races::find(address number) {
  if (used_ > table_.size() / 2)
    threads->fail("the race detector's table is full");
  const std::size_t mask = table_.size() - 1;
  for (std::size_t at = number * 0x9e3779b97f4a7c15u >> 32 & mask;; at = (at + 1) & mask) {
    granule &found = table_[at];
    if (found.execution == execution_ && found.at == number)
      return found;
    if (found.execution != execution_) {
      ++used_;
      found.at = number;
      found.execution = execution_;
      found.freed = false;
      found.uses.clear();
      return found;
    }
  }
}

void races::use_granule(granule &granule, std::uint8_t bytes, bool writes, const void *code) {
  if (granule.freed)
    threads->fail("memory is used after it was freed" + at(code));
  const unsigned self = threads->self();
  const clock &now = threads->now();
  for (const use &other : granule.uses)
    if (other.thread != self && (other.bytes & bytes) && (other.writes || writes) &&
        !now.includes(other.thread, other.when))
      threads->fail("data race: thread " + std::to_string(self) + (writes ? " writes" : " reads") + at(code) +
                    " what thread " + std::to_string(other.thread) + (other.writes ? " writes" : " reads") +
                    at(other.code));
  // It takes the place of the uses that it is ordered after and that would be found by no more than it is.
  std::erase_if(granule.uses, [&](const use &other) {
    return (other.bytes & ~bytes) == 0 && (writes || (other.thread == self && !other.writes));
  });
  // Belongs to the next operation: a release that came before does not cover it.
  granule.uses.push_back({now[self] + 1, static_cast<std::uint8_t>(self), bytes, writes, code});
}

void races::access(const void *memory, std::size_t bytes, bool writes, const void *code) {
  const unwatched section;
  if (threads->is_per_thread(memory))
    return;
  address at = reinterpret_cast<address>(memory);
  for (const address end = at + bytes; at != end;) {
    const address next = std::min(end, (at | 7) + 1);
    const unsigned mask = (0xffu >> (8 - (next - at))) << (at & 7);
    use_granule(find(at >> 3), static_cast<std::uint8_t>(mask), writes, code);
    at = next;
  }
}

// The whole granules.
void races::mark(const void *memory, std::size_t bytes, bool freed) {
  const address first = (reinterpret_cast<address>(memory) + 7) >> 3;
  const address end = (reinterpret_cast<address>(memory) + bytes) >> 3;
  for (address number = first; number < end; ++number)
    find(number).freed = freed;
}

void races::freed(void *memory, std::size_t bytes, const void *code) {
  const unwatched section;
  if (bytes <= most_watched) {
    access(memory, bytes, true, code);
    mark(memory, bytes, true);
  }
  freed_.push_back(memory);
}

void races::poison(const void *memory, std::size_t bytes) {
  if (!threads)
    return;
  const unwatched section;
  access(memory, bytes, true, __builtin_return_address(0));
  mark(memory, bytes, true);
}

void races::unpoison(const void *memory, std::size_t bytes) {
  if (!threads)
    return;
  const unwatched section;
  mark(memory, bytes, false);
}

} // namespace weave::model
