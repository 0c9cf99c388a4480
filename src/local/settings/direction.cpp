// SPDX-License-Identifier: Apache-2.0
#include "local/settings/direction.hpp"

#include <algorithm>
#include <cmath>

namespace vidgen::local {
namespace {

// Peaks of one location from different standpoints.
constexpr double kPeaks[] = {0, .42, -.30, .68, -.55, .22, -.16, .55};

constexpr double kThird = .185;  // of the frame's width, from the centre

bool is_closing(const ShotBrief& b) {
  return b.beat.role == "closing" && b.index + 1 == b.count && b.captions;
}

// Bars leave a picture of two to one: nothing large stands on their edge.
void stay_inside_bars(Composition& c) {
  if (c.frame != Frame::close && c.frame != Frame::low) return;
  c.foot = std::min(c.foot, .405);
  c.height = std::min(c.height, .80);
}

bool has_bars(const ShotBrief& b, const Composition& c) {
  return !b.style.bars.empty() && b.style.look == "cinematic" && std::abs(c.aspect - 16.0 / 9) < .02;
}

// The same words later in the film get another distance.
void step_aside(Composition& c, int turn) {
  constexpr double kNearer[] = {1, .80, 1.06}, kLower[] = {0, .022, -.012};
  const auto i = static_cast<std::size_t>(turn % 3);
  const double nearer = c.frame == Frame::close || c.frame == Frame::low ? std::max(.95, kNearer[i]) : kNearer[i];
  c.height *= nearer;
  c.max_width *= nearer;
  c.table += kLower[i];
  c.skyline += kLower[i];
  c.foot = std::min(c.foot + kLower[i] * .5, .46);
}

// Recomposes for an upright frame: the product goes to the middle, the light above it, words below.
void make_tall(Composition& c, const ShotRow& row) {
  constexpr double kHeight[] = {.17, .27, .38, 1.15, .40, .46};
  constexpr double kFoot[] = {.13, .145, .15, .74, .15, .0};
  const auto i = static_cast<std::size_t>(c.frame);
  c.height = kHeight[i];
  c.foot = kFoot[i];
  constexpr double kWidth[] = {.46, .70, .78, 1.35, .80, .9};
  c.max_width = kWidth[i] * c.aspect;
  c.x = c.frame == Frame::macro ? .10 * c.aspect * c.side : 0;
  c.skyline = c.frame == Frame::macro ? .18 : c.frame == Frame::low ? .06 : -.03;
  c.table = c.frame == Frame::close ? -.05 : c.frame == Frame::macro ? .12 : .045;
  c.lens = std::max(.9, 1 + (row.lens - 1) * .8);
  c.side = c.side == 0 ? 1 : c.side;
}

void make_square(Composition& c) {
  if (c.frame == Frame::macro || c.frame == Frame::above) return;
  c.height = std::clamp(c.height * .85, .30, .56);
  c.max_width = std::min(c.max_width, .62);
  c.x = c.side * .10;
  c.foot = std::min(c.foot, .26);
  c.table = std::min(c.table, .09);
}

// Macro: the detail on the third, the silhouette cut by two edges.
void make_macro(Composition& c) {
  c.x = c.side * .11 * c.aspect;
  c.foot = 1.02;
}

Words words_of(const ShotBrief& b) {
  if (!b.captions || b.beat.caption.empty() || is_closing(b)) return Words::none;
  return b.beat.role == "opening" || b.beat.role == "headline" ? Words::title : Words::caption;
}

// The subject and words are at least this far apart.
constexpr double kApart = .035;

// Where words beside the subject may reach to, seen from the subject's side: src/local/titles says how wide they get.
double words_end(const Composition& c) {
  return -.43 * c.aspect + (c.words == Words::title ? .72 : .60);
}

// How far from the middle a subject may reach: the camera may come an eighth nearer.
double reach_of(const Composition& c) {
  return c.aspect / 2 / 1.13 - .01;
}

bool beside_words(const Composition& c) {
  return c.words != Words::none && c.format == Format::wide && c.side != 0 && c.frame != Frame::macro && c.frame != Frame::above;
}

// Beside words a wide subject is smaller; over them it stands higher.
void leave_room(Composition& c) {
  if (beside_words(c)) c.max_width = std::min(c.max_width, reach_of(c) - words_end(c) - kApart);
  if (c.words == Words::none || c.frame == Frame::macro || c.frame == Frame::above) return;
  if (c.format == Format::tall) c.foot = std::min(c.foot, c.words == Words::title ? .105 : .145);
  if (c.format == Format::square) c.foot = std::min(c.foot, c.words == Words::title ? .095 : .20);
}

}  // namespace

void keep_inside(Composition& c, double subject_width, double aside) {
  if (c.frame == Frame::macro || c.frame == Frame::above) return;
  if (c.format == Format::tall) c.x -= aside;
  const double room = std::max(0.0, reach_of(c) - subject_width / 2);
  c.x = std::clamp(c.x, -room, room);
  if (beside_words(c)) c.x = c.side * std::max(c.x * c.side, words_end(c) + kApart + subject_width / 2);
}

Format format_of(Size size) {
  const double aspect = static_cast<double>(size.width) / std::max(1, size.height);
  return aspect > 1.2 ? Format::wide : aspect > .8 ? Format::square : Format::tall;
}

const std::vector<ShotRow>& shot_rows() {
  using F = Frame;
  static const std::vector<ShotRow> rows = {
      {"wide", F::wide, .27, .24, .82, .60, .72, 1.0, 1.0},
      {"wide_cinematic", F::wide, .22, .22, .84, .64, .72, .95, 1.0},
      {"extreme_wide", F::wide, .18, .20, .84, .66, .72, .9, 1.0},
      {"medium_wide", F::medium, .46, .36, .81, .55, .67, 1.0, 1.0},
      {"tracking", F::medium, .44, .36, .82, .56, .67, 1.05, 1.1},
      {"dynamic", F::medium, .54, .40, .84, .57, .65, 1.12, 1.3},
      {"dynamic_multi", F::medium, .50, .40, .83, .57, .66, 1.08, 1.2},
      {"medium", F::medium, .62, .44, .87, .59, .63, 1.25, 1.7},
      {"medium_close_up", F::medium, .70, .50, .90, .60, .60, 1.4, 2.0},
      {"close_up", F::close, .86, .56, .94, .62, .56, 1.6, 2.4},
      {"extreme_close_up", F::macro, 1.75, 1.1, .0, .76, .80, 2.0, 4.2},
      {"macro", F::macro, 2.1, 1.3, .0, .77, .80, 2.15, 5.0},
      {"low_angle", F::low, .80, .60, .94, .77, .66, 1.15, 1.6},
      {"top_down", F::above, .84, .70, .5, .5, .5, 1.0, 1.0},
  };
  return rows;
}

const ShotRow& shot_row(std::string_view name) {
  const auto& rows = shot_rows();
  for (const ShotRow& row : rows)
    if (row.name == name) return row;
  const auto has = [name](std::string_view part) { return name.find(part) != name.npos; };
  if (has("macro") || has("extreme")) return shot_row("macro");
  if (has("close")) return shot_row("close_up");
  if (has("low")) return shot_row("low_angle");
  if (has("top") || has("overhead") || has("flat")) return shot_row("top_down");
  if (has("wide")) return shot_row("wide");
  return shot_row("medium");
}

Composition compose(const ShotBrief& brief, Size size) {
  const ShotRow& row = shot_row(brief.beat.shot);
  Composition c;
  c.aspect = static_cast<double>(size.width) / size.height;
  c.format = format_of(size);
  c.frame = row.frame;
  c.side = row.frame == Frame::low ? 0 : brief.index % 2 == 0 ? 1 : -1;
  c.sun_side = c.side != 0 ? -c.side : brief.index % 2 == 0 ? -1 : 1;
  c.x = c.side * kThird * c.aspect;
  c.height = row.height;
  c.max_width = row.max_width * c.aspect;
  c.foot = row.foot - .5;
  c.skyline = row.skyline - .5;
  c.table = row.table - .5;
  c.lens = row.lens;
  c.softness = row.softness;
  c.variant = brief.index;
  c.seed = brief.seed;
  c.peaks = kPeaks[static_cast<std::size_t>(brief.index + static_cast<int>(brief.seed % 3)) % std::size(kPeaks)];
  c.time = brief.setting.time;
  c.look = brief.style.look;
  c.captions = brief.captions;
  c.closing = is_closing(brief);
  c.hero = !c.closing;
  if (c.frame == Frame::macro) make_macro(c);
  if (c.format == Format::tall) make_tall(c, row);
  if (c.format == Format::square) make_square(c);
  step_aside(c, brief.index / 2);
  if (has_bars(brief, c)) stay_inside_bars(c);
  c.words = words_of(brief);
  leave_room(c);
  // A small line over a title under the subject.
  const bool beside = c.format == Format::wide || c.frame == Frame::macro || c.frame == Frame::above;
  if (!beside && c.words == Words::title && !brief.beat.over.empty()) c.foot = std::min(c.foot, .05);
  return c;
}

Move direct_camera(const ShotBrief& brief, const Composition& c, double length) {
  if (c.closing) return camera_row("static").move;
  Move move = camera_row(brief.beat.camera).move;
  // The table's amounts suit three to four seconds; a long shot may travel a little further, a short one less.
  double amount = std::clamp(length / 3.6, .45, 1.3);
  if (c.frame == Frame::macro) amount *= .34;
  if (c.frame == Frame::above) {
    const double drift = .4 * amount;
    Move down = camera_row("slow_zoom").move;
    down.from.cx = move.from.cx * drift;
    down.to.cx = move.to.cx * drift;
    return down;
  }
  const double sideways = c.format == Format::tall ? .5 : 1, upward = c.format == Format::tall ? .6 : 1;
  // Alternate the direction of travel, so that neighbours do not slide the same way.
  const double way = brief.index % 2 == 0 ? 1 : -1;
  for (View* v : {&move.from, &move.to}) {
    v->cx *= amount * sideways * way;
    v->cy *= amount * upward * .8;
    v->dz *= amount;
    v->zoom = 1 + (v->zoom - 1) * amount;
  }
  return move;
}

}  // namespace vidgen::local
