// SPDX-License-Identifier: Apache-2.0
#include "local/compositor/stack.hpp"

#include <algorithm>
#include <cmath>

#include "local/compositor/bloom.hpp"
#include "local/compositor/pass.hpp"

namespace vidgen::local {
namespace {

constexpr int kLargestSide = 8192;

Status check_size(Size frame) {
  const bool odd = frame.width % 2 != 0 || frame.height % 2 != 0;
  if (frame.empty() || odd || frame.width > kLargestSide || frame.height > kLargestSide)
    return Error(Errc::invalid_argument, "a shot needs an even size of at most 8192 a side, not " + frame.to_string());
  return {};
}

// Blends the live plates in where their layers stand.
std::vector<const Plate*> in_order(const std::vector<Plate>& plates, const std::vector<Plate>& live,
                                   const std::vector<std::size_t>& live_at) {
  std::vector<const Plate*> out;
  std::size_t next = 0;
  for (std::size_t i = 0; i <= plates.size(); ++i) {
    while (next < live.size() && live_at[next] == i) out.push_back(&live[next++]);
    if (i < plates.size()) out.push_back(&plates[i]);
  }
  return out;
}

}  // namespace

Result<Stack> Stack::build(Scene scene, Size frame, const Move& move) {
  VIDGEN_CHECK(check_size(frame));
  Stack stack;
  stack.frame_ = frame;
  const std::vector<View> views = extremes(move);
  const double aspect = static_cast<double>(frame.width) / frame.height;
  const std::span<const Layer> layers = scene.layers;
  for (std::size_t i = 0; i < layers.size();) {
    const std::size_t n = group_length(layers.subspan(i));
    if (layers[i].live) {
      stack.live_.push_back(i);
      stack.live_at_.push_back(stack.plates_.size());
    } else {
      stack.plates_.push_back(paint_plate(layers.subspan(i, n), views, aspect, frame.height, scene.finish.grade));
      if (!stack.plates_.back().cache.surface().ok())
        return Error(Errc::internal, "no memory for the layers of a " + frame.to_string() + " shot");
    }
    i += n;
  }
  stack.scene_ = std::move(scene);
  for (Layer& layer : stack.scene_.layers) layer.draw = nullptr;  // lets go of what drawing held
  stack.add_bloom(view_at(move, .5, 0));
  stack.add_vignette(stack.scene_.finish.vignette);
  return stack;
}

void Stack::add_bloom(const View& view) {
  std::vector<const Plate*> order = in_order(plates_, {}, {});
  for (Plate& plate : make_bloom(order, view, frame_, scene_.finish)) plates_.push_back(std::move(plate));
}

void Stack::add_vignette(double strength) {
  if (strength <= 0) return;
  vignette_.reserve(static_cast<std::size_t>(frame_.width) * static_cast<std::size_t>(frame_.height / 2));
  for (int y = 0; y < frame_.height / 2; ++y)
    for (int x = 0; x < frame_.width; ++x) {
      const double dx = (x + .5) / frame_.width - .5, dy = ((y + .5) / frame_.height - .5) * .95;
      const double u = std::clamp((std::sqrt(dx * dx + dy * dy) / .69 - .35) / .65, 0.0, 1.0);
      vignette_.push_back(static_cast<Word>(std::lround((1 - strength * u * u) * 65535)));
    }
}

std::vector<Plate> Stack::live_plates(double seconds) const {
  std::vector<Plate> out;
  for (std::size_t i : live_) out.push_back(paint_live(scene_.layers[i], seconds, frame_.height));
  return out;
}

void Stack::darken(int y, Word* row) const {
  if (vignette_.empty()) return;
  const int mirrored = std::min(y, frame_.height - 1 - y);
  rows::darken_row(vignette_.data() + static_cast<std::size_t>(mirrored) * static_cast<std::size_t>(frame_.width),
                   frame_.width, row);
}

void Stack::paint(const View& view, double seconds, const YuvView& out) {
  const std::vector<Plate> live = live_plates(seconds);
  Pass pass(in_order(plates_, live, live_at_), view, frame_);
  pass.set_dust(place_dust(scene_.dust, view, seconds, frame_));
  std::vector<Word> row0(static_cast<std::size_t>(frame_.width) * 4), row1(row0.size());
  for (int y = 0; y < frame_.height; y += 2) {
    pass.compose(y, row0.data());
    darken(y, row0.data());
    pass.compose(y + 1, row1.data());
    darken(y + 1, row1.data());
    const std::ptrdiff_t up = y, half = y / 2;
    rows::rows_to_yuv(row0.data(), row1.data(), frame_.width,
                      {out.data[0] + up * out.stride[0], out.data[0] + (up + 1) * out.stride[0],
                       out.data[1] + half * out.stride[1], out.data[2] + half * out.stride[2]});
  }
}

void Stack::paint_bgra(const View& view, double seconds, std::uint8_t* pixels, int stride) {
  const std::vector<Plate> live = live_plates(seconds);
  Pass pass(in_order(plates_, live, live_at_), view, frame_);
  pass.set_dust(place_dust(scene_.dust, view, seconds, frame_));
  std::vector<Word> row(static_cast<std::size_t>(frame_.width) * 4);
  for (int y = 0; y < frame_.height; ++y) {
    pass.compose(y, row.data());
    darken(y, row.data());
    std::uint8_t* out = pixels + static_cast<std::ptrdiff_t>(y) * stride;
    rows::row_to_bgra(row.data(), frame_.width, out);
    for (int x = 0; x < frame_.width; ++x) out[x * 4 + 3] = 255;
  }
}

std::size_t Stack::bytes() const {
  std::size_t sum = 0;
  for (const Plate& plate : plates_)
    sum += static_cast<std::size_t>(plate.cache.surface().stride()) * static_cast<std::size_t>(plate.cache.height());
  return sum;
}

}  // namespace vidgen::local
