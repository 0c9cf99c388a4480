// SPDX-License-Identifier: Apache-2.0
#include "local/compositor/bloom.hpp"

#include <algorithm>
#include <cmath>

#include "local/compositor/pass.hpp"
#include "local/paint/blur.hpp"

namespace vidgen::local {
namespace {

constexpr int kShrink = 4;
constexpr double kSubjectDepth = .8;
constexpr double kNarrow = .028, kWide = .09;  // sigma of the two halos
constexpr double kPad = .25;                   // room for the halo outside the frame

Surface compose(const std::vector<const Plate*>& plates, const View& view, Size size) {
  Surface out(size.width, size.height);
  Pass pass(plates, view, size);
  std::vector<Word> row(static_cast<std::size_t>(size.width) * 4);
  for (int y = 0; y < size.height; ++y) {
    pass.compose(y, row.data());
    rows::row_to_bgra(row.data(), size.width, out.pixels() + static_cast<std::ptrdiff_t>(y) * out.stride());
  }
  out.changed();
  return out;
}

// What is brighter than the threshold, where the subject's opacity says it belongs to it or not.
Surface bright(const Surface& picture, const Surface& subject, bool of_subject, double threshold, int pad) {
  Surface out(picture.width() + 2 * pad, picture.height() + 2 * pad);
  for (int y = 0; y < picture.height(); ++y)
    for (int x = 0; x < picture.width(); ++x) {
      const std::uint8_t* p = picture.pixels() + static_cast<std::ptrdiff_t>(y) * picture.stride() + x * 4;
      const double share = subject.pixels()[static_cast<std::ptrdiff_t>(y) * subject.stride() + x * 4 + 3] / 255.0;
      const double top = std::max({p[0], p[1], p[2]}) / 255.0;
      const double gain = std::clamp((top - threshold) / (1 - threshold), 0.0, 1.0) * (of_subject ? share : 1 - share);
      std::uint8_t* q = out.pixels() + static_cast<std::ptrdiff_t>(y + pad) * out.stride() + (x + pad) * 4;
      for (int k = 0; k < 3; ++k) q[k] = static_cast<std::uint8_t>(std::lround(p[k] * gain));
      q[3] = 255;
    }
  out.changed();
  return out;
}

// Adds a narrow and a wide halo. Alpha is zero: the plate is screened.
Surface halo(Surface light, double strength, int height) {
  Surface wide = light.clone();
  blur(light, kNarrow * height);
  blur(wide, kWide * height);
  for (int i = 0; i < light.height() * light.stride(); ++i) {
    const double sum = (light.pixels()[i] + wide.pixels()[i]) * .6 * strength;
    light.pixels()[i] = static_cast<std::uint8_t>(std::lround(std::min(255.0, sum)));
  }
  light.changed();
  return light;
}

bool dark(const Surface& s) {
  for (int y = 0; y < s.height(); ++y)
    for (int x = 0; x < s.width(); ++x) {
      const std::uint8_t* p = s.pixels() + static_cast<std::ptrdiff_t>(y) * s.stride() + x * 4;
      if (std::max({p[0], p[1], p[2]}) > 2) return false;
    }
  return true;
}

Plate plate_of(Surface light, const View& view, double p, Size frame, int pad) {
  // The frame's rectangle in the world of a layer at this depth.
  const Framing at = framing(view, p);
  const double density = at.scale * frame.height / kShrink;
  Plate plate;
  plate.name = "bloom";
  plate.p = p;
  plate.blend = Blend::screen;
  const double x0 = at.shift_x - (frame.width / 2.0 / kShrink + pad) / density;
  const double y0 = at.shift_y - (frame.height / 2.0 / kShrink + pad) / density;
  plate.cache = Cache(std::move(light), x0, y0, density);
  return plate;
}

}  // namespace

std::vector<Plate> make_bloom(const std::vector<const Plate*>& plates, const View& view, Size frame,
                              const Finish& finish) {
  std::vector<Plate> out;
  if (finish.bloom <= 0 || plates.empty()) return out;
  const Size small(std::max(8, frame.width / kShrink), std::max(8, frame.height / kShrink));
  std::vector<const Plate*> near;
  double far_depth = 0;
  for (const Plate* plate : plates) {
    if (plate->p >= kSubjectDepth && plate->blend == Blend::over) near.push_back(plate);
    if (plate->p < kSubjectDepth && plate->p < .3) far_depth = std::max(far_depth, plate->p / 2);
  }
  const Surface picture = compose(plates, view, small), subject = compose(near, view, small);
  const int pad = static_cast<int>(kPad * small.height);
  for (bool of_subject : {false, true}) {
    Surface light = halo(bright(picture, subject, of_subject, finish.threshold, pad), finish.bloom, small.height);
    if (!dark(light)) out.push_back(plate_of(std::move(light), view, of_subject ? 1 : far_depth, frame, pad));
  }
  return out;
}

}  // namespace vidgen::local
