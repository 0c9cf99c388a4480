// SPDX-License-Identifier: Apache-2.0
#include "local/paint/light.hpp"

#include <algorithm>
#include <utility>

namespace vidgen::local {

Color shade(Color albedo, double t, const Light& light) {
  t *= light.exposure;
  const double u = std::min(t, 1.0);
  const Color filter = mix(light.ambient, light.key, u);
  const double gain = .62 + .42 * u;
  Color c = mul(albedo, Color(filter.r * gain, filter.g * gain, filter.b * gain));
  if (t > 1) c = mix(c, alpha(mix(light.key, kWhite, .6), c.a), std::min(1.0, t - 1));
  return c;
}

Pattern profile(double x0, double x1, Color albedo, Profile stops, const Light& light) {
  if (light.side < 0) std::swap(x0, x1);
  Stops colors;
  for (const ProfileStop& s : stops) colors.push_back({s.position, shade(albedo, s.light, light)});
  return lin(x0, 0, x1, 0, colors);
}

Pattern profile(double x0, double x1, Color albedo, std::initializer_list<ProfileStop> stops, const Light& light) {
  return profile(x0, x1, albedo, Profile(stops.begin(), stops.size()), light);
}

Pattern metal(double x0, double x1, const Light& light) {
  return metal(x0, x1, light, kWhite);
}

Pattern metal(double x0, double x1, const Light& light, Color tint) {
  if (light.side < 0) std::swap(x0, x1);
  const Color d = mix(mix(light.ambient, Color(0x0b0d12), .55), light.ground, .2);
  const Color s = mix(light.sky, kWhite, .25), k = mix(light.key, kWhite, .15), g = light.ground;
  Stops stops{{0, mix(d, s, .25)},        {.022, mix(s, d, .12)},      {.06, mix(s, d, .62)},
              {.15, mix(s, d, .80)},      {.235, mix(s, d, .38)},      {.30, mix(s, kWhite, .45)},
              {.37, mix(s, kWhite, .30)}, {.45, mix(s, d, .28)},       {.60, mix(s, d, .62)},
              {.72, mix(d, g, .25)},      {.79, mix(d, g, .45)},       {.835, mix(k, g, .35)},
              {.88, mix(k, kWhite, .35)}, {.935, mix(k, kWhite, .75)}, {.968, k},
              {.985, mix(k, g, .5)},      {1, mix(d, k, .35)}};
  for (GradientStop& stop : stops) stop.color = mul(stop.color, tint);
  return lin(x0, 0, x1, 0, stops);
}

void rim(Canvas& canvas, const Path& outline, const Light& light, double x0, double x1, double width, double strength,
         double shadow_side) {
  constexpr int kPasses = 9;
  if (light.side < 0) std::swap(x0, x1);
  const auto guard = canvas.saved();
  canvas.begin();
  canvas.add(outline);
  canvas.clip();
  double covered = 0;  // what the wider strokes have laid on already
  for (int i = 0; i < kPasses; ++i) {
    const double u = 1 - (i + 1.0) / (kPasses + 1), wanted = .86 * (1 - u) * (1 - u);
    const double a = strength * (wanted - covered) / (1 - covered);
    covered = wanted;
    canvas.add(outline);
    canvas.stroke(lin(x0, 0, x1, 0,
                      {{0, alpha(light.fill, a * shadow_side)},
                       {.18, alpha(light.fill, 0)},
                       {.62, alpha(light.rim, 0)},
                       {.86, alpha(light.rim, a * light.rim_strength)},
                       {1, alpha(mix(light.rim, kWhite, .35), a * light.rim_strength)}}),
                  width * 2.4 * u * 2);
  }
}

void vertical_shade(Canvas& canvas, const Path& outline, double y0, double y1, const Light& light, double top,
                    double bottom) {
  const auto guard = canvas.saved();
  canvas.begin();
  canvas.add(outline);
  canvas.clip();
  canvas.paint(lin(0, y0, 0, y1,
                   {{0, alpha(light.sky, top)},
                    {.25, alpha(light.sky, 0)},
                    {.46, alpha(kBlack, 0)},
                    {.58, alpha(kBlack, bottom * .06)},
                    {.72, alpha(kBlack, bottom * .22)},
                    {.86, alpha(kBlack, bottom * .50)},
                    {.95, alpha(mix(light.ground, kBlack, .35), bottom * .8)},
                    {1, alpha(light.ground, bottom)}}));
}

}  // namespace vidgen::local
