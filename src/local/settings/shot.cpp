// SPDX-License-Identifier: Apache-2.0
// make_shot: direction, setting and compositor joined.
#include "local/shot.hpp"

#include <algorithm>

#include "base/try.hpp"
#include "local/compositor/stack.hpp"
#include "local/settings/photo_card.hpp"
#include "local/settings/photo_tint.hpp"
#include "local/settings/setting.hpp"

namespace vidgen::local {
namespace {

// One picture, moved by the camera from second `from` to second `to` of its beat.
struct Part {
  Part(Stack layers, Move camera, double begin, double end)
      : stack(std::move(layers)), move(camera), from(begin), to(end) {}
  View view(double seconds) const {
    return view_at(move, (seconds - from) / (to - from), seconds - from);
  }
  Stack stack;
  Move move;
  double from, to;
};

// The pictures of a beat, one after another; nearly always there is one.
class PaintedShot : public Shot {
 public:
  PaintedShot(std::vector<Part> parts, std::vector<std::string> remarks)
      : parts_(std::move(parts)), remarks_(std::move(remarks)) {}

  void paint(double seconds, const YuvView& out) override {
    Part& part = at(seconds);
    part.stack.paint(part.view(seconds), seconds - part.from, out);
  }
  void paint_bgra(double seconds, std::uint8_t* pixels, int stride) override {
    Part& part = at(seconds);
    part.stack.paint_bgra(part.view(seconds), seconds - part.from, pixels, stride);
  }
  std::vector<std::string> notes() const override { return remarks_; }

 private:
  // Handles belong to the first and the last part.
  Part& at(double seconds) {
    std::size_t i = 0;
    while (i + 1 < parts_.size() && seconds >= parts_[i].to) ++i;
    return parts_[i];
  }

  std::vector<Part> parts_;
  std::vector<std::string> remarks_;
};

// What a beat shows that names no photograph: the first cut-out is the product everywhere.
PhotoPtr first_cutout(const ShotBrief& brief) {
  for (const auto& photo : brief.photos)
    if (usable(photo.get()) && has_alpha(*photo)) return photo;
  return nullptr;
}

// What cannot lie down is not looked at from above.
bool lies(const Subject& subject) {
  for (const char* upright : {"car", "sofa", "chair", "bicycle", "plant", "lamp", "food", "toy", "jewellery", "service", "idea"})
    if (subject.is(upright)) return false;
  return !subject.on_plinth();
}

Composition composed_as(const ShotBrief& brief, Size size, const char* shot) {
  ShotBrief other = brief;
  other.beat.shot = shot;
  return compose(other, size);
}

Composition composition_of(const ShotBrief& brief, const Subject& subject, Size size) {
  Composition c = compose(brief, size);
  if (c.frame == Frame::above && !lies(subject)) c = composed_as(brief, size, "medium_wide");
  // A cut-out of few pixels is shown whole, and no larger than it bears.
  if (c.frame == Frame::macro && subject.tallest(size) < .7 * c.height) c = composed_as(brief, size, "medium");
  c.height = std::min(c.height, std::max(.26, subject.tallest(size)));
  return c;
}

Scene scene_of(const ShotBrief& brief, const Subject& subject, Composition c) {
  const SettingRow& row = setting_row(brief.setting.place);
  const double unit = subject.unit(c.height, c.max_width);
  keep_inside(c, subject.width() * unit, subject.aside() * unit);
  if (c.closing) return row.quiet(c, subject);
  if (c.frame == Frame::above) return row.above(c, subject);
  return row.scene(c, subject);
}

Result<Part> product_part(const ShotBrief& brief, const PhotoPtr& cutout, Size size, double from, double to) {
  const Subject subject(brief.product, brief.seed, cutout);
  Composition c = composition_of(brief, subject, size);
  c.ground_hue = ground_hue(brief);
  const Move move = direct_camera(brief, c, to - from);
  VIDGEN_TRY(stack, Stack::build(scene_of(brief, subject, c), size, move));
  return Part(std::move(stack), move, from, to);
}

Result<Part> picture_part(const ShotBrief& brief, const PhotoPtr& photo, Size size, double from, double to) {
  const PictureUse use = picture_use(photo, size);
  const Composition c = composed_as(brief, size, "medium");  // whatever the shot, a card has a side
  const Move move = picture_move(use, c, to - from);
  VIDGEN_TRY(stack, Stack::build(picture_scene(use, c, to - from), size, move));
  return Part(std::move(stack), move, from, to);
}

Result<std::vector<Part>> parts_of(const ShotBrief& brief, Size size, double length) {
  std::vector<PhotoPtr> shown = photos_of(brief);
  if (shown.empty()) shown.push_back(first_cutout(brief));
  std::vector<Part> out;
  const double each = length / static_cast<double>(shown.size());
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const double from = each * static_cast<double>(i);
    const bool product = !shown[i] || has_alpha(*shown[i]);
    VIDGEN_TRY(part, product ? product_part(brief, shown[i], size, from, from + each)
                             : picture_part(brief, shown[i], size, from, from + each));
    out.push_back(std::move(part));
  }
  return out;
}

std::vector<std::string> remarks_of(const ShotBrief& brief) {
  std::vector<std::string> out;
  if (!first_cutout(brief) && !has_product_row(brief.product.category))
    out.push_back("a labelled box stands for \"" + brief.product.name + "\", which cannot be drawn");
  if (!has_setting_row(brief.setting.place))
    out.push_back("a " + std::string(setting_row(brief.setting.place).name) + " stands in for the place \"" +
                  brief.setting.place + "\", which cannot be drawn");
  for (const auto& photo : brief.photos)
    if (!usable(photo.get())) out.push_back("a photograph is damaged and was left out");
  return out;
}

Status check(const ShotBrief& brief, double length) {
  if (!(length > 0) || length > 3600)
    return Error(Errc::invalid_argument, "a shot lasts more than 0 and at most 3600 seconds");
  if (brief.index < 0 || brief.index >= std::max(1, brief.count))
    return Error(Errc::invalid_argument, "a beat's index must lie inside the film");
  return {};
}

}  // namespace

Result<std::unique_ptr<Shot>> make_shot(const ShotBrief& brief, Size size, double length) {
  VIDGEN_CHECK(check(brief, length));
  if (size.empty()) return Error(Errc::invalid_argument, "a shot needs a size");
  ShotBrief own = brief;
  if (!brief.beat.time.empty()) own.setting.time = brief.beat.time;
  VIDGEN_TRY(parts, parts_of(own, size, length));
  std::unique_ptr<Shot> shot = std::make_unique<PaintedShot>(std::move(parts), remarks_of(own));
  return shot;
}

}  // namespace vidgen::local
