// SPDX-License-Identifier: Apache-2.0
// Random numbers and noise with a fixed algorithm: the same seed gives the same bytes on every machine and compiler
// that computes doubles by IEEE 754. Values only; an Rng belongs to one thread.
#pragma once

#include <cstdint>
#include <vector>

#include "local/paint/canvas.hpp"

namespace vidgen::local {

// splitmix64.
class Rng {
 public:
  explicit Rng(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next();
  double uniform();  // [0, 1)
  double uniform(double low, double high) { return low + (high - low) * uniform(); }
  int below(int n);  // 0 .. n-1
  double normal();   // mean 0, deviation 1 (sum of twelve uniforms: no libm, so the same bytes everywhere)

 private:
  std::uint64_t state_;
};

// One well-mixed number out of two, for seeds of parts.
std::uint64_t mix_seed(std::uint64_t a, std::uint64_t b);

// A field of floats, row by row.
struct Field {
  Field() = default;
  Field(int w, int h, float value = 0) : width(w), height(h), values(static_cast<std::size_t>(w) * h, value) {}
  int width = 0, height = 0;
  std::vector<float> values;
  float& at(int x, int y) { return values[static_cast<std::size_t>(y) * width + x]; }
  float at(int x, int y) const { return values[static_cast<std::size_t>(y) * width + x]; }
};

Field white_noise(int width, int height, std::uint64_t seed);  // normal
// Smooth noise with fx by fy cells over the field; deviation near 1.
Field value_noise(int width, int height, double fx, double fy, std::uint64_t seed);
// Sum of octaves of value noise, each of twice the frequency and `gain` times the strength; deviation near 1.
Field fbm(int width, int height, double fx, double fy, int octaves, double gain, std::uint64_t seed);
void blur(Field& field, double sigma);

// 1-D noise at the given positions, about [-1, 1]; ridged has sharp crests.
std::vector<double> noise_line(const std::vector<double>& xs, double frequency, int octaves, std::uint64_t seed,
                               double gain = .5, bool ridged = true);

// A surface of one colour with the field, clamped to [0, 1], as its opacity.
Surface texture(const Field& opacity, Color color);

}  // namespace vidgen::local
