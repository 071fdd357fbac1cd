// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The light that comes along a ray, and the camera that sends rays out.
#ifndef WEAVE_EXAMPLES_RAYTRACER_PATH_H
#define WEAVE_EXAMPLES_RAYTRACER_PATH_H

#include "../support/random.h"
#include "scene.h"

/// Follows one path of light backwards; many such samples have the true brightness as their mean.
vec radiance(const scene &world, ray r, support::random &random);

class camera {
public:
  /// `field` is the width of what is in view at distance 1, `lens` the radius of the opening.
  camera(vec position, vec target, double field, double lens);

  /// The ray through a point of the picture; `across` and `down` grow from -1 to 1 over the picture's width.
  ray through(double across, double down, support::random &random) const;

private:
  vec position, forward, right, up;
  double half_field, lens, focus;
};

#endif
