// SPDX-License-Identifier: Apache-2.0
// Textures of settings: fields turned into pictures. Pure.
#pragma once

#include "local/paint/canvas.hpp"
#include "local/paint/noise.hpp"

namespace vidgen::local {

// Opacity from one field, colour between two from another; both clamped to [0, 1].
Surface tinted(const Field& opacity, const Field& mixing, Color from, Color to);
// Wood: long grain of two browns.
void paint_wood(Canvas& canvas, double x, double y, double w, double h, Color dark, Color light, std::uint64_t seed);

// Smooth noise that can be asked anywhere, about [-1.7, 1.7].
class Lattice {
 public:
  explicit Lattice(std::uint64_t seed) : seed_(static_cast<std::uint32_t>(mix_seed(seed, 0x51))) {}
  float at(float x, float y) const;

 private:
  float corner(std::int32_t x, std::int32_t y) const;
  std::uint32_t seed_;
};

}  // namespace vidgen::local
