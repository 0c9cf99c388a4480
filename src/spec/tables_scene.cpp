// SPDX-License-Identifier: Apache-2.0
// Where and when: settings, times of day, and how both read in a prompt for a clip model.
#include "spec/tables.hpp"

namespace vidgen::spec {
namespace {

constexpr Row kPlaces[] = {
    {"mountain", "mountain", 3}, {"mountain trail", "mountain", 4}, {"mountain top", "mountain", 4}, {"peak", "mountain", 2},
    {"summit", "mountain", 2}, {"alps", "mountain", 3}, {"alpine", "mountain", 3}, {"hill", "mountain", 2},
    {"cliff", "mountain", 2}, {"valley", "mountain", 2}, {"canyon", "desert", 2}, {"glacier", "mountain", 2},
    {"hike", "mountain", 1}, {"hiking", "mountain", 1}, {"himalaya", "mountain", 3}, {"rocky ridge", "mountain", 3},
    {"desert", "desert", 3}, {"dune", "desert", 3}, {"sahara", "desert", 3}, {"sand dune", "desert", 4},
    {"beach", "beach", 3}, {"seaside", "beach", 3}, {"ocean", "beach", 2}, {"sea", "beach", 2}, {"shore", "beach", 3},
    {"coast", "beach", 3}, {"island", "beach", 2}, {"surf", "beach", 2}, {"surfing", "beach", 2}, {"waves", "beach", 1},
    {"lagoon", "beach", 2}, {"pool", "beach", 1}, {"poolside", "beach", 2}, {"harbour", "beach", 1}, {"lake", "forest", 1},
    {"forest", "forest", 3}, {"forest trail", "forest", 4}, {"wood trail", "forest", 4}, {"woods", "forest", 3},
    {"woodland", "forest", 3}, {"jungle", "forest", 3}, {"rainforest", "forest", 3}, {"trees", "forest", 1},
    {"trail", "forest", 1}, {"park", "forest", 1}, {"garden", "forest", 1}, {"meadow", "forest", 1},
    {"national park", "mountain", 2}, {"campsite", "forest", 2}, {"camping", "forest", 2}, {"theme park", ""},
    {"car park", "street", 2}, {"parking", "street", 1},
    {"cafe", "cafe", 3}, {"coffee shop", "cafe", 3}, {"cofee shop", "cafe", 3}, {"coffee house", "cafe", 3},
    {"coffeehouse", "cafe", 3}, {"bistro", "cafe", 3}, {"restaurant", "cafe", 2}, {"bakery", "cafe", 1},
    {"jazz bar", "cafe", 2}, {"cocktail bar", "cafe", 2}, {"wine bar", "cafe", 2}, {"pub", "cafe", 2},
    {"bookshop", "cafe", 1}, {"diner", "cafe", 2}, {"tea house", "cafe", 2},
    {"kitchen", "kitchen", 3}, {"kitchen table", "kitchen", 4}, {"kitchen counter", "kitchen", 4},
    {"countertop", "kitchen", 2}, {"breakfast table", "kitchen", 3}, {"dining table", "kitchen", 2},
    {"kitchen knife", ""}, {"cooking", "kitchen", 1},
    {"living room", "living_room", 3}, {"livingroom", "living_room", 3}, {"lounge", "living_room", 2},
    {"bedroom", "living_room", 2}, {"at home", "living_room", 1}, {"home", "living_room", 1}, {"loft", "living_room", 1},
    {"apartment", "living_room", 2}, {"fireplace", "living_room", 2}, {"kids room", "living_room", 2},
    {"home screen", ""}, {"home office", "desk", 3}, {"sofa corner", "living_room", 2}, {"room", "living_room", 1},
    {"desk", "desk", 3}, {"desktop", "desk", 2}, {"office", "desk", 2}, {"workspace", "desk", 3},
    {"workstation", "desk", 3}, {"workbench", "desk", 2}, {"office desk", "desk", 4}, {"study room", "desk", 2},
    {"desk lamp", ""}, {"box office", ""}, {"office chair", ""}, {"desk setup", "desk", 4}, {"walnut desk", "desk", 4},
    {"city", "city", 3}, {"downtown", "city", 3}, {"skyline", "city", 3}, {"rooftop", "city", 2}, {"urban", "city", 2},
    {"metropolis", "city", 3}, {"new york", "city", 2}, {"tokyo", "city", 2}, {"paris", "city", 1}, {"london", "city", 1},
    {"berlin", "city", 1}, {"train station", "city", 2}, {"subway", "city", 2}, {"airport", "city", 1},
    {"skyscraper", "city", 3}, {"town", "city", 2}, {"city street", "street", 3}, {"city bike", ""}, {"cityscape", "city", 3},
    {"street", "street", 3}, {"alley", "street", 3}, {"sidewalk", "street", 3}, {"pavement", "street", 3},
    {"road", "street", 2}, {"highway", "street", 2}, {"garage", "street", 1}, {"skate park", "street", 2},
    {"skatepark", "street", 2}, {"crosswalk", "street", 2}, {"market", "street", 1}, {"road bike", ""},
    {"road bicycle", ""}, {"street food", "street", 2}, {"street food truck", "street", 3}, {"basketball court", "street", 2},
    {"market research", ""}, {"salt road", ""},
    {"studio", "studio", 3}, {"backdrop", "studio", 2}, {"white background", "studio", 3}, {"plain background", "studio", 3},
    {"black background", "studio", 3}, {"dark background", "studio", 3}, {"pastel background", "studio", 3},
    {"seamless", "studio", 1}, {"softbox", "studio", 2}, {"plinth", "studio", 2}, {"pedestal", "studio", 2},
    {"white room", "studio", 2}, {"yoga studio", ""}, {"dance studio", ""}, {"tattoo studio", ""}, {"design studio", ""},
    {"film studio", ""}, {"studio light", "studio", 2}, {"neutral background", "studio", 3},
    {"stage", "stage", 3}, {"keynote", "stage", 2}, {"spotlight", "stage", 1}, {"podium", "stage", 2},
    {"theatre", "stage", 2}, {"theater", "stage", 2}, {"stadium", "stage", 2}, {"arena", "stage", 2},
    {"concert hall", "stage", 3}, {"auditorium", "stage", 3}, {"early stage", ""}, {"on stage", "stage", 4},
};

constexpr Row kTimes[] = {
    {"sunrise", "sunrise", 3}, {"dawn", "sunrise", 3}, {"daybreak", "sunrise", 3}, {"early morning", "sunrise", 3},
    {"morning", "sunrise", 2}, {"morning light", "sunrise", 3}, {"first light", "sunrise", 3}, {"sun going up", "sunrise", 3},
    {"sun rises", "sunrise", 3}, {"sun rising", "sunrise", 3}, {"rising sun", "sunrise", 3}, {"breakfast", "sunrise", 1},
    {"sun comes up", "sunrise", 3}, {"sun coming up", "sunrise", 3}, {"good morning", "sunrise", 1}, {"dawn dish", ""},
    {"golden hour", "golden", 3}, {"golden light", "golden", 3}, {"late afternoon", "golden", 3}, {"low sun", "golden", 2},
    {"warm evening sun", "golden", 3}, {"golden", "golden", 1}, {"golden retriever", ""}, {"autumn light", "golden", 2},
    {"midday", "midday", 3}, {"noon", "midday", 3}, {"afternoon", "midday", 2}, {"sunny afternoon", "midday", 3},
    {"sunny", "midday", 1}, {"bright day", "midday", 2}, {"daylight", "midday", 2}, {"broad daylight", "midday", 3},
    {"midday sun", "midday", 3}, {"blue sky", "midday", 1}, {"sunny day", "midday", 2}, {"summer day", "midday", 2},
    {"lunch", "midday", 1}, {"daytime", "midday", 2},
    {"dusk", "dusk", 3}, {"sunset", "dusk", 3}, {"evening", "dusk", 2}, {"twilight", "dusk", 3}, {"blue hour", "dusk", 3},
    {"evening light", "dusk", 3}, {"nightfall", "dusk", 3}, {"sundown", "dusk", 3}, {"setting sun", "dusk", 3},
    {"sun goes down", "dusk", 3}, {"sun going down", "dusk", 3}, {"afterglow", "dusk", 2}, {"evening dress", ""},
    {"night", "night", 3}, {"midnight", "night", 3}, {"tonight", "night", 1}, {"moonlight", "night", 3}, {"moon", "night", 1},
    {"under the stars", "night", 3}, {"starry", "night", 3}, {"stars", "night", 1}, {"neon", "night", 1},
    {"night time", "night", 3}, {"nighttime", "night", 3}, {"nigth", "night", 3}, {"after dark", "night", 3},
    {"late night", "night", 3}, {"nightclub", "night", 2}, {"five stars", ""}, {"night cream", ""}, {"all night", "night", 1},
};

struct PlaceRow {
  std::string_view place, words;
};

constexpr PlaceRow kPlaceWords[] = {{"mountain", "on a mountain trail"},
                                    {"desert", "among desert dunes"},
                                    {"beach", "on a quiet beach"},
                                    {"forest", "on a forest path"},
                                    {"cafe", "in a small cafe"},
                                    {"kitchen", "in a bright kitchen"},
                                    {"living_room", "in a calm living room"},
                                    {"desk", "on a tidy desk by a window"},
                                    {"city", "high above a city"},
                                    {"street", "on a city street"},
                                    {"studio", "in a plain studio"},
                                    {"stage", "on a dark stage"}};

constexpr PlaceRow kTimeWords[] = {{"sunrise", "at sunrise"},
                                   {"golden", "in the golden hour"},
                                   {"midday", "in clear daylight"},
                                   {"dusk", "at dusk"},
                                   {"night", "at night"}};

constexpr PlaceRow kIndoorTimeWords[] = {{"sunrise", "in the morning"},
                                         {"golden", "in late afternoon light"},
                                         {"midday", "in daylight"},
                                         {"dusk", "in the evening"},
                                         {"night", "at night"}};

constexpr PlaceRow kLight[] = {{"sunrise", "low warm light from the side, cool shadows"},
                               {"golden", "long golden light, soft haze"},
                               {"midday", "clear high sunlight, short shadows"},
                               {"dusk", "last warm light on the horizon, blue shadows"},
                               {"night", "pools of lamp light in the dark"},
                               {"studio", "one large soft light from the side"},
                               {"stage", "a single beam from above in the dark"},
                               {"cafe", "window light from the left, warm wood tones"},
                               {"kitchen", "fresh window light from the left"},
                               {"living_room", "soft window light"},
                               {"desk", "window light across the table"}};

std::string_view look_up(std::span<const PlaceRow> rows, std::string_view key) {
  for (const PlaceRow& row : rows)
    if (row.place == key) return row.words;
  return {};
}

bool indoors(std::string_view place) {
  return place == "cafe" || place == "kitchen" || place == "living_room" || place == "desk" || place == "studio" ||
         place == "stage";
}

}  // namespace

std::span<const Row> place_rows() { return kPlaces; }
std::span<const Row> time_rows() { return kTimes; }

std::string_view place_words(std::string_view place) { return look_up(kPlaceWords, place); }

std::string_view time_words(std::string_view place, std::string_view time) {
  return indoors(place) ? look_up(kIndoorTimeWords, time) : look_up(kTimeWords, time);
}

std::string_view light_words(std::string_view place, std::string_view time) {
  std::string_view by_time = look_up(kLight, time);
  if (!indoors(place) && !by_time.empty()) return by_time;
  if (time == "dusk" || time == "night") return by_time;
  std::string_view by_place = look_up(kLight, place);
  return by_place.empty() ? std::string_view("soft natural light") : by_place;
}

}  // namespace vidgen::spec
