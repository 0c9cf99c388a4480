// SPDX-License-Identifier: Apache-2.0
#include "media/music/fft.hpp"

#include <cmath>
#include <numbers>

namespace vidgen::media {

// The transform is of half the size: even samples are its real parts, odd ones its imaginary parts.
Fft::Fft(std::size_t size) : window_(size), power_(size / 2 + 1), turns_(size / 2), work_(size / 2), order_(size / 2) {
  const double turn = 2 * std::numbers::pi / static_cast<double>(size);
  for (std::size_t i = 0; i < size; ++i)
    window_[i] = static_cast<float>(.5 - .5 * std::cos(turn * static_cast<double>(i)));
  for (std::size_t i = 0; i < size / 2; ++i)
    turns_[i] = std::complex<float>(std::polar(1.0, -turn * static_cast<double>(i)));
  for (std::size_t i = 0, j = 0; i < size / 2; ++i) {
    order_[i] = j;
    std::size_t bit = size / 4;
    while (bit > 0 && (j & bit) != 0) j ^= bit, bit /= 2;
    j |= bit;
  }
}

void Fft::transform() {
  const std::size_t n = work_.size();
  for (std::size_t half = 1; half < n; half *= 2)
    for (std::size_t from = 0; from < n; from += 2 * half)
      for (std::size_t k = 0; k < half; ++k) {
        const std::complex<float> w = turns_[k * (n / half)], b = work_[from + k + half];
        const std::complex<float> turned(w.real() * b.real() - w.imag() * b.imag(),
                                         w.real() * b.imag() + w.imag() * b.real());
        work_[from + k + half] = work_[from + k] - turned;
        work_[from + k] += turned;
      }
}

const std::vector<float>& Fft::power(const float* frame) {
  const std::size_t n = work_.size();
  for (std::size_t i = 0; i < n; ++i)
    work_[order_[i]] = {frame[2 * i] * window_[2 * i], frame[2 * i + 1] * window_[2 * i + 1]};
  transform();
  for (std::size_t i = 0; i <= n; ++i) {
    const std::complex<float> a = work_[i % n], b = std::conj(work_[(n - i) % n]);
    const std::complex<float> even = (a + b) * .5f, odd = (a - b) * std::complex<float>(0, -.5f);
    const std::complex<float> w = i < n ? turns_[i] : std::complex<float>(-1, 0);
    const std::complex<float> turned(w.real() * odd.real() - w.imag() * odd.imag(),
                                     w.real() * odd.imag() + w.imag() * odd.real());
    power_[i] = std::norm(even + turned);
  }
  return power_;
}

}  // namespace vidgen::media
