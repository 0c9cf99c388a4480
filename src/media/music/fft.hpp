// SPDX-License-Identifier: Apache-2.0
// Fft: the power spectrum of a windowed frame, radix 2. Small on purpose: a few thousand frames a film.
// Thread-safety: belongs to one thread.
#pragma once

#include <complex>
#include <vector>

namespace vidgen::media {

class Fft {
 public:
  explicit Fft(std::size_t size);  // a power of two
  std::size_t size() const { return window_.size(); }
  // Energy of the bins 0 to size / 2 of `frame` (size() samples) under a Hann window.
  const std::vector<float>& power(const float* frame);

 private:
  void transform();
  std::vector<float> window_, power_;
  std::vector<std::complex<float>> turns_, work_;
  std::vector<std::size_t> order_;  // bit reversal
};

}  // namespace vidgen::media
