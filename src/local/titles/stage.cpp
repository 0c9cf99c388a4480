// SPDX-License-Identifier: Apache-2.0
#include "local/titles/stage.hpp"

#include <algorithm>
#include <cmath>

#include "base/try.hpp"

namespace vidgen::local::titles {
namespace {

constexpr Rgb kWhite{1, 1, 1}, kBlack{0, 0, 0};
// The brightest that a small line may ask of a scrim before its colour gives way instead.
constexpr double kMostCover = 0.86, kEndOfCover = 0.96;
// What the ink itself may ask: a little under that, for the words do not stand where the scrim is strongest.
constexpr double kMostShare = 0.72;
// Room for the 8 bits of bitmap and film.
constexpr double kHeadroom = 1.05;

double ratio_of(double size, Size frame) {
  return size >= kLargeType * frame.height ? kLargeContrast : kSmallContrast;
}

// Darkens a scrim until small words of this ink can be read on it.
Rgb dark_enough(Rgb scrim, Rgb ink) {
  for (int i = 0; i < 8 && required_cover(ink, scrim, kWhite, kSmallContrast * kHeadroom) > kMostShare; ++i)
    scrim = mix(scrim, kBlack, 0.25);
  return scrim;
}

Rgb light_enough(Rgb scrim, Rgb ink) {
  for (int i = 0; i < 8 && required_cover(ink, scrim, kBlack, kSmallContrast * kHeadroom) > kMostShare; ++i)
    scrim = mix(scrim, kWhite, 0.25);
  return scrim;
}

}  // namespace

Palette make_palette(const Title& title, const Look& look) {
  Palette p;
  p.ink = parse_color(title.ink, parse_color(look.ink, kWhite));
  p.accent = parse_color(title.accent, parse_color(look.accent, p.ink));
  p.dark_ink = contrast(p.ink, kWhite) > contrast(p.ink, kBlack);
  const Rgb own = parse_color(look.scrim, kBlack);
  if (!p.dark_ink) {
    const Rgb asked = parse_color(title.scrim, own);
    p.scrim = dark_enough(luminance(asked) < luminance(p.ink) ? asked : own, p.ink);
    return p;
  }
  // Dark words stand on a light picture by the caller's choice; only a light scrim can help them.
  p.scrim = parse_color(title.scrim, kWhite);
  p.shaded =
      !title.scrim.empty() && luminance(p.scrim) > luminance(p.ink) && contrast(p.ink, p.scrim) >= kLargeContrast;
  p.scrim = p.shaded ? light_enough(p.scrim, p.ink) : kWhite;
  for (int i = 0; i < 8 && contrast(p.accent, kWhite) < kSmallContrast * kHeadroom; ++i)
    p.accent = mix(p.accent, p.ink, 0.3);
  return p;
}

constexpr double kTallLeading = 1.16;

Stage::Stage(const Title& t, Size f, Shaper& s)
    : title(t),
      frame(f),
      shaper(s),
      look(find_look(t.look)),
      bar(bar_height(t.bars, f)),
      area(safe_area(f, bar)),
      unit(f.height * type_scale(f)),
      palette(make_palette(t, look)) {}

Result<Block> Stage::block(const std::string& text, const Type& type, const Limits& limits) {
  Block block;
  block.type = type;
  const std::string clean = clean_text(text);
  if (clean.empty()) return block;
  VIDGEN_TRY(words, shaper.words(clean, type));
  if (is_tall_script(clean)) block.type.leading = std::max(type.leading, kTallLeading);
  const Fitted fitted = fit_lines(words, type.size * unit, block.type.leading, limits);
  block.size = type.size * unit * fitted.scale;
  for (const std::string& line : fitted.lines) {
    VIDGEN_TRY(shaped, shaper.shape(line, type));
    if (shaped.ink.right > shaped.ink.left) block.lines.push_back(std::move(shaped));
  }
  VIDGEN_TRY(capital, shaper.capital_height(type.face));
  block.capital = capital * block.size;
  return block;
}

void Stage::place(const Block& block, const Spot& spot) {
  double baseline = std::round(spot.top + block.capital);
  for (std::size_t i = 0; i < block.lines.size(); ++i) {
    Draft draft;
    draft.set.line = block.lines[i];
    draft.set.size = block.size;
    draft.set.colour = spot.colour;
    // Each line on a whole pixel, so that stems of all lines are equally sharp.
    draft.set.y = std::round(baseline + static_cast<double>(i) * block.leading());
    const Extents& body = block.lines[i].body;
    const double at = spot.align == Align::left    ? body.left
                      : spot.align == Align::right ? body.right
                                                   : (body.left + body.right) / 2;
    draft.set.x = spot.edge - at * block.size;
    draft.move = spot.move;
    draft.delay = spot.delay + kLineStep * static_cast<double>(i);
    draft.spread = spot.spread;
    drafts.push_back(std::move(draft));
  }
}

Extents Stage::extents() const {
  Extents all;
  bool first = true;
  for (const Draft& draft : drafts) {
    if (draft.set.line.empty()) continue;
    const Extents e = ink_of(draft.set);
    all = first ? e
                : Extents{std::min(all.left, e.left), std::min(all.top, e.top), std::max(all.right, e.right),
                          std::max(all.bottom, e.bottom)};
    first = false;
  }
  return all;
}

void Stage::keep_inside() {
  const Extents all = extents();
  // Whole pixels: baselines stay where they are sharp.
  const double right = std::max(0.0, std::ceil(area.left - all.left));
  const double left = std::max(0.0, std::ceil(all.right - area.right));
  const double down = std::max(0.0, std::ceil(area.top - all.top));
  const double up = std::max(0.0, std::ceil(all.bottom - area.bottom));
  for (Draft& draft : drafts) {
    draft.set.x += right > 0 ? right : -left;
    draft.set.y += up > 0 ? -up : down;
  }
}

void Stage::make_readable(Field& field) {
  const Rgb worst = palette.dark_ink ? kBlack : kWhite;
  for (Draft& draft : drafts) {
    const Extents e = ink_of(draft.set);
    const double share = std::min({falloff(field, e.left, e.top), falloff(field, e.right, e.top),
                                   falloff(field, e.left, e.bottom), falloff(field, e.right, e.bottom)});
    const double ratio = ratio_of(draft.set.size, frame) * kHeadroom;
    const auto strength = [&] {
      const double cover = required_cover(draft.set.colour, field.colour, worst, ratio);
      return field.rest + (cover - field.rest) / std::max(share, 0.05);
    };
    // A paler accent before a black corner.
    for (int i = 0; i < 8 && strength() > kMostCover; ++i) draft.set.colour = mix(draft.set.colour, palette.ink, 0.25);
    field.strength = std::clamp(strength(), field.strength, kEndOfCover);
  }
}

Part Stage::part_of(const Draft& draft) const {
  Part part;
  part.move = draft.move;
  part.delay = draft.delay;
  part.placed = draw_line(draft.set);
  part.drift = kDrift * draft.set.size;
  part.masked = draft.move == Move::rise;
  const Extents ink = draft.set.line.ink;
  if (part.masked) part.rise = std::max(kRise, ink.bottom - ink.top) * draft.set.size + 1;
  if (draft.move == Move::lift) part.rise = kDrift * draft.set.size;
  if (draft.spread && draft.set.line.trackable && draft.set.line.clusters.size() > 1) part.letters = draft.set;
  return part;
}

Composition Stage::finish(Field field) {
  Composition out;
  if (drafts.empty() && shapes.empty()) return out;
  if (palette.shaded && field.strength > 0) {
    field.colour = palette.scrim;
    make_readable(field);
    Part scrim;
    scrim.move = Move::scrim;
    scrim.placed = draw_scrim(field, frame, bar);
    if (scrim.placed.bitmap) out.parts.push_back(std::move(scrim));
  }
  for (Part& shape : shapes) out.parts.push_back(std::move(shape));
  for (const Draft& draft : drafts) {
    Part part = part_of(draft);
    if (part.placed.bitmap) out.parts.push_back(std::move(part));
  }
  for (const Part& part : out.parts) out.moves_in = std::max(out.moves_in, part.delay + move_length(part.move));
  return out;
}

Result<Composition> compose(const Title& title, Size frame, Shaper& shaper) {
  Stage stage(title, frame, shaper);
  const bool end_card = title.role == "end_card";
  VIDGEN_TRY(field, end_card ? compose_end_card(stage) : compose_words(stage));
  Composition composition = stage.finish(field);
  composition.leaves = !end_card;  // the film ends on it
  return composition;
}

}  // namespace vidgen::local::titles
