// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A picture in memory, and on disk as PNG.
#ifndef WEAVE_EXAMPLES_RAYTRACER_IMAGE_H
#define WEAVE_EXAMPLES_RAYTRACER_IMAGE_H

#include "vec.h"
#include <cstdint>
#include <string>
#include <vector>

class image {
public:
  image(int width, int height) : columns(width), lines(height), bytes(std::size_t{3} * width * height) {}

  int width() const { return columns; }
  int height() const { return lines; }

  /// Takes linear light of any brightness. Different pixels may be set at the same time.
  void set(int row, int column, vec light);

  /// Depends on every byte of the picture.
  std::uint64_t fingerprint() const;

  /// Empty if all went well, else what went wrong.
  std::string write_png(const char *path) const;

private:
  int columns, lines;
  std::vector<std::uint8_t> bytes;
};

#endif
