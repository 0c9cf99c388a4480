// SPDX-License-Identifier: Apache-2.0
// make_shot: direction, setting and compositor joined.
#include "local/shot.hpp"

#include <algorithm>

#include "base/try.hpp"
#include "local/compositor/stack.hpp"
#include "local/settings/photo_card.hpp"
#include "local/settings/setting.hpp"

namespace vidgen::local {
namespace {

// One picture of a beat, moved by the camera.
class PaintedShot : public Shot {
 public:
  PaintedShot(Stack stack, Move move, double length, std::vector<std::string> remarks)
      : stack_(std::move(stack)), move_(move), length_(length), remarks_(std::move(remarks)) {}

  void paint(double seconds, const YuvView& out) override { stack_.paint(view(seconds), seconds, out); }
  void paint_bgra(double seconds, std::uint8_t* pixels, int stride) override {
    stack_.paint_bgra(view(seconds), seconds, pixels, stride);
  }
  std::vector<std::string> notes() const override { return remarks_; }

 private:
  View view(double seconds) const { return view_at(move_, seconds / length_, seconds); }

  Stack stack_;
  Move move_;
  double length_;
  std::vector<std::string> remarks_;
};

std::shared_ptr<const Photo> first_cutout(const ShotBrief& brief) {
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

Composition composition_of(const ShotBrief& brief, const Subject& subject, Size size) {
  const Composition c = compose(brief, size);
  if (c.frame != Frame::above || lies(subject)) return c;
  ShotBrief standing = brief;
  standing.beat.shot = "medium_wide";
  return compose(standing, size);
}

Scene scene_of(const ShotBrief& brief, const Subject& subject, Composition c) {
  const SettingRow& row = setting_row(brief.setting.place);
  keep_inside(c, subject.width() * subject.unit(c.height, c.max_width));
  if (c.closing) return row.quiet(c, subject);
  if (c.frame == Frame::above) return row.above(c, subject);
  return row.scene(c, subject);
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
  const Subject subject(brief.product, brief.seed, first_cutout(brief));
  const Composition c = composition_of(brief, subject, size);
  Move move = direct_camera(brief, c, length);
  const PhotoUse photo = choose_photo(brief, size);
  if (photo.kind == PhotoUse::Kind::full) move = ken_burns(brief, length);
  if (photo.kind == PhotoUse::Kind::card) move = card_move(brief, length);
  Scene scene = photo.kind == PhotoUse::Kind::none ? scene_of(brief, subject, c) : photo_scene(photo, c);
  VIDGEN_TRY(stack, Stack::build(std::move(scene), size, move));
  std::unique_ptr<Shot> shot = std::make_unique<PaintedShot>(std::move(stack), move, length, remarks_of(brief));
  return shot;
}

}  // namespace vidgen::local
