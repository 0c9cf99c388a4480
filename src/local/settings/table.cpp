// SPDX-License-Identifier: Apache-2.0
#include "local/settings/setting.hpp"

namespace vidgen::local {
namespace {

constexpr SettingRow kRows[] = {
    {"studio", studio_scene, studio_above, studio_quiet},
    {"studio_dark", studio_dark_scene, studio_dark_above, studio_dark_quiet},
    {"mountain", mountain_scene, map_above, mountain_quiet},
    {"desert", desert_scene, desert_above, desert_quiet},
    {"beach", beach_scene, beach_above, beach_quiet},
    {"forest", forest_scene, forest_above, forest_quiet},
    {"cafe", cafe_scene, table_above, cafe_quiet},
    {"kitchen", kitchen_scene, table_above, cafe_quiet},
    {"living_room", living_room_scene, living_room_above, living_room_quiet},
    {"desk", desk_scene, desk_above, desk_quiet},
    {"city", city_scene, city_above, city_quiet},
    {"street", street_scene, street_above, street_quiet},
    {"stage", stage_scene, stage_above, stage_quiet},
    {"stage_dark", stage_dark_scene, stage_dark_above, stage_dark_quiet},
};

struct Name {
  std::string_view part, row;
  bool stands_in = false;  // another place than the one that was named; the report says so
};
// Read from the top; the first part found in the place's name decides.
constexpr Name kNames[] = {
    {"dark_stage", "stage_dark"},
    {"stage_dark", "stage_dark"},
    {"dark_studio", "studio_dark"},
    {"studio_dark", "studio_dark"},
    {"stage", "stage"},
    {"studio", "studio"},
    {"beach", "beach"},
    {"desert", "desert"},
    {"dune", "desert"},
    {"sahara", "desert"},
    {"forest", "forest"},
    {"woods", "forest"},
    {"woodland", "forest"},
    {"mountain", "mountain"},
    {"alp", "mountain"},
    {"peak", "mountain"},
    {"summit", "mountain"},
    {"cafe", "cafe"},
    {"coffee", "cafe"},
    {"restaurant", "cafe", true},
    {"bar", "cafe", true},
    {"bakery", "cafe", true},
    {"library", "living_room", true},
    {"work", "desk"},
    {"office", "desk"},
    {"desk", "desk"},
    {"bedroom", "living_room", true},
    {"kitchen", "kitchen"},
    {"home", "kitchen"},
    {"house", "kitchen"},
    {"living", "living_room"},
    {"lounge", "living_room"},
    {"bath", "kitchen", true},
    {"indoor", "kitchen"},
    {"canyon", "desert", true},
    {"savanna", "desert", true},
    {"jungle", "forest", true},
    {"sea", "beach"},
    {"ocean", "beach"},
    {"coast", "beach"},
    {"shore", "beach"},
    {"island", "beach"},
    {"harbour", "beach", true},
    {"pool", "beach", true},
    {"lake", "beach", true},
    {"river", "forest", true},
    {"snow", "mountain", true},
    {"glacier", "mountain", true},
    {"hill", "mountain", true},
    {"valley", "mountain"},
    {"meadow", "mountain"},
    {"field", "mountain", true},
    {"farm", "mountain", true},
    {"car_park", "stage_dark", true},
    {"parking", "stage_dark", true},
    {"park", "forest", true},
    {"garden", "forest", true},
    {"trail", "mountain"},
    {"camp", "forest", true},
    {"road", "desert", true},
    {"highway", "desert", true},
    {"outdoor", "mountain"},
    {"nature", "mountain"},
    {"app", "stage"},
    {"service", "stage"},
    {"event", "stage"},
    {"idea", "stage"},
    {"abstract", "stage"},
    {"conference", "stage"},
    {"screen", "stage"},
    {"space", "stage_dark", true},
    {"street", "street"},
    {"city", "city"},
    {"rooftop", "city"},
    {"skyline", "city"},
    {"downtown", "city"},
    {"night", "stage_dark"},
    {"club", "stage_dark", true},
    {"concert", "stage_dark", true},
};

const SettingRow& row_named(std::string_view name) {
  for (const SettingRow& row : kRows)
    if (row.name == name) return row;
  return kRows[0];
}

const Name* name_in(std::string_view place) {
  for (const Name& word : kNames)
    if (place.find(word.part) != place.npos) return &word;
  return nullptr;
}

}  // namespace

std::span<const SettingRow> setting_rows() {
  return kRows;
}

const SettingRow& setting_row(std::string_view place) {
  const Name* name = name_in(place);
  return name != nullptr ? row_named(name->row) : kRows[0];
}

bool has_setting_row(std::string_view place) {
  const Name* name = name_in(place);
  return place.empty() || (name != nullptr && !name->stands_in);
}

}  // namespace vidgen::local
