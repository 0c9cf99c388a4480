// SPDX-License-Identifier: Apache-2.0
// TitlePainter: lays a TitleRenderer's sprites over the film's frames, in YUV. A bitmap is converted once and kept by
// its pointer (the same pointer means the same pixels) while its title is shown. It draws no letters itself.
//
// Thread-safety: none; one owner. A title whose letters no font has is left out and noted, as long as there is a font at
// all. Errors: the renderer's; Errc::invalid_argument when titles have no renderer.
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "av/frame.hpp"
#include "vidgen/media.hpp"

namespace vidgen::media {

class TitlePainter {
 public:
  static Result<TitlePainter> make(const Timeline& timeline, std::shared_ptr<TitleRenderer> renderer);
  // Does any title show on frame n?
  bool shows(Frames n) const;
  // Draws on planes that the caller may write. Frames must not fall.
  Status paint(Frames n, const av::YuvPlanes& out);
  // Titles that were left out because no font has their letters; each says what to install.
  const std::vector<std::string>& notes() const { return notes_; }

 private:
  // Premultiplied Y, U, V and their alphas; chroma averaged over the film's 2x2 blocks.
  struct Ink {
    std::shared_ptr<const Bitmap> bitmap;
    int odd_x = 0, odd_y = 0;
    int width = 0, height = 0, chroma_width = 0, chroma_height = 0;
    std::vector<std::uint8_t> y, a, u, v, chroma_a;
    Frames used = 0;
  };
  const Ink& ink(const Sprite& sprite, Frames n);
  Status lay_out(std::size_t title);
  void draw(const Sprite& sprite, const Ink& ink, const av::YuvPlanes& out);

  std::vector<Title> titles_;
  std::vector<bool> left_out_;
  std::vector<std::string> notes_;
  std::vector<std::unique_ptr<TitleLayer>> layers_;  // made when first shown
  std::shared_ptr<TitleRenderer> renderer_;
  Size size_;
  Rational fps_;
  std::map<std::pair<const Bitmap*, int>, Ink> inks_;
};

}  // namespace vidgen::media
