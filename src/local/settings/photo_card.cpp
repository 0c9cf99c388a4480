// SPDX-License-Identifier: Apache-2.0
#include "local/settings/photo_card.hpp"

#include <algorithm>
#include <cmath>

#include "local/paint/blur.hpp"
#include "local/settings/nature.hpp"
#include "local/settings/photo_focus.hpp"
#include "local/settings/subject.hpp"

namespace vidgen::local {
namespace {

constexpr double kBorder = .022, kRadius = .010;
constexpr Color kPaper{0xfbf7f0};
constexpr double kMoreInside = 1.08;  // the picture in a card, at its first frame
constexpr double kKenBurns = 1.08;    // a picture over the frame, at its last
constexpr double kDrift = .006;       // of a card, a second
constexpr double kEnlarged = 2.2;     // a picture may be, before it is seen
constexpr double kMargin = .072;      // beside a card, of the frame's width

// How far a picture of this length is moved so that its focus comes as near to the middle of `room` as it can.
double moved(double focus, double length, double room) {
  const double spare = std::max(0.0, (length - room) / 2);
  return std::clamp(-focus * length, -spare, spare);
}

// Covers the box with the picture.
void cover(Canvas& canvas, const Surface& picture, const Point& focus, double w, double h, double extra) {
  const double k = std::max(w / picture.width(), h / picture.height()) * extra;
  const double pw = picture.width() * k, ph = picture.height() * k;
  canvas.put(picture, moved(focus.x, pw, w) - pw / 2, moved(focus.y, ph, h) - ph / 2, pw, ph);
}

void paint_backdrop(Canvas& canvas, const Surface& picture, const Point& focus, double aspect) {
  Surface tiny = shrunk(picture, 160);
  blur(tiny, 9.0 * tiny.width() / 160, BlurEdge::extend);
  cover(canvas, tiny, focus, aspect * 1.2, 1.2, 1);
  fill_all(canvas, Color(0, 0, 0, .38));
}

// The canvas as the card sees it.
void lie(Canvas& canvas, const Card& card) {
  canvas.translate(card.x, card.y);
  canvas.rotate(card.turn);
}

void paint_shadow(Canvas& canvas, const Card& card, double drop, double opacity) {
  const auto saved = canvas.saved();
  canvas.translate(0, drop);
  lie(canvas, card);
  canvas.rrect(-card.w / 2, -card.h / 2, card.w, card.h, .012);
  canvas.fill(Color(0, 0, 0, opacity));
}

void paint_card(Canvas& canvas, const Card& card, const Surface& picture, const Point& focus, double zoom) {
  const auto saved = canvas.saved();
  lie(canvas, card);
  canvas.rrect(-card.w / 2, -card.h / 2, card.w, card.h, kRadius);
  canvas.fill(kPaper);
  const double w = card.w - 2 * kBorder, h = card.h - 2 * kBorder;
  canvas.rect(-w / 2, -h / 2, w, h);
  canvas.clip();
  cover(canvas, picture, focus, w, h, zoom);
}

Box box_of(const Card& card) {
  const double c = std::cos(card.turn), s = std::abs(std::sin(card.turn));
  const double w = card.w / 2 * c + card.h / 2 * s + .004, h = card.h / 2 * c + card.w / 2 * s + .004;
  return {card.x - w, card.y - h, card.x + w, card.y + h};
}

struct Print {
  Surface picture;
  Point focus;
};

Scene card_scene(const PictureUse& use, const Composition& c, double length) {
  const auto whole = std::make_shared<const Surface>(surface_of(*use.photo));
  const Point focus = focus_of(*whole);
  const Card card = card_of(use, c);
  const double aspect = c.aspect;
  Scene scene;
  scene.finish.grade.contrast = 1;
  scene.finish.bloom = 0;
  scene.finish.vignette = .26;
  scene.layers.emplace_back(
      "backdrop", 0, [whole, focus, aspect](Canvas& canvas) { paint_backdrop(canvas, *whole, focus, aspect); }, .02);
  struct Shade {
    double drop, sigma, opacity;
  };
  for (const Shade& s : {Shade{.035, .025, .42}, Shade{.008, .006, .35}})
    scene.layers.emplace_back(
        "card shadow", 1, [card, s](Canvas& canvas) { paint_shadow(canvas, card, s.drop, s.opacity); }, s.sigma);
  // Its picture moves inside it, so it is painted anew each time, from a copy of about the size that is seen: a larger
  // one would sparkle.
  auto print = std::make_shared<Print>();
  print->focus = focus;
  Layer layer;
  layer.name = "card";
  layer.area = box_of(card);
  layer.live = [card, whole, print, length](Canvas& canvas, double seconds) {
    if (!print->picture.ok())
      print->picture = shrunk(*whole, static_cast<int>(card.w * kMoreInside * pixels_per_unit(canvas)));
    const double zoom = kMoreInside + (1 - kMoreInside) * progress(seconds / length);
    paint_card(canvas, card, print->picture, print->focus, std::max(1.0, zoom));
  };
  scene.layers.push_back(std::move(layer));
  return scene;
}

Scene full_scene(const PictureUse& use, const Composition& c) {
  const auto whole = std::make_shared<const Surface>(surface_of(*use.photo));
  const double aspect = c.aspect;
  Scene scene;
  scene.finish.grade.contrast = 1;
  scene.finish.bloom = 0;
  scene.finish.vignette = .18;
  scene.layers.emplace_back("photograph", 1, [whole, aspect](Canvas& canvas) {
    const Surface fit = shrunk(*whole, static_cast<int>(aspect * kKenBurns * pixels_per_unit(canvas)));
    cover(canvas, fit, focus_of(*whole), aspect, 1, 1.03);
  });
  return scene;
}

// Where the picture's largest detail stands once the frame is covered.
Point shown_focus(const Photo& photo, double aspect) {
  const Point focus = focus_of(surface_of(photo));
  const double k = std::max(aspect / photo.width, 1.0 / photo.height);
  const double w = photo.width * k, h = photo.height * k;
  return {focus.x * w + moved(focus.x, w, aspect), focus.y * h + moved(focus.y, h, 1)};
}

// Grows about the detail: what is there stays, and no edge of the frame runs over it.
Move ken_burns(const PictureUse& use, const Composition& c, double length) {
  Move move;
  move.to.zoom = 1 + (kKenBurns - 1) * std::clamp(length / 4, .4, 1.0);
  const Point at = shown_focus(*use.photo, c.aspect);
  move.to.cx = at.x * (1 - 1 / move.to.zoom);
  move.to.cy = at.y * (1 - 1 / move.to.zoom);
  return move;
}

Move card_move(const Composition& c, double length) {
  const double travel = std::min(kDrift * length, .035) * (c.variant % 2 == 0 ? 1 : -1);
  Move move;
  move.from.cx = -travel / 2;
  move.to.cx = travel / 2;
  move.to.dz = .02;
  return move;
}

}  // namespace

std::vector<PhotoPtr> photos_of(const ShotBrief& brief) {
  std::vector<PhotoPtr> out;
  for (const int i : brief.beat.photographs)
    if (i >= 0 && static_cast<std::size_t>(i) < brief.photos.size() &&
        usable(brief.photos[static_cast<std::size_t>(i)].get()))
      out.push_back(brief.photos[static_cast<std::size_t>(i)]);
  return out;
}

bool fills_frame(const Photo& photo, Size frame) {
  const double x = 1.0 * photo.width / frame.width, y = 1.0 * photo.height / frame.height;
  // .95 squared: nine tenths of the frame's pixels. A portrait in a wide frame would lose its head.
  return std::min(x, y) >= .95 && std::min(x, y) >= .62 * std::max(x, y);
}

PictureUse picture_use(const PhotoPtr& photo, Size frame) {
  PictureUse use;
  use.photo = photo;
  use.full = fills_frame(*photo, frame);
  use.tallest = kEnlarged * photo->height / frame.height;
  return use;
}

Card card_of(const PictureUse& use, const Composition& c) {
  const bool tall = c.format == Format::tall, square = c.format == Format::square;
  // Of what is seen inside the border: wide pictures would be strips in an upright frame.
  const double shape = std::clamp(1.0 * use.photo->width / use.photo->height, tall ? .8 : .7, tall ? 1.3 : 1.8);
  const double widest = c.aspect * (tall || square ? .8 : .55), tallest = tall ? .57 : square ? .6 : .66;
  const double height = std::min(std::clamp(use.tallest, .3, tallest) - 2 * kBorder, (widest - 2 * kBorder) / shape);
  Card card;
  card.h = height + 2 * kBorder;
  card.w = height * shape + 2 * kBorder;
  card.turn = c.variant % 2 == 0 ? .022 : -.026;
  if (tall || square) {
    card.y = tall ? -.08 : -.11;
    return card;
  }
  // On its third, or as far out as its width allows.
  card.x = c.side * std::min(c.aspect * .21, c.aspect * (.5 - kMargin) - card.w / 2);
  return card;
}

Move picture_move(const PictureUse& use, const Composition& c, double length) {
  return use.full ? ken_burns(use, c, length) : card_move(c, length);
}

Scene picture_scene(const PictureUse& use, const Composition& c, double length) {
  return use.full ? full_scene(use, c) : card_scene(use, c, length);
}

}  // namespace vidgen::local
