// SPDX-License-Identifier: Apache-2.0
// The table of settings: one row and one file each. A row paints the scene of a composition, the same place from
// above, and the quiet ground of an end card. Places without a row of their own map to the nearest through a word
// table. Functions are pure: same composition and subject, same scene. Nothing here fails.
#pragma once

#include <span>
#include <string_view>

#include "local/compositor/layer.hpp"
#include "local/settings/direction.hpp"
#include "local/settings/subject.hpp"

namespace vidgen::local {

struct SettingRow {
  std::string_view name;
  Scene (*scene)(const Composition&, const Subject&);
  Scene (*above)(const Composition&, const Subject&);  // top-down
  Scene (*quiet)(const Composition&, const Subject&);  // behind an end card
};

std::span<const SettingRow> setting_rows();
const SettingRow& setting_row(std::string_view place);
// False when the row of a place only stands in for it.
bool has_setting_row(std::string_view place);

// The rows, one a file.
Scene mountain_scene(const Composition&, const Subject&);
Scene mountain_quiet(const Composition&, const Subject&);
Scene desert_scene(const Composition&, const Subject&);
Scene desert_quiet(const Composition&, const Subject&);
Scene desert_above(const Composition&, const Subject&);
Scene beach_scene(const Composition&, const Subject&);
Scene beach_quiet(const Composition&, const Subject&);
Scene beach_above(const Composition&, const Subject&);
Scene forest_scene(const Composition&, const Subject&);
Scene forest_quiet(const Composition&, const Subject&);
Scene forest_above(const Composition&, const Subject&);
Scene map_above(const Composition&, const Subject&);
Scene cafe_scene(const Composition&, const Subject&);
Scene kitchen_scene(const Composition&, const Subject&);
Scene cafe_quiet(const Composition&, const Subject&);
Scene living_room_scene(const Composition&, const Subject&);
Scene living_room_quiet(const Composition&, const Subject&);
Scene living_room_above(const Composition&, const Subject&);
Scene desk_scene(const Composition&, const Subject&);
Scene desk_above(const Composition&, const Subject&);
Scene desk_quiet(const Composition&, const Subject&);
Scene city_scene(const Composition&, const Subject&);
Scene city_quiet(const Composition&, const Subject&);
Scene street_scene(const Composition&, const Subject&);
Scene street_quiet(const Composition&, const Subject&);
Scene city_above(const Composition&, const Subject&);
Scene street_above(const Composition&, const Subject&);
Scene table_above(const Composition&, const Subject&);
Scene studio_scene(const Composition&, const Subject&);
Scene studio_dark_scene(const Composition&, const Subject&);
Scene studio_quiet(const Composition&, const Subject&);
Scene studio_dark_quiet(const Composition&, const Subject&);
Scene studio_above(const Composition&, const Subject&);
Scene studio_dark_above(const Composition&, const Subject&);
// A stage without a place of its own is as bright as its hour.
bool is_dark_hour(const Composition&);
Scene stage_scene(const Composition&, const Subject&);
Scene stage_dark_scene(const Composition&, const Subject&);
Scene stage_quiet(const Composition&, const Subject&);
Scene stage_dark_quiet(const Composition&, const Subject&);
Scene stage_above(const Composition&, const Subject&);
Scene stage_dark_above(const Composition&, const Subject&);

}  // namespace vidgen::local
