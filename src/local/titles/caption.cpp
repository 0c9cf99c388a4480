// SPDX-License-Identifier: Apache-2.0
// Opening titles and captions: a small line over one block of lines, in a corner, at the top or in the middle.
#include <algorithm>
#include <cmath>

#include "base/try.hpp"
#include "local/titles/stage.hpp"

namespace vidgen::local::titles {
namespace {

enum class Down { low, middle, high };

struct Plan {
  bool title = false;
  bool third = false;  // beside a picture: on one third of a wide frame, in the middle of its height
  Align align = Align::left;
  Down down = Down::low;
};

// Longest lines in units of the height, so that a wide frame keeps its caption on one third.
constexpr double kSideWidth = 0.60, kTitleSideWidth = 0.72, kCaptionWidth = 0.80, kTitleWidth = 1.55;
constexpr double kThirdOfWidth = 0.285;  // of the frame's width
constexpr double kOverGap = 0.041;    // under the small line, of the unit
constexpr double kHighCentre = 0.27;  // of the height
constexpr double kMiddleCentre = 0.49;
constexpr double kUprightCentre = 0.755;
constexpr double kScrimStrength = 0.62, kBandStrength = 0.50, kUprightStrength = 0.66;

Plan plan_of(const Stage& stage) {
  Plan plan;
  plan.title = stage.title.role == "title";
  std::string_view place = stage.title.place;
  if (place.empty()) place = plan.title ? stage.look.title_place : "left";
  plan.third = place == "left_third" || place == "right_third";
  if (plan.third && stage.frame.width < 1.2 * stage.frame.height) plan.third = false, place = "bottom";
  if (place == "right" || place == "right_third") plan.align = Align::right;
  if (place == "centre" || place == "center" || place == "top" || place == "bottom") plan.align = Align::centre;
  if (place == "top")
    plan.down = Down::high;
  else if (plan.title && place != "bottom")
    plan.down = Down::middle;
  if (plan.third) plan.down = Down::middle;
  // Upright, words stand on the left under the subject, and the middle belongs to it.
  if (!plan.title && place == "bottom" && upright(stage.frame)) plan.align = Align::left;
  if (plan.down == Down::middle && plan.align != Align::centre && upright(stage.frame)) plan.down = Down::high;
  return plan;
}

Limits limits_of(const Stage& stage, const Plan& plan) {
  const bool beside = plan.align != Align::centre && !upright(stage.frame);
  const double most = beside ? (plan.title ? kTitleSideWidth : kSideWidth) : plan.title ? kTitleWidth : kCaptionWidth;
  Limits limits;
  limits.width = 0.985 * std::min(stage.area.width(), most * stage.frame.height);
  if (plan.third) limits.width = kThirdOfWidth * stage.frame.width;
  limits.height = stage.area.height() * (plan.title && plan.down == Down::middle ? 0.8
                                         : upright(stage.frame)                  ? 0.3
                                                                                 : 0.5);
  limits.letters = plan.title ? kTitleChars : kCaptionChars;
  return limits;
}

// Words of the right third begin at its edge, for what they stand beside is on their left.
double edge_of(const Stage& stage, const Plan& plan) {
  if (plan.third && plan.align == Align::right) return stage.area.right - kThirdOfWidth * stage.frame.width;
  if (plan.align == Align::left) return stage.area.left;
  if (plan.align == Align::right) return stage.area.right;
  return stage.frame.width / 2.0;
}

// The top of a group of this height whose last line has `below` pixels of descenders.
double top_of(const Stage& stage, const Plan& plan, double height, double below) {
  const double lowest = stage.area.bottom - below - height;
  const double full = stage.frame.height;
  double top = lowest;
  if (plan.down == Down::middle) top = kMiddleCentre * full - height / 2;
  if (plan.down == Down::high) top = kHighCentre * full - height / 2;
  if (plan.down == Down::low) {
    const double air = std::max(0.0, 0.034 * stage.unit - below);
    top = upright(stage.frame) ? kUprightCentre * full - height / 2 : lowest - air;
  }
  return std::max(stage.area.top, std::min(top, lowest));
}

// How far the words may reach out of the core, as shares of the falloff: there it is still at 0.8.
constexpr double kInX = 0.2, kInY = 0.17;
constexpr double kAcross = 0.58;

// A band along the top or the foot of the frame. Over the subject's foot a light one would be fog, a dark one is shade.
Field band(const Stage& stage, const Extents& words, bool high) {
  Field f;
  const double height = stage.frame.height, width = stage.frame.width;
  f.reach_x = width;
  f.reach_y = (high ? 0.42 : stage.palette.dark_ink ? 0.15 : 0.32) * height;
  f.core = {0, 0, width, height};
  if (high)
    f.core.bottom = std::max(0.0, words.bottom - kInY * f.reach_y);
  else
    f.core.top = std::min(height, words.top + kInY * f.reach_y);
  f.strength = upright(stage.frame) ? kUprightStrength : kBandStrength;
  return f;
}

// One axis of a pool: [low, high] of the core for words in [from, to].
void core_axis(double from, double to, double in, double& low, double& high) {
  low = from + in;
  high = to - in;
  if (low > high) low = high = (from + to) / 2;
}

// Out of the corner or the side where the words stand; round the words when they stand in the middle. Wide words get a
// wide falloff: a small one round them would look like a box.
Field pool(const Stage& stage, const Extents& words, const Plan& plan) {
  Field f;
  const double height = stage.frame.height, width = stage.frame.width;
  const double most_x = 0.72 * width, least_x = std::min(height, most_x);
  f.reach_x = std::clamp(2.4 * (words.right - words.left), least_x, most_x);
  f.reach_y = std::clamp(3.0 * (words.bottom - words.top), 0.72 * height, 0.9 * height);
  core_axis(words.left, words.right, kInX * f.reach_x, f.core.left, f.core.right);
  core_axis(words.top, words.bottom, kInY * f.reach_y, f.core.top, f.core.bottom);
  if (plan.align == Align::left) f.core.left = 0, f.core.right = std::max(0.0, words.right - kInX * f.reach_x);
  if (plan.align == Align::right) f.core.right = width, f.core.left = std::min(width, words.left + kInX * f.reach_x);
  if (plan.down == Down::low) f.core.bottom = height, f.core.top = std::min(height, words.top + kInY * f.reach_y);
  // Words almost as wide as the frame: any end of the shade would be seen.
  if (words.right - words.left > kAcross * width) f.core.left = 0, f.core.right = width;
  f.strength = kScrimStrength;
  return f;
}

Field field_of(const Stage& stage, const Plan& plan) {
  const Extents words = stage.extents();
  const bool wide_row = plan.align == Align::centre || upright(stage.frame);
  if (plan.down == Down::high) return band(stage, words, true);
  if (plan.down == Down::low && wide_row) return band(stage, words, false);
  return pool(stage, words, plan);
}

}  // namespace

Result<Field> compose_words(Stage& stage) {
  const Plan plan = plan_of(stage);
  Limits limits = limits_of(stage, plan);
  const Type& small_type = plan.title ? stage.look.title_over : stage.look.over;
  Limits small = limits;
  small.letters = kSmallChars;
  small.height = stage.area.height() * 0.2;
  VIDGEN_TRY(over, stage.block(stage.title.over, small_type, small));
  VIDGEN_TRY(text, stage.block(stage.title.text, plan.title ? stage.look.title : stage.look.caption, limits));
  if (over.lines.empty() && text.lines.empty()) return Field();
  const double gap = over.lines.empty() || text.lines.empty() ? 0 : kOverGap * stage.unit;
  const double below = text.lines.empty() ? 0.25 * over.size : std::max(0.0, text.lines.back().ink.bottom) * text.size;
  const double top = top_of(stage, plan, over.height() + gap + text.height(), below);

  Spot spot;
  spot.align = plan.third ? Align::left : plan.align;
  spot.edge = edge_of(stage, plan);
  spot.top = top;
  spot.colour = stage.palette.accent;
  spot.move = Move::small;
  stage.place(over, spot);
  spot.top = top + over.height() + gap;
  spot.colour = stage.palette.ink;
  spot.move = stage.line_move();
  if (!plan.title && spot.move == Move::fade) spot.move = Move::lift;
  spot.spread = plan.title && spot.move == Move::fade;
  stage.place(text, spot);
  stage.keep_inside();
  return field_of(stage, plan);
}

}  // namespace vidgen::local::titles
