// SPDX-License-Identifier: Apache-2.0
// Shot: one beat of the film as the painter shows it. Layers are painted once, then only moved.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "local/compositor/photo.hpp"
#include "vidgen/generation.hpp"

namespace vidgen::local {

// What the painter knows of a shot. Made from a GenerationRequest; nothing here depends on the clip, so two clips of
// one beat show the same moving picture.
struct ShotBrief {
  ShotBrief() = default;
  Beat beat;
  int index = 0, count = 1;  // of the beat in the film
  Product product;
  Setting setting;
  Style style;
  bool captions = true;
  std::vector<std::shared_ptr<const Photo>> photos;  // the user's photographs, decoded, in their order
  std::uint64_t seed = 0;
};

// 8-bit 4:2:0 planes, BT.709 limited range, owned by the caller.
struct YuvView {
  std::uint8_t* data[3];
  int stride[3];
};

class Shot {
 public:
  virtual ~Shot() = default;
  // Paints the picture at `seconds` of the beat (0 = the beat's first frame; handles lie outside [0, length)).
  // Same brief, size and time: same bytes. One thread at a time.
  virtual void paint(double seconds, const YuvView& out) = 0;
  // Paints it as premultiplied BGRA (for keyframes).
  virtual void paint_bgra(double seconds, std::uint8_t* pixels, int stride) = 0;
  // The report's remarks: "the labelled box stands for a product we cannot draw".
  virtual std::vector<std::string> notes() const { return {}; }
};

// `length` is the beat's length in seconds (the camera move spans it). Even width and height.
Result<std::unique_ptr<Shot>> make_shot(const ShotBrief& brief, Size size, double length);

}  // namespace vidgen::local
