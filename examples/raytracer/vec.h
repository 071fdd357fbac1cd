// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Three numbers: a point, a direction or a colour.
#ifndef WEAVE_EXAMPLES_RAYTRACER_VEC_H
#define WEAVE_EXAMPLES_RAYTRACER_VEC_H

#include <cmath>

struct vec {
  double x = 0, y = 0, z = 0;
};

inline vec operator+(vec a, vec b) { return {a.x + b.x, a.y + b.y, a.z + b.z}; }
inline vec operator-(vec a, vec b) { return {a.x - b.x, a.y - b.y, a.z - b.z}; }
inline vec operator*(vec a, vec b) { return {a.x * b.x, a.y * b.y, a.z * b.z}; }
inline vec operator*(double s, vec a) { return {s * a.x, s * a.y, s * a.z}; }
inline vec operator-(vec a) { return {-a.x, -a.y, -a.z}; }
inline vec &operator+=(vec &a, vec b) { return a = a + b; }
inline vec &operator*=(vec &a, vec b) { return a = a * b; }

inline double dot(vec a, vec b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
inline vec cross(vec a, vec b) { return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x}; }
inline double length(vec a) { return std::sqrt(dot(a, a)); }
inline vec normalised(vec a) { return (1 / length(a)) * a; }
inline vec mix(vec a, vec b, double t) { return (1 - t) * a + t * b; }
inline double largest(vec a) { return std::fmax(a.x, std::fmax(a.y, a.z)); }
inline vec reflected(vec direction, vec normal) { return direction - 2 * dot(direction, normal) * normal; }

struct ray {
  vec origin, direction;

  vec at(double distance) const { return origin + distance * direction; }
};

// Two directions at right angles to a third and to each other.
struct frame_of_reference {
  vec along, right, up;

  explicit frame_of_reference(vec axis)
      : along(axis), right(normalised(cross(std::fabs(axis.x) > 0.9 ? vec{0, 1, 0} : vec{1, 0, 0}, axis))),
        up(cross(along, right)) {}

  // The direction that leans from the axis by an angle whose cosine is given, turned around the axis.
  vec leaning(double cosine, double turn) const {
    const double sine = std::sqrt(std::fmax(0, 1 - cosine * cosine));
    return cosine * along + sine * std::cos(turn) * right + sine * std::sin(turn) * up;
  }
};

#endif
