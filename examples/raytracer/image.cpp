// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// From light to bytes, and from bytes to a file by way of libpng.
#include "image.h"
#include <algorithm>
#include <png.h>

namespace {

// A curve like that of film: it keeps colours in the shadows and lets the lights fade to white (Narkowicz's fit of
// ACES), followed by the screen's own gamma.
std::uint8_t developed(double light) {
  const double toned = light * (2.51 * light + 0.03) / (light * (2.43 * light + 0.59) + 0.14);
  const double on_screen = std::pow(std::clamp(toned, 0.0, 1.0), 1 / 2.2);
  return static_cast<std::uint8_t>(on_screen * 255 + 0.5);
}

} // namespace

void image::set(int row, int column, vec light) {
  std::uint8_t *const pixel = &bytes[3 * (static_cast<std::size_t>(row) * columns + column)];
  pixel[0] = developed(light.x);
  pixel[1] = developed(light.y);
  pixel[2] = developed(light.z);
}

std::uint64_t image::fingerprint() const {
  std::uint64_t hash = 14695981039346656037u;
  for (const std::uint8_t byte : bytes)
    hash = (hash ^ byte) * 1099511628211u;
  return hash;
}

std::string image::write_png(const char *path) const {
  png_image description{};
  description.version = PNG_IMAGE_VERSION;
  description.width = static_cast<png_uint_32>(columns);
  description.height = static_cast<png_uint_32>(lines);
  description.format = PNG_FORMAT_RGB;
  if (!png_image_write_to_file(&description, path, 0, bytes.data(), 0, nullptr))
    return std::string("cannot write '") + path + "': " + description.message;
  return {};
}
