// SPDX-License-Identifier: Apache-2.0
#include "local/paint/noise.hpp"

#include <algorithm>
#include <cmath>

#include "local/paint/blur.hpp"

namespace vidgen::local {

std::uint64_t Rng::next() {
  state_ += 0x9e3779b97f4a7c15ULL;
  std::uint64_t z = state_;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

double Rng::uniform() {
  return static_cast<double>(next() >> 11) * 0x1.0p-53;
}

int Rng::below(int n) {
  return n <= 1 ? 0 : static_cast<int>(uniform() * n);
}

double Rng::normal() {
  double sum = -6;
  for (int i = 0; i < 3; ++i) {  // four 16-bit uniforms a draw
    const std::uint64_t bits = next();
    for (int k = 0; k < 64; k += 16) sum += (static_cast<double>((bits >> k) & 0xffff) + .5) / 65536.0;
  }
  return sum;
}

std::uint64_t mix_seed(std::uint64_t a, std::uint64_t b) {
  return Rng(a ^ (Rng(b).next() * 0x9e3779b97f4a7c15ULL)).next();
}

Field white_noise(int width, int height, std::uint64_t seed) {
  Field field(width, height);
  Rng rng(seed);
  for (float& v : field.values) v = static_cast<float>(rng.normal());
  return field;
}

namespace {

struct Cubic {  // Catmull-Rom weights
  explicit Cubic(float t)
      : w{-.5f * t + t * t - .5f * t * t * t, 1 - 2.5f * t * t + 1.5f * t * t * t,
          .5f * t + 2 * t * t - 1.5f * t * t * t, -.5f * t * t + .5f * t * t * t} {}
  float w[4];
};

// Adds `weight` times smooth noise to the field.
void add_noise(Field& field, double fx, double fy, Rng& rng, float weight) {
  const int columns = static_cast<int>(fx) + 4, rows = static_cast<int>(fy) + 4;
  std::vector<float> grid(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows));
  for (float& v : grid) v = static_cast<float>(rng.normal());
  std::vector<float> strip(static_cast<std::size_t>(columns));
  const double step_x = fx / std::max(1, field.width - 1), step_y = fy / std::max(1, field.height - 1);
  for (int y = 0; y < field.height; ++y) {
    const double v = y * step_y;
    const int row = std::min(static_cast<int>(v), rows - 4);
    const Cubic cy(static_cast<float>(v - row));
    const float* g = &grid[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns)];
    for (int i = 0; i < columns; ++i) {
      strip[static_cast<std::size_t>(i)] =
          g[i] * cy.w[0] + g[i + columns] * cy.w[1] + g[i + 2 * columns] * cy.w[2] + g[i + 3 * columns] * cy.w[3];
    }
    for (int x = 0; x < field.width; ++x) {
      const double u = x * step_x;
      const int column = std::min(static_cast<int>(u), columns - 4);
      const Cubic cx(static_cast<float>(u - column));
      const float* s = &strip[static_cast<std::size_t>(column)];
      field.at(x, y) += weight * (s[0] * cx.w[0] + s[1] * cx.w[1] + s[2] * cx.w[2] + s[3] * cx.w[3]);
    }
  }
}

}  // namespace

Field value_noise(int width, int height, double fx, double fy, std::uint64_t seed) {
  return fbm(width, height, fx, fy, 1, .5, seed);
}

Field fbm(int width, int height, double fx, double fy, int octaves, double gain, std::uint64_t seed) {
  Field field(width, height);
  Rng rng(seed);
  double weight = 1, energy = 0;
  for (int i = 0; i < octaves; ++i) {
    add_noise(field, fx * (1 << i), fy * (1 << i), rng, static_cast<float>(weight));
    energy += weight * weight;
    weight *= gain;
  }
  const float norm = static_cast<float>(1 / std::sqrt(energy));
  for (float& v : field.values) v *= norm;
  return field;
}

std::vector<double> noise_line(const std::vector<double>& xs, double frequency, int octaves, std::uint64_t seed,
                               double gain, bool ridged) {
  std::vector<double> out(xs.size(), 0.0);
  if (xs.empty()) return out;
  const auto [low, high] = std::minmax_element(xs.begin(), xs.end());
  Rng rng(seed);
  double weight = 1, total = 0;
  for (int o = 0; o < octaves; ++o) {
    const double f = frequency * (1 << o);
    std::vector<double> grid(static_cast<std::size_t>((*high - *low) * f) + 6);
    for (double& g : grid) g = rng.uniform(-1, 1);
    const double phase = rng.uniform();
    for (std::size_t i = 0; i < xs.size(); ++i) {
      const double u = (xs[i] - *low) * f + phase;
      const auto k = static_cast<std::size_t>(u);
      double t = u - static_cast<double>(k);
      if (!ridged) t = t * t * (3 - 2 * t);
      const double v = grid[k] * (1 - t) + grid[k + 1] * t;
      out[i] += weight * (ridged && o == 0 ? 1 - 2 * std::abs(v) : v);
    }
    total += weight;
    weight *= gain;
  }
  for (double& v : out) v /= total;
  return out;
}

Surface texture(const Field& opacity, Color color) {
  Surface surface(opacity.width, opacity.height);
  if (!surface.ok()) return surface;
  std::uint8_t* row = surface.pixels();
  for (int y = 0; y < opacity.height; ++y, row += surface.stride()) {
    for (int x = 0; x < opacity.width; ++x) {
      const double a = std::clamp<double>(opacity.at(x, y), 0, 1) * 255;
      row[4 * x + 0] = static_cast<std::uint8_t>(color.b * a + .5);
      row[4 * x + 1] = static_cast<std::uint8_t>(color.g * a + .5);
      row[4 * x + 2] = static_cast<std::uint8_t>(color.r * a + .5);
      row[4 * x + 3] = static_cast<std::uint8_t>(a + .5);
    }
  }
  surface.changed();
  return surface;
}

}  // namespace vidgen::local
