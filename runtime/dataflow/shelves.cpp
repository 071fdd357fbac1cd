// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dataflow/shelves.h"

#include "dataflow/areas.h"

#include <algorithm>
#include <utility>

namespace weave::detail {
namespace {

/// The least multiple of `step` whose power of 2 is not less than the number.
unsigned bits_for(std::size_t number, unsigned step) noexcept {
  const unsigned bits = number <= 1 ? 0 : 64 - static_cast<unsigned>(__builtin_clzll(number - 1));
  return (bits + step - 1) / step * step;
}

} // namespace

rectangle bounds_of(const bytes &what) noexcept {
  if (what.level_count != 0) {
    const std::size_t stride = what.levels->stride,
                      columns = bytes{what.begin, what.run, what.levels + 1, what.level_count - 1}.end() - what.begin;
    if (what.begin % stride + columns <= stride)
      return {stride, what.begin / stride, what.begin % stride, what.levels->count, columns};
  }
  return {0, 0, what.begin, 1, what.end() - what.begin};
}

std::size_t shelf::chunk_of(std::uintptr_t band, std::uintptr_t column) const noexcept {
  const auto behind = std::partition_point(chunks_.begin(), chunks_.end(), [&](const chunk &each) {
    return each.band != band ? each.band < band : each.column < column;
  });
  return static_cast<std::size_t>(behind - chunks_.begin()) - (behind != chunks_.begin());
}

std::size_t shelf::position(const std::vector<entry> &chunk, std::uintptr_t band, std::uintptr_t column) noexcept {
  const auto found =
      std::partition_point(chunk.begin(), chunk.end(), [&](const entry &each) { return each.before(band, column); });
  return static_cast<std::size_t>(found - chunk.begin());
}

void shelf::insert(const entry &added) {
  if (chunks_.empty()) {
    chunk first{0, 0, {}};
    first.entries.reserve(most);
    chunks_.push_back(std::move(first));
  }
  std::size_t at = chunk_of(added.band, added.column);
  if (chunks_[at].entries.size() == most) {
    const auto middle = chunks_[at].entries.begin() + most / 2;
    chunk right{middle->band, middle->column, {}};
    right.entries.reserve(most);
    right.entries.assign(middle, chunks_[at].entries.end());
    chunks_.insert(chunks_.begin() + static_cast<std::ptrdiff_t>(at) + 1, std::move(right));
    chunks_[at].entries.resize(most / 2);
    at = chunk_of(added.band, added.column);
  }
  if (added.before(chunks_[at].band, chunks_[at].column)) // it precedes all that there is
    chunks_[at].band = added.band, chunks_[at].column = added.column;
  std::vector<entry> &in = chunks_[at].entries;
  in.insert(in.begin() + static_cast<std::ptrdiff_t>(position(in, added.band, added.column)), added);
  ++size_;
}

void shelf::erase(const entry &dropped) noexcept {
  std::size_t in = chunk_of(dropped.band, dropped.column),
              at = position(chunks_[in].entries, dropped.band, dropped.column);
  while (at == chunks_[in].entries.size() || chunks_[in].entries[at].of != dropped.of)
    if (at++ == chunks_[in].entries.size())
      ++in, at = 0;
  std::vector<entry> &entries = chunks_[in].entries;
  entries.erase(entries.begin() + static_cast<std::ptrdiff_t>(at));
  if (entries.empty())
    chunks_.erase(chunks_.begin() + static_cast<std::ptrdiff_t>(in));
  --size_;
}

shelves::shape &shelves::shape_of(const rectangle &bounds) {
  const unsigned row_bits = bits_for(bounds.rows, 2), column_bits = bits_for(bounds.columns, 4);
  for (shape &each : shapes_)
    if (each.stride == bounds.stride && each.row_bits == row_bits && each.column_bits == column_bits)
      return each;
  return shapes_.emplace_back(shape{bounds.stride, row_bits, column_bits, UINTPTR_MAX, 0, {}});
}

void shelves::insert(area &added) {
  rectangle bounds = bounds_of(added.what);
  if (bounds.stride != 0 && shapes_.size() >= most_shapes)
    bounds = {0, 0, added.what.begin, 1, added.end - added.what.begin};
  shape &in = shape_of(bounds);
  in.areas.insert({bounds.row >> in.row_bits, bounds.column, bounds.column + bounds.columns, &added});
  in.begin = std::min(in.begin, added.what.begin), in.end = std::max(in.end, added.end);
  added.shelved_by = bounds.stride;
}

void shelves::erase(area &dropped) noexcept {
  rectangle bounds = bounds_of(dropped.what);
  if (bounds.stride != dropped.shelved_by)
    bounds = {0, 0, dropped.what.begin, 1, dropped.end - dropped.what.begin};
  shape &in = *std::find_if(shapes_.begin(), shapes_.end(), [&](const shape &each) {
    return each.stride == bounds.stride && each.row_bits == bits_for(bounds.rows, 2) &&
           each.column_bits == bits_for(bounds.columns, 4);
  });
  in.areas.erase({bounds.row >> in.row_bits, bounds.column, 0, &dropped});
}

} // namespace weave::detail
