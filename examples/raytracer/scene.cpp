// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Finding what a ray meets, through a tree of bounding boxes.
#include "scene.h"
#include <algorithm>
#include <limits>

namespace {

constexpr double too_close = 1e-4; // keeps a ray from meeting the surface that it leaves
constexpr double nowhere = std::numeric_limits<double>::infinity();
constexpr int leaf_size = 2;

double distance_to(const sphere &s, const ray &r) {
  const vec to_centre = s.centre - r.origin;
  const double middle = dot(to_centre, r.direction);
  // By way of the nearest point to the centre: exact for small spheres far away, too.
  const vec beside = to_centre - middle * r.direction;
  const double under_root = s.radius * s.radius - dot(beside, beside);
  if (under_root < 0)
    return nowhere;
  const double half_chord = std::sqrt(under_root);
  if (middle - half_chord > too_close)
    return middle - half_chord;
  return middle + half_chord > too_close ? middle + half_chord : nowhere;
}

double distance_to_floor(const ray &r) {
  const double distance = -r.origin.y / r.direction.y;
  return distance > too_close ? distance : nowhere;
}

material floor_at(vec point) {
  const double from_middle = std::sqrt(point.x * point.x + point.z * point.z);
  const bool ring = std::fmod(from_middle, 1.0) < 0.04;
  return {surface::varnished, ring ? vec{0.20, 0.17, 0.14} : vec{0.055, 0.06, 0.075}, 0};
}

double &component(vec &v, int axis) { return axis == 0 ? v.x : axis == 1 ? v.y : v.z; }

} // namespace

scene::scene(std::vector<sphere> all) : spheres(std::move(all)) {
  std::copy_if(spheres.begin(), spheres.end(), std::back_inserter(shining),
               [](const sphere &s) { return s.made_of.kind == surface::light; });
  build(0, static_cast<int>(spheres.size()));
}

void scene::build(int first, int last) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  box bounds{{infinity, infinity, infinity}, {-infinity, -infinity, -infinity}};
  for (int i = first; i < last; ++i)
    for (int axis = 0; axis < 3; ++axis) {
      const double centre = component(spheres[i].centre, axis), radius = spheres[i].radius;
      component(bounds.low, axis) = std::min(component(bounds.low, axis), centre - radius);
      component(bounds.high, axis) = std::max(component(bounds.high, axis), centre + radius);
    }
  const int self = static_cast<int>(nodes.size());
  nodes.push_back({bounds, 0, first, last - first});
  if (last - first <= leaf_size)
    return;

  vec extent = bounds.high - bounds.low;
  const int axis = extent.x >= extent.y && extent.x >= extent.z ? 0 : extent.y >= extent.z ? 1 : 2;
  const int middle = (first + last) / 2;
  std::nth_element(spheres.begin() + first, spheres.begin() + middle, spheres.begin() + last,
                   [axis](sphere a, sphere b) { return component(a.centre, axis) < component(b.centre, axis); });
  nodes[self].count = 0;
  build(first, middle);
  nodes[self].right = static_cast<int>(nodes.size());
  build(middle, last);
}

// Calls `visit` for the spheres whose boxes the ray meets nearer than `limit`, which `visit` may lower.
template <class Visit> void scene::along(const ray &r, const double &limit, Visit visit) const {
  const vec inverse{1 / r.direction.x, 1 / r.direction.y, 1 / r.direction.z};
  int waiting[64], depth = 0;
  for (int at = 0;;) {
    const node &here = nodes[at];
    const vec a = inverse * (here.bounds.low - r.origin), b = inverse * (here.bounds.high - r.origin);
    const double enter = std::max({0.0, std::min(a.x, b.x), std::min(a.y, b.y), std::min(a.z, b.z)});
    const double leave = std::min({limit, std::max(a.x, b.x), std::max(a.y, b.y), std::max(a.z, b.z)});
    if (enter <= leave) {
      if (here.count == 0) {
        waiting[depth++] = here.right;
        ++at;
        continue;
      }
      for (int i = here.first; i < here.first + here.count; ++i)
        visit(spheres[i]);
    }
    if (depth == 0)
      return;
    at = waiting[--depth];
  }
}

bool scene::nearest(const ray &r, hit &found) const {
  double distance = distance_to_floor(r);
  const sphere *what = nullptr;
  along(r, distance, [&](const sphere &s) {
    if (const double d = distance_to(s, r); d < distance) {
      distance = d;
      what = &s;
    }
  });
  if (distance == nowhere)
    return false;
  const vec point = r.at(distance);
  if (what)
    found = {distance, point, (1 / what->radius) * (point - what->centre), what->made_of};
  else
    found = {distance, point, {0, 1, 0}, floor_at(point)};
  return true;
}

bool scene::blocked(const ray &r, double distance) const {
  double limit = distance;
  if (distance_to_floor(r) < distance)
    return true;
  along(r, limit, [&](const sphere &s) {
    if (distance_to(s, r) < distance)
      limit = -1; // no box is nearer than that: the search ends
  });
  return limit < 0;
}

vec scene::sky(vec direction) const {
  const double height = std::max(0.0, direction.y);
  const vec horizon{1.05, 0.46, 0.26}, dusk{0.24, 0.25, 0.50}, zenith{0.03, 0.05, 0.14};
  const double low = std::exp(-14 * height), middle = std::exp(-2.6 * height);
  return 0.55 * mix(mix(zenith, dusk, middle), horizon, low);
}

scene sunflower() {
  constexpr double pi = 3.14159265358979323846;
  std::vector<sphere> spheres{
      {{0, 1.1, 0}, 1.1, {surface::glass, {0.98, 0.99, 1.0}, 0}},
      {{-2.35, 0.85, -0.75}, 0.85, {surface::metal, {0.95, 0.70, 0.36}, 0.02}},
      {{2.25, 0.8, -0.6}, 0.8, {surface::varnished, {0.55, 0.04, 0.06}, 0}},
      {{-5.5, 8.0, 5.0}, 1.7, {surface::light, {24, 20, 15.5}, 0}},
      {{7.0, 6.0, -3.5}, 1.3, {surface::light, {9, 13, 22}, 0}},
      {{-3.0, 11.5, -9.0}, 1.8, {surface::light, {17, 11, 12}, 0}},
  };
  const std::size_t fixed = spheres.size();

  // The seeds of a sunflower: each one turns by the golden angle, and each has the same area to itself.
  constexpr int seeds = 620;
  const double golden_angle = pi * (3 - std::sqrt(5.0));
  for (int i = 12; i < seeds; ++i) {
    const double from_middle = 0.33 * std::sqrt(i), turn = i * golden_angle;
    const double radius = 0.10 + 0.045 * std::sin(0.61 * i) + 0.006 * from_middle;
    const vec centre{from_middle * std::cos(turn), radius, from_middle * std::sin(turn)};
    const bool in_the_way = std::any_of(spheres.begin(), spheres.begin() + fixed, [&](const sphere &s) {
      return length(s.centre - centre) < s.radius + radius + 0.02;
    });
    if (in_the_way)
      continue;
    const double hue = turn + 0.5 * from_middle;
    const vec colour{0.42 + 0.38 * std::cos(hue), 0.36 + 0.30 * std::cos(hue - 2.1), 0.42 + 0.40 * std::cos(hue - 4.2)};
    const surface kind = i % 8 == 3 ? surface::glass : i % 5 == 1 ? surface::metal : surface::varnished;
    const vec tint = kind == surface::glass ? mix(colour, {1, 1, 1}, 0.75) : colour;
    spheres.push_back({centre, radius, {kind, tint, 0.08}});
  }
  return scene(std::move(spheres));
}
