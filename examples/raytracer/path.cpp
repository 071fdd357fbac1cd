// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Path tracing: at each surface the path goes on in one random direction, and matt surfaces ask each light directly.
#include "path.h"
#include <algorithm>

namespace {

constexpr double pi = 3.14159265358979323846;
constexpr int longest_path = 12;
constexpr double brightest_indirect = 6; // rarer and brighter paths would leave specks

vec around(vec axis, double cosine, support::random &random) {
  return frame_of_reference(axis).leaning(cosine, 2 * pi * random.unit());
}

// The share of light that a surface between air and glass or varnish reflects (Schlick's approximation).
double reflectance(double cosine, double index) {
  const double head_on = (1 - index) / (1 + index), rest = 1 - cosine, squared = rest * rest;
  return head_on * head_on + (1 - head_on * head_on) * squared * squared * rest;
}

// What the lights alone send to a matt surface, by one ray to a random point of each.
vec direct_light(const scene &world, const hit &at, support::random &random) {
  vec sum;
  for (const sphere &light : world.lights()) {
    const vec to_light = light.centre - at.point;
    const double distance = length(to_light), sine = light.radius / distance;
    const double widest = std::sqrt(1 - sine * sine);
    const vec towards = around((1 / distance) * to_light, 1 - random.unit() * (1 - widest), random);
    const double facing = dot(towards, at.normal);
    if (facing > 0 && !world.blocked({at.point, towards}, distance - light.radius))
      sum += 2 * (1 - widest) * facing * light.made_of.colour;
  }
  return at.made_of.colour * sum;
}

// Where light goes on that meets glass: some is reflected, the rest is refracted.
vec through_glass(vec direction, vec outward, support::random &random) {
  const bool entering = dot(direction, outward) < 0;
  const vec normal = entering ? outward : -outward;
  const double index = entering ? 1 / 1.5 : 1.5, cosine = -dot(direction, normal);
  const double under_root = 1 - index * index * (1 - cosine * cosine);
  if (under_root < 0)
    return reflected(direction, normal);
  const double outside_cosine = entering ? cosine : std::sqrt(under_root);
  if (random.unit() < reflectance(outside_cosine, 1.5))
    return reflected(direction, normal);
  return normalised(index * direction + (index * cosine - std::sqrt(under_root)) * normal);
}

} // namespace

vec radiance(const scene &world, ray r, support::random &random) {
  vec gathered, throughput{1, 1, 1};
  bool lights_count = true; // not after a matt surface, which has asked the lights already
  bool indirect = false;
  const auto gather = [&](vec light) {
    const vec seen = throughput * light;
    const double excess = indirect ? largest(seen) / brightest_indirect : 1;
    gathered += excess > 1 ? (1 / excess) * seen : seen;
  };

  for (int bounce = 0; bounce < longest_path; ++bounce) {
    hit at;
    if (!world.nearest(r, at)) {
      gather(world.sky(r.direction));
      break;
    }
    if (at.made_of.kind == surface::light) {
      if (lights_count)
        gather(at.made_of.colour);
      break;
    }

    const double cosine = -dot(r.direction, at.normal);
    if (at.made_of.kind == surface::glass) {
      throughput *= at.made_of.colour;
      r = {at.point, through_glass(r.direction, at.normal, random)};
      lights_count = true;
    } else if (at.made_of.kind == surface::metal) {
      throughput *= at.made_of.colour;
      const double spread = 1 - at.made_of.roughness * random.unit();
      r = {at.point, around(reflected(r.direction, at.normal), spread, random)};
      lights_count = true;
    } else if (at.made_of.kind == surface::varnished && random.unit() < reflectance(cosine, 1.5)) {
      r = {at.point, reflected(r.direction, at.normal)};
      lights_count = true;
    } else {
      gather(direct_light(world, at, random));
      throughput *= at.made_of.colour;
      r = {at.point, around(at.normal, std::sqrt(random.unit()), random)};
      lights_count = false;
      indirect = true;
    }

    // Faint paths end by chance; those that go on stand for the ones that ended.
    if (const double chance = largest(throughput); bounce > 2 && chance < 1) {
      if (random.unit() >= chance)
        break;
      throughput = (1 / chance) * throughput;
    }
  }
  return gathered;
}

camera::camera(vec at, vec target, double field, double opening)
    : position(at), forward(normalised(target - at)), right(normalised(cross(forward, {0, 1, 0}))),
      up(cross(right, forward)), half_field(field / 2), lens(opening), focus(length(target - at)) {}

ray camera::through(double across, double down, support::random &random) const {
  const vec in_focus = position + focus * (forward + half_field * across * right - half_field * down * up);
  const double radius = lens * std::sqrt(random.unit()), turn = 2 * pi * random.unit();
  const vec origin = position + radius * std::cos(turn) * right + radius * std::sin(turn) * up;
  return {origin, normalised(in_focus - origin)};
}
