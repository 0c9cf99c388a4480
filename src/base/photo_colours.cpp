// SPDX-License-Identifier: Apache-2.0
#include "base/photo_colours.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <vector>

namespace vidgen::base {
namespace {

constexpr std::size_t kClusters = 5;
constexpr int kRounds = 12;
constexpr double kDarkBelow = .48, kLightAbove = .66;
constexpr double kGrey = .035;       // less colourful is no accent
constexpr double kLeastShare = .012;  // of the pixels; fewer are specks

double linear(double v) {
  return v <= .04045 ? v / 12.92 : std::pow((v + .055) / 1.055, 2.4);
}
double shown(double v) {
  return v <= .0031308 ? 12.92 * v : 1.055 * std::pow(v, 1 / 2.4) - .055;
}

struct Rgb {
  double r, g, b;
  bool fits() const {
    const auto in = [](double v) { return v > -.001 && v < 1.001; };
    return in(r) && in(g) && in(b);
  }
};

Rgb rgb_of(const Lab& c) {
  const auto cube = [](double v) { return v * v * v; };
  const double l = cube(c.l + .3963377774 * c.a + .2158037573 * c.b);
  const double m = cube(c.l - .1055613458 * c.a - .0638541728 * c.b);
  const double s = cube(c.l - .0894841775 * c.a - 1.2914855480 * c.b);
  return {4.0767416621 * l - 3.3077115913 * m + .2309699292 * s, -1.2684380046 * l + 2.6097574011 * m - .3413193965 * s,
          -.0041960863 * l - .7034186147 * m + 1.7076147010 * s};
}

double apart(const Lab& x, const Lab& y) {
  const double l = x.l - y.l, a = x.a - y.a, b = x.b - y.b;
  return l * l + a * a + b * b;
}

struct Cluster {
  Lab middle;
  double share = 0;
};

std::vector<Lab> seen(std::span<const std::uint8_t> bgra) {
  std::vector<Lab> out;
  for (std::size_t i = 0; i + 3 < bgra.size(); i += 4) {
    const double alpha = bgra[i + 3];
    if (alpha < 128) continue;
    out.push_back(lab_of(bgra[i + 2] / alpha, bgra[i + 1] / alpha, bgra[i] / alpha));
  }
  return out;
}

std::size_t nearest(const std::vector<Cluster>& clusters, const Lab& colour) {
  std::size_t best = 0;
  for (std::size_t i = 1; i < clusters.size(); ++i)
    if (apart(clusters[i].middle, colour) < apart(clusters[best].middle, colour)) best = i;
  return best;
}

// Starts from the pixel that is farthest from all starts so far: no chance in it.
std::vector<Cluster> starts(const std::vector<Lab>& pixels) {
  std::vector<Cluster> out(1);
  out[0].middle = pixels[pixels.size() / 2];
  while (out.size() < kClusters) {
    const auto far = [&](const Lab& p) { return apart(out[nearest(out, p)].middle, p); };
    const auto next = std::max_element(pixels.begin(), pixels.end(),
                                       [&](const Lab& x, const Lab& y) { return far(x) < far(y); });
    Cluster one;
    one.middle = *next;
    out.push_back(one);
  }
  return out;
}

std::vector<Cluster> clusters_of(const std::vector<Lab>& pixels) {
  std::vector<Cluster> out = starts(pixels);
  for (int round = 0; round < kRounds; ++round) {
    std::array<Lab, kClusters> sum{};
    std::array<double, kClusters> count{};
    for (const Lab& p : pixels) {
      const std::size_t i = nearest(out, p);
      sum[i].l += p.l, sum[i].a += p.a, sum[i].b += p.b;
      ++count[i];
    }
    for (std::size_t i = 0; i < kClusters; ++i) {
      if (count[i] > 0) out[i].middle = {sum[i].l / count[i], sum[i].a / count[i], sum[i].b / count[i]};
      out[i].share = count[i] / static_cast<double>(pixels.size());
    }
  }
  return out;
}

// The most common of those that `fits`; empty when there is none.
template <class Fits>
std::string most_common(const std::vector<Cluster>& clusters, Fits fits) {
  const Cluster* best = nullptr;
  for (const Cluster& c : clusters)
    if (c.share > 0 && fits(c) && (!best || c.share > best->share)) best = &c;
  return best ? hex_of(best->middle) : std::string();
}

}  // namespace

double Lab::chroma() const {
  return std::hypot(a, b);
}

Lab lab_of(double red, double green, double blue) {
  const double r = linear(red), g = linear(green), b = linear(blue);
  const double l = std::cbrt(.4122214708 * r + .5363325363 * g + .0514459929 * b);
  const double m = std::cbrt(.2119034982 * r + .6806995451 * g + .1073969566 * b);
  const double s = std::cbrt(.0883024619 * r + .2817188376 * g + .6299787005 * b);
  return {.2104542553 * l + .7936177850 * m - .0040720468 * s, 1.9779984951 * l - 2.4285922050 * m + .4505937099 * s,
          .0259040371 * l + .7827717662 * m - .8086757660 * s};
}

Lab lab_of(const std::string& hex) {
  const long v = hex.size() == 7 ? std::strtol(hex.c_str() + 1, nullptr, 16) : 0;
  return lab_of(static_cast<double>(v >> 16 & 255) / 255, static_cast<double>(v >> 8 & 255) / 255,
                static_cast<double>(v & 255) / 255);
}

std::string hex_of(Lab c) {
  for (int i = 0; i < 24 && !rgb_of(c).fits(); ++i) c.a *= .9, c.b *= .9;
  const Rgb rgb = rgb_of(c);
  std::string out = "#";
  for (const double v : {rgb.r, rgb.g, rgb.b}) {
    const long n = std::lround(255 * shown(std::clamp(v, 0.0, 1.0)));
    out += "0123456789abcdef"[n >> 4 & 15];
    out += "0123456789abcdef"[n & 15];
  }
  return out;
}

void read_colours(std::span<const std::uint8_t> bgra, Photograph& out) {
  const std::vector<Lab> pixels = seen(bgra);
  if (pixels.empty()) return;
  const std::vector<Cluster> clusters = clusters_of(pixels);
  out.dark = most_common(clusters, [](const Cluster& c) { return c.middle.l < kDarkBelow; });
  out.light = most_common(clusters, [](const Cluster& c) { return c.middle.l > kLightAbove; });
  const Cluster* accent = nullptr;
  for (const Cluster& c : clusters)
    if (c.share >= kLeastShare && c.middle.chroma() > (accent ? accent->middle.chroma() : kGrey)) accent = &c;
  if (accent) out.accent = hex_of(accent->middle);
}

std::string at_step(const std::string& hue, const std::string& step, double most_chroma) {
  const Lab own = lab_of(hue), level = lab_of(step);
  const double chroma = own.chroma();
  if (hue.size() != 7 || chroma < 1e-4) return step;
  const double k = std::min(most_chroma, chroma) / chroma;
  return hex_of({level.l, own.a * k, own.b * k});
}

}  // namespace vidgen::base
