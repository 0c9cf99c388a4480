// SPDX-License-Identifier: Apache-2.0
#include "plan/direction.hpp"

#include <algorithm>
#include <cmath>

#include "base/photo_colours.hpp"
#include "plan/coverage.hpp"

namespace vidgen::plan {
namespace {

double ratio(Size s) {
  return static_cast<double>(s.width) / static_cast<double>(s.height);
}

// Frames of a film at 30 a second, at the film's rate.
Frames at_rate(Frames n, Rational fps) {
  return (Rational(n) * fps / Rational(30)).round();
}

std::string role_of(const std::vector<Beat>& beats, std::size_t i) {
  if (beats[i].role == "closing" && i + 1 == beats.size()) return "end_card";
  return beats[i].role == "opening" || beats[i].role == "headline" ? "title" : "caption";
}

// The product's name, but for a capital letter.
bool is_name(std::string_view text, std::string_view name) {
  const auto small = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return !text.empty() && !name.empty() && small(text[0]) == small(name[0]) && text.substr(1) == name.substr(1);
}

// From a little after the cut (and its transition) to a little before the next one.
void place_in_time(Title& title, const Beat& beat, const std::vector<TimelineTransition>& transitions, Rational fps,
                   bool last) {
  Frames from = beat.start + at_rate(6, fps), to = beat.start + beat.length;
  if (!last) to -= at_rate(4, fps);
  for (const TimelineTransition& t : transitions) {
    if (t.at == beat.start) from = std::max(from, t.at - t.frames / 2 + t.frames);
    if (t.at == beat.start + beat.length) to = std::min(to, t.at - t.frames / 2);
  }
  title.start = from;
  title.length = to - from;
}

}  // namespace

std::string caption_place(int beat, std::string_view shot, Size film) {
  if (ratio(film) < 1.2 || shot == "low_angle") return "bottom";
  return caption_side(beat) == Side::left ? "left" : "right";
}

bool fills_frame(Size photograph, Size film) {
  const double x = static_cast<double>(photograph.width) / film.width;
  const double y = static_cast<double>(photograph.height) / film.height;
  return std::min(x, y) >= .95 && std::min(x, y) >= .62 * std::max(x, y);
}

std::string picture_place(int beat, std::string_view shot, const Photograph& photograph, Size film) {
  if (ratio(film) < 1.2) return "bottom";
  if (fills_frame(photograph.size, film))
    return photograph.calm.empty() ? caption_place(beat, shot, film) : photograph.calm;
  return caption_side(beat) == Side::left ? "left_third" : "right_third";
}

std::string title_place(int beat, std::string_view shot, Size film, bool open_sky) {
  if (shot == "low_angle" || ratio(film) < 1.2) return "bottom";
  if (shot == "wide" && open_sky) return "top";
  return caption_side(beat) == Side::left ? "left" : "right";
}

namespace {

// Places whose end card stands on warm, light paper.
constexpr std::string_view kPaperGrounds[] = {"cafe", "kitchen", "living_room", "desk"};
// Rooms have no sky for words to stand in.
constexpr std::string_view kRooms[] = {"cafe", "kitchen", "living_room", "desk", "studio", "stage"};
constexpr Palette kPaper{"paper", "#3a2418", "#8a5a34", "#f3e6d2"};

template <std::size_t N>
bool among(const std::string_view (&list)[N], const std::string& place) {
  return std::find(std::begin(list), std::end(list), place) != std::end(list);
}

Setting setting_of(const Spec& spec, const Beat& beat) {
  Setting out = spec.setting;
  if (!beat.time.empty()) out.time = beat.time;
  return out;
}

const Palette& card_palette(const Spec& spec) {
  const bool plain = spec.style.look == "minimal" || spec.style.look == "pop";
  if (!plain && among(kPaperGrounds, spec.setting.place)) return kPaper;
  return palette_of(spec.setting, spec.style);
}

// The first picture of the user's that a beat shows; null when it shows the product.
const Photograph* picture_of(const Spec& spec, const Beat& beat) {
  for (const int i : beat.photographs)
    if (i >= 0 && static_cast<std::size_t>(i) < spec.photographs.size() &&
        !spec.photographs[static_cast<std::size_t>(i)].cutout)
      return &spec.photographs[static_cast<std::size_t>(i)];
  return nullptr;
}

// Upright, words stand on what is seen from very near: dark ones would need a light shade, which is fog on it.
bool fogged(const Palette& palette, const Beat& beat, Size film) {
  const bool on_it = ratio(film) < .9 && size_of_shot(beat.shot) == ShotSize::macro;
  return on_it && base::lab_of(std::string(palette.ink)).l < .5;
}

Inks inks_of(const Spec& spec, const Beat& beat, const Photograph* picture, bool card, Size film) {
  if (picture) return tinted(kOverPicture, *picture);
  const Palette& own = card ? card_palette(spec) : palette_of(setting_of(spec, beat), spec.style);
  const Palette& palette = !card && fogged(own, beat, film) ? kOverPicture : own;
  return tinted(palette, spec.photographs.empty() ? Photograph() : spec.photographs.front());
}

}  // namespace

bool has_words(const Spec& spec) {
  return std::any_of(spec.beats.begin(), spec.beats.end(),
                     [](const Beat& b) { return !b.caption.empty() || !b.over.empty(); });
}

std::vector<Title> titles_of(const Spec& spec, const std::vector<Beat>& beats,
                             const std::vector<TimelineTransition>& transitions, Size film) {
  std::vector<Title> out;
  if (!has_words(spec)) return out;
  const bool open_sky = !among(kRooms, spec.setting.place);
  for (std::size_t i = 0; i < beats.size(); ++i) {
    Title t;
    t.role = role_of(beats, i);
    const bool card = t.role == "end_card";
    if (beats[i].caption.empty() && (!card || spec.product.brand.empty())) continue;
    place_in_time(t, beats[i], transitions, spec.fps, i + 1 == beats.size());
    if (t.length < 1) continue;
    t.text = beats[i].caption;
    const int beat = static_cast<int>(i);
    const Photograph* picture = card ? nullptr : picture_of(spec, beats[i]);
    t.place = card                ? "centre"
              : picture           ? picture_place(beat, beats[i].shot, *picture, film)
              : t.role == "title" ? title_place(beat, beats[i].shot, film, open_sky)
                                  : caption_place(beat, beats[i].shot, film);
    const Inks inks = inks_of(spec, beats[i], picture, card, film);
    if (card) {
      // The small line of a closing beat is the brand again, or the product where there is none, unless someone wrote a
      // call to action there.
      const bool named = is_name(beats[i].over, spec.product.name) && spec.product.brand.empty();
      t.brand = named ? beats[i].over : spec.product.brand;
      if (beats[i].over != t.brand) t.action = beats[i].over;
      t.mark = spec.product.category == "product" ? "" : spec.product.category;
    } else {
      t.over = beats[i].over;
    }
    t.look = spec.style.look;
    t.ink = inks.ink;
    t.accent = inks.accent;
    t.scrim = inks.scrim;
    out.push_back(std::move(t));
  }
  return out;
}

Finish finish_of(const Spec& spec, Size film) {
  Finish out;
  const bool dark = spec.setting.time == "night" || spec.setting.time == "dusk";
  out.grain = spec.style.look == "minimal" ? (dark ? 1.6 : 0.8) : 2.0;
  const bool wide = std::abs(ratio(film) - 16.0 / 9.0) < 0.02;
  if (wide && spec.style.look == "cinematic") out.bars = spec.style.bars;
  return out;
}

}  // namespace vidgen::plan
