// SPDX-License-Identifier: Apache-2.0
// Placer: a graded picture of any size onto the film's frame: cropped, with bars, or over its own blurred self. Shapes
// within 3 % of the film's are cropped, since bars of a few pixels look like a fault.
//
// Thread-safety: none; one owner. Errors: the Scaler's.
#pragma once

#include <map>
#include <optional>
#include <tuple>

#include "av/frame.hpp"
#include "av/scaler.hpp"
#include "media/enlarge.hpp"
#include "vidgen/timeline.hpp"

namespace vidgen::media {

struct Rect {
  int x = 0, y = 0, width = 0, height = 0;
  bool operator==(const Rect&) const = default;
};

// Where a source goes: `from` of it onto `to` of the frame; all edges even where the picture allows.
struct Placement {
  Rect from, to;
  bool covers(Size frame) const { return to == Rect{0, 0, frame.width, frame.height}; }
};
Placement place(Size source, Rational pixel_aspect, Fit fit, Size frame);

class Placer {
 public:
  explicit Placer(Size frame) : frame_(frame), pool_(frame.width, frame.height) {}
  // The same frame when it has the film's size and shape already.
  Result<av::Frame> run(const av::Frame& picture, Rational pixel_aspect, Fit fit);
  av::FramePool& pool() { return pool_; }

 private:
  Status scale(const av::YuvPlanes& from, const av::YuvPlanes& to, av::ScaleKind kind);
  Status blurred(const av::Frame& picture, Rational pixel_aspect, const av::YuvPlanes& out);

  Size frame_;
  av::FramePool pool_;
  std::optional<av::FramePool> small_;
  Enlarger enlarger_;
  std::map<std::tuple<int, int, int, int, bool>, av::Scaler> scalers_;
};

}  // namespace vidgen::media
