// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Where areas lie in memory: those that a set of bytes may meet are found without a look at the others.
#pragma once

#include "dataflow/bytes.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace weave::detail {

struct area;

/// The bounds of a set of bytes, as rows and columns of a matrix whose rows are `stride` bytes long. Without a stride
/// the one row is all memory.
struct rectangle {
  std::size_t stride;
  std::uintptr_t row, column;
  std::size_t rows, columns;
};
rectangle bounds_of(const bytes &) noexcept;

/// Areas in the order of their first byte.
class shelf {
public:
  struct entry {
    std::uintptr_t band, column; // the order: some rows together, then by column
    std::uintptr_t column_end;
    area *of;

    bool before(std::uintptr_t other_band, std::uintptr_t other_column) const noexcept {
      return band != other_band ? band < other_band : column < other_column;
    }
  };

  std::size_t size() const noexcept { return size_; }
  void insert(const entry &); // throws std::bad_alloc
  void erase(const entry &) noexcept;

  /// Visits those of bands `first` to `last` that begin in columns from `from` to before `to` and end behind `end`.
  template <class F>
  void each(std::uintptr_t first, std::uintptr_t last, std::uintptr_t from, std::uintptr_t to, std::uintptr_t end,
            F visit) const {
    for (std::uintptr_t band = first;;) {
      std::size_t in = chunk_of(band, from);
      std::size_t at = in == chunks_.size() ? 0 : position(chunks_[in].entries, band, from);
      std::uintptr_t next = UINTPTR_MAX; // without any behind
      for (; in != chunks_.size(); ++in, at = 0) {
        const std::vector<entry> &entries = chunks_[in].entries;
        for (; at != entries.size() && entries[at].band == band && entries[at].column < to; ++at)
          if (entries[at].column_end > end)
            visit(*entries[at].of);
        if (at != entries.size()) {
          next = entries[at].band;
          break;
        }
      }
      if (next == UINTPTR_MAX || band == last)
        return;
      band = next > band ? next : band + 1;
      if (band > last)
        return;
    }
  }

private:
  static constexpr std::size_t most = 64; // entries of a chunk

  struct chunk {
    std::uintptr_t band, column; // not behind its first entry
    std::vector<entry> entries;  // never empty
  };

  std::size_t chunk_of(std::uintptr_t band, std::uintptr_t column) const noexcept; // the last that begins before it
  static std::size_t position(const std::vector<entry> &, std::uintptr_t band, std::uintptr_t column) noexcept;

  std::vector<chunk> chunks_;
  std::size_t size_ = 0;
};

/// Areas by their shape: those of one stride, of about as many rows and columns, share a shelf. So where one of them
/// must begin to meet a set is known.
class shelves {
public:
  void insert(area &); // throws std::bad_alloc
  void erase(area &) noexcept;

  /// Visits each area whose bounds meet those of the set, perhaps more than once, and some others.
  template <class F> void near(const bytes &what, F visit) const {
    const rectangle bounds = bounds_of(what);
    const std::uintptr_t begin = what.begin, end = what.end();
    for (const shape &each : shapes_) {
      if (begin >= each.end || end <= each.begin)
        continue;
      if (each.stride == bounds.stride && bounds.stride != 0) {
        look(each, bounds.row, bounds.rows, bounds.column, bounds.column + bounds.columns, visit);
      } else if (each.stride != 0) {
        const std::uintptr_t first = begin / each.stride, last = (end - 1) / each.stride;
        if (last - first > 1) {
          look(each, first, last - first + 1, 0, each.stride, visit);
        } else {
          look(each, first, 1, begin % each.stride, first == last ? (end - 1) % each.stride + 1 : each.stride, visit);
          if (first != last)
            look(each, last, 1, 0, (end - 1) % each.stride + 1, visit);
        }
      } else if (bounds.stride == 0 || bounds.rows > each.areas.size()) {
        look(each, 0, 1, begin, end, visit);
      } else {
        for (std::size_t i = 0; i != bounds.rows; ++i)
          look(each, 0, 1, begin + i * bounds.stride, begin + i * bounds.stride + bounds.columns, visit);
      }
    }
  }

private:
  // Rows are rounded up to a power of 4, columns to one of 16.
  struct shape {
    std::size_t stride;
    unsigned row_bits, column_bits;
    std::uintptr_t begin, end; // of all that were ever there
    shelf areas;
  };

  static constexpr std::size_t most_shapes =
      32; // more would take longer to go through than to look among all areas by their bounds alone

  template <class F>
  static void look(const shape &in, std::uintptr_t row, std::size_t rows, std::uintptr_t column,
                   std::uintptr_t column_end, F visit) {
    const std::uintptr_t above = (std::uintptr_t{1} << in.row_bits) - 1,
                         left = in.column_bits < 64 ? (std::uintptr_t{1} << in.column_bits) - 1 : UINTPTR_MAX;
    in.areas.each((row > above ? row - above : 0) >> in.row_bits, (row + rows - 1) >> in.row_bits,
                  column > left ? column - left : 0, column_end, column, visit);
  }

  shape &shape_of(const rectangle &); // throws std::bad_alloc

  std::vector<shape> shapes_;
};

} // namespace weave::detail
