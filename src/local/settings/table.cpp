// SPDX-License-Identifier: Apache-2.0
#include "local/settings/setting.hpp"

namespace vidgen::local {
namespace {

constexpr SettingRow kRows[] = {
    {"studio", studio_scene, studio_above, studio_quiet},
    {"studio_dark", studio_dark_scene, studio_dark_above, studio_dark_quiet},
    {"mountain", mountain_scene, map_above, mountain_quiet},
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
    {"mountain", "mountain"},
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
    {"outdoor", "mountain"},
    {"trail", "mountain"},
    {"forest", "mountain", true},
    {"nature", "mountain"},
    {"hill", "mountain", true},
    {"lake", "mountain", true},
    {"river", "mountain", true},
    {"field", "mountain", true},
    {"garden", "mountain", true},
    {"park", "mountain", true},
    {"camp", "mountain"},
    {"alps", "mountain"},
    {"beach", "mountain", true},
    {"sea", "mountain", true},
    {"desert", "mountain", true},
    {"snow", "mountain", true},
    {"road", "mountain", true},
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
