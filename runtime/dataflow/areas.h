// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The different sets of bytes that the operands of an activation name, and which of them overlap.
#pragma once

#include "dataflow/bytes.h"
#include "dataflow/graph_task.h"
#include "dataflow/shelves.h"

#include <vector>

namespace weave::detail {

/// A set of bytes that operands name, and the tasks that use just this set.
///
/// The unfinished ones that use it as the last one does are `current`. What each of those waited for is `previous`: it
/// is what one more of the kind has to wait for, and whoever uses it otherwise waits for `current` alone, which waited
/// for the rest.
struct area {
  explicit area(const bytes &named)
      : levels(named.levels, named.levels + named.level_count),
        what{named.begin, named.run, levels.data(), named.level_count}, end(named.end()) {}

  const std::vector<level> levels;
  const bytes what;
  const std::uintptr_t end;
  std::vector<graph_task *> current, previous;
  access kind = access::read;
  turn exclusive;                       ///< Of those that commute, here and where they overlap it.
  std::vector<graph_task *> take_turns; ///< That turn, sooner or later.
  bool live = false;                    ///< It may have tasks.

  // Those of `areas`.
  std::vector<area *> overlapping;
  bool crowded = false;       ///< There are too many that overlap it to keep them.
  std::uint64_t found_by = 0; ///< The last search that met it.
  std::size_t shelved_by = 0; ///< The stride.
  area *next = nullptr;       ///< With the same hash.
};

/// Each set once, found by what it is: at once if it has been named before; a new one looks once for those that it
/// overlaps.
///
/// Complexity: O(1) for a set that is there, O(log n + k) for one whose bounds meet those of k others; then O(1) for
/// each one that it overlaps.
class areas {
public:
  areas() = default;
  areas(const areas &) = delete;
  areas &operator=(const areas &) = delete;
  ~areas();

  /// Finds or makes the area. Throws std::bad_alloc.
  area &of(const bytes &);
  std::size_t size() const noexcept { return size_; }

  template <class F> void each_overlapping(area &of, F visit) {
    if (!of.crowded)
      for (area *each : of.overlapping)
        visit(*each);
    else
      search(of, visit);
  }

  /// Forgets those without tasks.
  void drop_idle() noexcept;

private:
  static constexpr std::size_t most_overlapping =
      64; // kept for an area, so that all areas together take memory in proportion to their number

  template <class F> void search(area &of, F found) {
    of.found_by = ++search_;
    by_place_.near(of.what, [&](area &each) {
      if (each.found_by == search_)
        return;
      each.found_by = search_;
      if (overlap(each.what, of.what))
        found(each);
    });
  }

  area **bucket(const bytes &what) noexcept { return &buckets_[hash(what) & (buckets_.size() - 1)]; }
  void grow();
  static void link(area &, area &) noexcept;
  void drop(area &) noexcept;

  std::vector<area *> buckets_; // a power of 2 of them
  shelves by_place_;
  std::size_t size_ = 0;
  std::uint64_t search_ = 0; // the number of the last one
};

} // namespace weave::detail
