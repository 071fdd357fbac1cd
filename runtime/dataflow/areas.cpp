// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dataflow/areas.h"

#include <algorithm>
#include <memory>
#include <new>
#include <utility>

namespace weave::detail {

areas::~areas() {
  for (area *first : buckets_)
    while (first)
      delete std::exchange(first, first->next);
}

void areas::grow() {
  std::vector<area *> smaller(std::max<std::size_t>(2 * buckets_.size(), 64));
  buckets_.swap(smaller);
  for (area *first : smaller)
    while (first) {
      area *const each = std::exchange(first, first->next);
      area **in = bucket(each->what);
      each->next = std::exchange(*in, each);
    }
}

void areas::link(area &one, area &other) noexcept {
  if (one.crowded)
    return;
  try {
    if (one.overlapping.empty())
      one.overlapping.reserve(8);
    if (one.overlapping.size() < most_overlapping)
      return one.overlapping.push_back(&other);
  } catch (const std::bad_alloc &) { // it will be searched for them
  }
  one.crowded = true;
  one.overlapping = {};
}

area &areas::of(const bytes &what) {
  if (!buckets_.empty())
    for (area *each = *bucket(what); each; each = each->next)
      if (each->what == what)
        return *each;
  if (size_ >= buckets_.size())
    grow();
  auto added = std::make_unique<area>(what);
  search(*added, [&](area &other) { link(*added, other); });
  by_place_.insert(*added);
  each_overlapping(*added, [&](area &other) { link(other, *added); });
  ++size_;
  area **in = bucket(what);
  added->next = *in;
  *in = added.release();
  return **in;
}

// What is in no bucket any more.
void areas::drop(area &dropped) noexcept {
  each_overlapping(dropped, [&](area &other) {
    if (!other.crowded)
      other.overlapping.erase(std::find(other.overlapping.begin(), other.overlapping.end(), &dropped));
  });
  by_place_.erase(dropped);
  --size_;
  delete &dropped;
}

void areas::drop_idle() noexcept {
  for (area *&first : buckets_)
    for (area **link = &first; *link;)
      if ((*link)->live)
        link = &(*link)->next;
      else
        drop(*std::exchange(*link, (*link)->next));
}

} // namespace weave::detail
