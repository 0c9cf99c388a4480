// SPDX-License-Identifier: Apache-2.0
#include "phases/thumbnail.hpp"

#include "av/image.hpp"
#include "av/video_reader.hpp"
#include "base/try.hpp"

namespace vidgen::phases {

Result<Bitmap> picture_at(const std::string& film, Rational seconds, const MediaLimits& limits) {
  VIDGEN_TRY(reader, av::VideoReader::open(film, limits));
  VIDGEN_CHECK(reader->seek(seconds));
  std::optional<av::Picture> shown;
  for (;;) {
    VIDGEN_TRY(next, reader->next());
    if (!next) break;
    if (shown && !reader->at_or_before(next->ticks, seconds)) break;
    shown = std::move(*next);
  }
  if (!shown) return Error(Errc::media_invalid, film + " holds no picture");
  return av::to_bitmap(shown->frame);
}

Bitmap thumbnail(const Bitmap& from, int width) {
  if (from.width <= width) return from;
  Bitmap out;
  out.width = width;
  out.height = std::max(1, from.height * width / from.width);
  out.stride = width * 4;
  out.pixels.resize(static_cast<std::size_t>(out.stride) * static_cast<std::size_t>(out.height));
  for (int y = 0; y < out.height; ++y)
    for (int x = 0; x < width; ++x) {
      int x0 = x * from.width / width, x1 = std::max(x0 + 1, (x + 1) * from.width / width);
      int y0 = y * from.height / out.height, y1 = std::max(y0 + 1, (y + 1) * from.height / out.height);
      int count = (x1 - x0) * (y1 - y0);
      for (int c = 0; c < 4; ++c) {
        int sum = 0;
        for (int sy = y0; sy < y1; ++sy)
          for (int sx = x0; sx < x1; ++sx) sum += from.pixels[static_cast<std::size_t>(sy * from.stride + sx * 4 + c)];
        out.pixels[static_cast<std::size_t>(y * out.stride + x * 4 + c)] =
            static_cast<std::uint8_t>((sum + count / 2) / count);
      }
    }
  return out;
}

}  // namespace vidgen::phases
