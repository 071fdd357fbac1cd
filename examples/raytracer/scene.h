// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What there is to see: spheres of several materials on a polished floor, under lights and an evening sky.
#ifndef WEAVE_EXAMPLES_RAYTRACER_SCENE_H
#define WEAVE_EXAMPLES_RAYTRACER_SCENE_H

#include "vec.h"
#include <vector>

enum class surface { matt, varnished, metal, glass, light };

struct material {
  surface kind = surface::matt;
  vec colour;           // what it reflects, or what a light sends out
  double roughness = 0; // of metal: 0 is a mirror
};

struct sphere {
  vec centre;
  double radius = 1;
  material made_of;
};

// Where a ray meets something.
struct hit {
  double distance;
  vec point, normal; // the normal points out of the object
  material made_of;
};

class scene {
public:
  explicit scene(std::vector<sphere> spheres);

  /// The nearest thing that the ray meets; false if there is none.
  bool nearest(const ray &r, hit &found) const;
  /// Whether anything stands in the way between the ray's origin and `distance`.
  bool blocked(const ray &r, double distance) const;

  const std::vector<sphere> &lights() const { return shining; }
  vec sky(vec direction) const;

private:
  struct box {
    vec low, high;
  };
  // A node of the tree of bounding boxes. Its left child comes right after it; a leaf holds the spheres from `first`
  // on.
  struct node {
    box bounds;
    int right = 0, first = 0, count = 0;
  };

  void build(int first, int last);
  template <class Visit> void along(const ray &r, const double &limit, Visit visit) const;

  std::vector<sphere> spheres, shining;
  std::vector<node> nodes;
};

/// The picture that this example paints.
scene sunflower();

#endif
