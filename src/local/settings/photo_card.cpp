// SPDX-License-Identifier: Apache-2.0
#include "local/settings/photo_card.hpp"

#include <algorithm>
#include <cmath>

#include "local/paint/blur.hpp"
#include "local/settings/nature.hpp"
#include "local/settings/subject.hpp"

namespace vidgen::local {
namespace {

constexpr double kBorder = .022;
constexpr Color kPaper{0xfbf7f0};

std::vector<std::shared_ptr<const Photo>> opaque_photos(const ShotBrief& brief) {
  std::vector<std::shared_ptr<const Photo>> out;
  for (const auto& photo : brief.photos)
    if (usable(photo.get()) && !has_alpha(*photo)) out.push_back(photo);
  return out;
}

bool fills_frame(const Photo& photo, Size frame) {
  const double scale = std::min(1.0 * photo.width / frame.width, 1.0 * photo.height / frame.height);
  return scale >= .95;  // .95 squared: nine tenths of the frame's pixels
}

// Covers the box with the photograph, its middle in the box's middle.
void cover(Canvas& canvas, const Surface& picture, double w, double h, double extra) {
  const double k = std::max(w / picture.width(), h / picture.height()) * extra;
  const double pw = picture.width() * k, ph = picture.height() * k;
  canvas.put(picture, -pw / 2, -ph / 2, pw, ph);
}

// A small copy: big pictures shrink by averaging, not by skipping.
Surface shrunk(const Surface& from, int width) {
  Surface now = from.clone();
  while (now.width() >= width * 2) {
    Surface half(now.width() / 2, std::max(1, now.height() / 2));
    Canvas canvas(half);
    canvas.put(now, 0, 0, half.width(), half.height());
    half.changed();
    now = std::move(half);
  }
  return now;
}

void paint_backdrop(Canvas& canvas, const Surface& picture, double aspect) {
  Surface tiny = shrunk(picture, 160);
  blur(tiny, 9, BlurEdge::extend);
  const double w = aspect * 1.2, h = 1.2;
  cover(canvas, tiny, w, h, 1);
  fill_all(canvas, Color(0, 0, 0, .38));
}

struct Card {
  double x, y, w, h, turn;
};

Card card_of(const Photo& photo, const Composition& c) {
  const double shape = std::clamp(1.0 * photo.width / photo.height, .7, 1.6);
  if (c.format == Format::tall) {
    const double w = c.aspect * .8;
    return {0, -.08, w, std::min(.62, w / shape), -.02};
  }
  const double h = c.format == Format::square ? .56 : .66;
  const double w = std::min(h * shape, c.aspect * .56);
  return {c.side * (c.aspect / 2 - w / 2 - .09 * c.aspect), c.format == Format::square ? -.1 : 0, w, h, c.side * .026};
}

void paint_card_shadow(Canvas& canvas, const Card& card) {
  const auto saved = canvas.saved();
  canvas.translate(card.x, card.y);
  canvas.rotate(card.turn);
  canvas.rrect(-card.w / 2, -card.h / 2, card.w, card.h, .012);
  canvas.fill(kBlack);
}

void paint_card(Canvas& canvas, const Card& card, const Surface& picture) {
  const auto saved = canvas.saved();
  canvas.translate(card.x, card.y);
  canvas.rotate(card.turn);
  canvas.rrect(-card.w / 2, -card.h / 2, card.w, card.h, .010);
  canvas.fill(kPaper);
  const double w = card.w - 2 * kBorder, h = card.h - 2 * kBorder;
  canvas.rect(-w / 2, -h / 2, w, h);
  canvas.clip();
  cover(canvas, picture, w, h, 1.03);
}

Scene card_scene(const PhotoUse& use, const Composition& c) {
  const auto picture = std::make_shared<const Surface>(surface_of(*use.photo));
  const Card card = card_of(*use.photo, c);
  const double aspect = c.aspect;
  Scene scene;
  scene.finish = Finish{};
  scene.finish.grade.contrast = 1;
  scene.finish.bloom = 0;
  scene.finish.vignette = .26;
  scene.layers.emplace_back(
      "backdrop", 0, [picture, aspect](Canvas& canvas) { paint_backdrop(canvas, *picture, aspect); }, .02);
  struct Shade {
    double drop, sigma, opacity;
  };
  for (const Shade& s : {Shade{.035, .025, .42}, Shade{.008, .006, .35}}) {
    scene.layers.emplace_back(
        "card shadow", 1,
        [card, s](Canvas& canvas) {
          const auto saved = canvas.saved();
          canvas.translate(0, s.drop);
          cairo_push_group(canvas.get());
          paint_card_shadow(canvas, card);
          cairo_pop_group_to_source(canvas.get());
          cairo_paint_with_alpha(canvas.get(), s.opacity);
        },
        s.sigma);
  }
  // Big photographs are brought near the card's size first, so that they do not sparkle.
  scene.layers.emplace_back("card", 1, [card, picture](Canvas& canvas) {
    const Surface fit = shrunk(*picture, static_cast<int>(card.w * 1.1 * pixels_per_unit(canvas)));
    paint_card(canvas, card, fit);
  });
  return scene;
}

}  // namespace

PhotoUse choose_photo(const ShotBrief& brief, Size size) {
  PhotoUse use;
  const auto photos = opaque_photos(brief);
  const int middle = brief.count - 2;  // beats that neither open nor close
  if (photos.empty() || middle < 1 || brief.index < 1 || brief.index > middle) return use;
  // One or two of the middle beats, spread over them.
  const int shown = std::min<int>({2, static_cast<int>(photos.size()), middle});
  for (int i = 0; i < shown; ++i) {
    const int beat = 1 + (middle == 1 ? 0 : (2 * i + 1) * (middle - 1) / (2 * shown) + (shown == 1 ? 0 : i));
    if (brief.index != std::min(beat, middle)) continue;
    use.photo = photos[static_cast<std::size_t>(i)];
    use.kind = i == 0 && fills_frame(*use.photo, size) ? PhotoUse::Kind::full : PhotoUse::Kind::card;
  }
  return use;
}

Move ken_burns(const ShotBrief& brief, double length) {
  Move move = camera_row("zoom_in").move;
  move.to.zoom = 1 + .08 * std::clamp(length / 4, .5, 1.0);
  const double drift = brief.index % 2 == 0 ? .012 : -.012;
  move.from.pivot = move.to.pivot = 0;
  move.to.cx = drift;
  return move;
}

Move card_move(const ShotBrief& brief, double length) {
  const double travel = std::min(.008 * length, .035) * (brief.index % 2 == 0 ? 1 : -1);
  Move move;
  move.from.cx = -travel / 2;
  move.to.cx = travel / 2;
  move.from.pivot = move.to.pivot = 0;
  move.to.dz = .02;
  return move;
}

Scene photo_scene(const PhotoUse& use, const Composition& c) {
  if (use.kind == PhotoUse::Kind::card) return card_scene(use, c);
  const auto picture = std::make_shared<const Surface>(surface_of(*use.photo));
  const double aspect = c.aspect;
  Scene scene;
  scene.finish.grade.contrast = 1;
  scene.finish.bloom = 0;
  scene.finish.vignette = .18;
  scene.layers.emplace_back("photograph", 1, [picture, aspect](Canvas& canvas) {
    const Surface fit = shrunk(*picture, static_cast<int>(aspect * pixels_per_unit(canvas)));
    cover(canvas, fit, aspect, 1, 1.06);
  });
  return scene;
}

}  // namespace vidgen::local
