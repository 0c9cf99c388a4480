// SPDX-License-Identifier: Apache-2.0
// Stack: a shot's layers, painted and ready to be moved. Building costs tenths of a second, a frame milliseconds.
// Owns its caches. One thread at a time. Errors: Errc::invalid_argument for odd or absurd sizes, Errc::internal when
// memory for a cache is not to be had.
#pragma once

#include <vector>

#include "base/try.hpp"
#include "local/compositor/cache.hpp"
#include "local/shot.hpp"

namespace vidgen::local {

class Stack {
 public:
  // `move` bounds what the camera may see later; frames outside of it must not be asked for.
  static Result<Stack> build(Scene scene, Size frame, const Move& move);

  void paint(const View& view, double seconds, const YuvView& out);
  void paint_bgra(const View& view, double seconds, std::uint8_t* pixels, int stride);

  std::size_t plate_count() const { return plates_.size(); }
  std::size_t bytes() const;  // of all caches
  const std::vector<Plate>& plates() const { return plates_; }

 private:
  void add_bloom(const View& view);
  void add_vignette(double strength);
  std::vector<Plate> live_plates(double seconds) const;
  void darken(int y, Word* row) const;

  Size frame_;
  Scene scene_;
  std::vector<Plate> plates_;
  std::vector<std::size_t> live_;     // layers painted anew, by index into scene_.layers
  std::vector<std::size_t> live_at_;  // before which plate each belongs
  std::vector<Word> vignette_;        // upper half, row by row; empty: none
};

}  // namespace vidgen::local
