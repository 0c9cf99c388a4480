// SPDX-License-Identifier: Apache-2.0
// What a shot is made of: layers from far to near, dust in the air, and the finish. Drawing happens in world units:
// origin in the frame's centre, y down, 1 = the frame's height. A layer's `draw` must cover whatever it wants to show
// anywhere; it is called once per build with the clip set to what the camera can see. Values; draw functions own
// what they need and are called from one thread at a time.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "local/compositor/rows.hpp"
#include "local/paint/canvas.hpp"

namespace vidgen::local {

struct Box {
  double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  double width() const { return x1 - x0; }
  double height() const { return y1 - y0; }
};

struct Layer {
  Layer() = default;
  Layer(std::string layer_name, double depth, std::function<void(Canvas&)> painter, double sigma = 0,
        Blend how = Blend::over)
      : name(std::move(layer_name)), p(depth), blur(sigma), blend(how), draw(std::move(painter)) {}
  std::string name;
  double p = 1;     // 1/Z: 0 the sky, 1 the subject
  double blur = 0;  // Gaussian sigma
  Blend blend = Blend::over;
  // Screened light that falls only where the layers just below, of the same depth, are opaque: it may share their
  // cache.
  bool bakes = false;
  double coarse = 1;  // cache resolution as a share of the usual one, for what is soft by itself
  std::function<void(Canvas&)> draw;
  // Painted anew for every frame into `area` instead of once; keep the area small.
  std::function<void(Canvas&, double seconds)> live;
  Box area;
};

// Specks of light that drift through the air.
struct Dust {
  int count = 0;
  double p = 1.1;
  Color color = kWhite;
  double small = .0012, large = .0045;  // radii
  double strength = .7;
  std::uint64_t seed = 1;
};

// Contrast round mid-grey and a split tone: shadows lean to one colour, highlights to another.
struct Grade {
  Color shadow{.5, .5, .5}, light{.5, .5, .5};
  double amount = 0;
  double contrast = 1.06;
};
// Grades premultiplied pixels in place.
void apply(const Grade& grade, Surface& surface);

struct Finish {
  Grade grade;
  double vignette = .3;
  double bloom = .22, threshold = .72;
};

struct Scene {
  Scene() = default;
  std::vector<Layer> layers;
  Dust dust;
  Finish finish;
};

}  // namespace vidgen::local
