// SPDX-License-Identifier: Apache-2.0
#include "pipeline/still_words.hpp"

#include <algorithm>
#include <cstring>

#include "av/image.hpp"
#include "base/try.hpp"
#include "media/finish.hpp"

VIDGEN_NAMESPACE_BEGIN
namespace {

void lay(Bitmap& onto, const Sprite& sprite) {
  const Bitmap& from = *sprite.bitmap;
  const int top = std::max({0, sprite.y, sprite.clip_top});
  const int bottom = std::min({onto.height, sprite.y + from.height, sprite.clip_bottom});
  const int left = std::max(0, sprite.x), right = std::min(onto.width, sprite.x + from.width);
  for (int y = top; y < bottom; ++y)
    for (int x = left; x < right; ++x) {
      const std::uint8_t* s = from.pixels.data() + std::ptrdiff_t{y - sprite.y} * from.stride + (x - sprite.x) * 4;
      std::uint8_t* d = onto.pixels.data() + std::ptrdiff_t{y} * onto.stride + x * 4;
      const double keep = 1 - sprite.alpha * s[3] / 255;
      for (int c = 0; c < 3; ++c)
        d[c] = static_cast<std::uint8_t>(std::min(255.0, s[c] * sprite.alpha + d[c] * keep + .5));
    }
}

void lay_bars(Bitmap& onto, int rows) {
  const std::uint8_t black[4] = {0, 0, 0, 255};
  for (int y = 0; y < onto.height; ++y) {
    if (y >= rows && y < onto.height - rows) continue;
    for (int x = 0; x < onto.width; ++x)
      std::memcpy(onto.pixels.data() + std::ptrdiff_t{y} * onto.stride + x * 4, black, 4);
  }
}

}  // namespace

Status set_words(Bitmap& still, const Timeline& timeline, Frames at, TitleRenderer* titles) {
  const Size size(still.width, still.height);
  Finish bars;
  bars.bars = timeline.finish.bars;
  VIDGEN_TRY(finisher, media::Finisher::make(bars, size));
  lay_bars(still, finisher.bar());
  for (Title title : timeline.titles) {
    if (!titles || at < title.start || at >= title.start + title.length) continue;
    title.bars = timeline.finish.bars;
    VIDGEN_TRY(layer, titles->layout(title, size, timeline.fps));
    for (const Sprite& sprite : layer->frame(at - title.start)) lay(still, sprite);
  }
  return {};
}

Result<std::string> sheet_bytes(const Bitmap& sheet) {
  return av::encode_png(sheet);
}

VIDGEN_NAMESPACE_END
