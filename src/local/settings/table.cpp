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
    {"stage", stage_scene, stage_above, stage_quiet},
    {"stage_dark", stage_dark_scene, stage_dark_above, stage_dark_quiet},
};

struct Name {
  std::string_view part, row;
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
    {"restaurant", "cafe"},
    {"bar", "cafe"},
    {"bakery", "cafe"},
    {"library", "cafe"},
    {"work", "cafe"},
    {"office", "cafe"},
    {"desk", "cafe"},
    {"bedroom", "kitchen"},
    {"kitchen", "kitchen"},
    {"home", "kitchen"},
    {"house", "kitchen"},
    {"living", "kitchen"},
    {"bath", "kitchen"},
    {"indoor", "kitchen"},
    {"outdoor", "mountain"},
    {"trail", "mountain"},
    {"forest", "mountain"},
    {"nature", "mountain"},
    {"hill", "mountain"},
    {"lake", "mountain"},
    {"river", "mountain"},
    {"field", "mountain"},
    {"garden", "mountain"},
    {"park", "mountain"},
    {"camp", "mountain"},
    {"alps", "mountain"},
    {"beach", "mountain"},
    {"sea", "mountain"},
    {"desert", "mountain"},
    {"snow", "mountain"},
    {"road", "mountain"},
    {"app", "stage"},
    {"service", "stage"},
    {"event", "stage"},
    {"idea", "stage"},
    {"abstract", "stage"},
    {"conference", "stage"},
    {"screen", "stage"},
    {"space", "stage_dark"},
    {"night", "stage_dark"},
    {"city", "stage_dark"},
    {"street", "stage_dark"},
    {"club", "stage_dark"},
    {"concert", "stage_dark"},
};

const SettingRow& row_named(std::string_view name) {
  for (const SettingRow& row : kRows)
    if (row.name == name) return row;
  return kRows[0];
}

}  // namespace

std::span<const SettingRow> setting_rows() {
  return kRows;
}

const SettingRow& setting_row(std::string_view place) {
  for (const Name& word : kNames)
    if (place.find(word.part) != place.npos) return row_named(word.row);
  return kRows[0];
}

}  // namespace vidgen::local
