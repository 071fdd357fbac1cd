// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A path tracer. Each pixel draws random numbers of its own, so the picture is the same, to the last bit, however many
// workers paint it.
#include "../support/arguments.h"
#include "../support/stopwatch.h"
#include "image.h"
#include "path.h"
#include "progress.h"

namespace {

// The mean of many samples, spread over the pixel's area.
vec pixel(const scene &world, const camera &eye, const image &picture, int row, int column, int samples) {
  vec sum;
  for (int sample = 0; sample < samples; ++sample) {
    const std::uint64_t place = static_cast<std::uint64_t>(row) * picture.width() + column;
    support::random random(place << 20 | sample);
    random = support::random(random.bits());
    const double across = (column + random.unit()) * 2 / picture.width() - 1;
    const double down = ((row + random.unit()) * 2 - picture.height()) / picture.width();
    sum += radiance(world, eye.through(across, down, random), random);
  }
  return (1.0 / samples) * sum;
}

void paint(const scene &world, const camera &eye, image &picture, int samples) {
  progress bar(picture.height());
#pragma weave parallel_for
  for (int row = 0; row < picture.height(); ++row) {
    for (int column = 0; column < picture.width(); ++column)
      picture.set(row, column, pixel(world, eye, picture, row, column, samples));
    bar.advance();
  }
}

} // namespace

int main(int argc, char **argv) {
  const support::arguments arguments(argc, argv, "raytracer [width [samples [picture.png]]]", 3);
  const int width = static_cast<int>(arguments.number(1, "width", 400, 16, 8192));
  const int samples = static_cast<int>(arguments.number(2, "samples", 16, 1, 1 << 20));
  const char *const path = arguments.text(3, "raytracer.png");

  const scene world = sunflower();
  const camera eye({0.9, 4.1, 10.6}, {0, 0.62, 0.1}, 0.72, 0.06);
  image picture(width, width * 9 / 16);
  const support::stopwatch watch;
  paint(world, eye, picture, samples);
  watch.report();

  if (const std::string wrong = picture.write_png(path); !wrong.empty()) {
    std::fprintf(stderr, "raytracer: %s\n", wrong.c_str());
    return 1;
  }
  std::printf("raytracer(%d x %d, %d samples): fingerprint %016llx\n", picture.width(), picture.height(), samples,
              static_cast<unsigned long long>(picture.fingerprint()));
}
