// SPDX-License-Identifier: Apache-2.0
// Chord symbols and voicings.
#include <gtest/gtest.h>

#include "plans.hpp"

namespace vidgen::local::test {
namespace {

std::vector<int> classes(std::string_view symbol) {
  const Chord chord = parse_chord(symbol);
  std::vector<int> out;
  for (int i : chord.intervals) out.push_back((chord.root + i) % 12);
  return out;
}

TEST(Chords, AreReadFromTheirSymbols) {
  EXPECT_EQ(classes("I"), (std::vector<int>{0, 4, 7}));
  EXPECT_EQ(classes("vi7"), (std::vector<int>{9, 0, 4, 7}));
  EXPECT_EQ(classes("IVM7"), (std::vector<int>{5, 9, 0, 4}));
  EXPECT_EQ(classes("bVI"), (std::vector<int>{8, 0, 3}));
  EXPECT_EQ(classes("bVIIsus4"), (std::vector<int>{10, 3, 5}));
  EXPECT_EQ(classes("i5"), (std::vector<int>{0, 7}));
  EXPECT_EQ(classes("V9"), (std::vector<int>{7, 11, 2, 5, 9}));
  EXPECT_EQ(classes("IM9"), (std::vector<int>{0, 4, 7, 11, 2}));
  EXPECT_EQ(classes("iv6"), (std::vector<int>{5, 8, 0, 2}));
  EXPECT_EQ(parse_chord("I/3").bass, 4);
  EXPECT_EQ(parse_chord("V/7").bass, 11);
  EXPECT_EQ(parse_chord("ii9").bass, 2);
  for (std::string_view bad : {"", "H", "Ix", "I/5", "b", "7"}) EXPECT_FALSE(parse_chord(bad).valid) << bad;
}

TEST(Chords, VoicingsKeepTheRulesOfSpacing) {
  for (const StyleRow& row : style_rows())
    for (const auto* table : {&row.calm, &row.strong})
      for (const Progression& progression : *table) {
        VoicingWish wish;
        for (std::string_view symbol : progression) {
          if (symbol.empty()) continue;
          for (int voices : {3, 4}) {
            wish.voices = voices;
            wish.tonic = row.tonics[0];
            const std::vector<int> v = voice_chord(parse_chord(symbol), wish);
            ASSERT_EQ(v.size(), static_cast<std::size_t>(voices));
            for (std::size_t i = 0; i < v.size(); ++i) {
              EXPECT_TRUE(parse_chord(symbol).has(v[i] - wish.tonic));
              EXPECT_TRUE(v[i] >= wish.low && v[i] <= wish.high);
              for (std::size_t j = 0; j < i; ++j) EXPECT_FALSE(clash(v[i], v[j])) << symbol;
            }
            EXPECT_LE(v.back() - v.front(), 19);
            EXPECT_TRUE(v[0] >= 52 || v[1] - v[0] >= 5) << symbol;
            wish.previous = v;
          }
        }
      }
}

TEST(Chords, VoicingsMoveLittleAndAvoidWhatOthersHold) {
  VoicingWish wish;
  wish.tonic = 0;
  wish.previous = {52, 60, 64, 67};
  const std::vector<int> v = voice_chord(parse_chord("vi7"), wish);
  int moved = 0;
  for (std::size_t i = 0; i < v.size(); ++i) moved += std::abs(v[i] - wish.previous[i]);
  EXPECT_LE(moved, 5);
  wish.previous.clear();
  wish.taken.set(53);
  wish.taken.set(65);
  for (int p : voice_chord(parse_chord("IM7"), wish)) EXPECT_FALSE(clashes(p, wish.taken)) << p;
}

// One row at a time: whatever the table says must be playable.
TEST(Styles, RowsAreComplete) {
  for (const StyleRow& row : style_rows()) {
    EXPECT_EQ(find_style(row.name).row, &row);
    EXPECT_TRUE(row.bpm_low < row.bpm_preferred && row.bpm_preferred < row.bpm_high) << row.name;
    EXPECT_TRUE(row.ring[0] < row.ring[1] && row.ring[1] < row.ring[2]) << row.name;
    EXPECT_TRUE(parse_chord(row.final).valid) << row.name;
    for (std::string_view symbol : row.cadence) EXPECT_TRUE(parse_chord(symbol).valid) << row.name;
    for (const auto* table : {&row.calm, &row.strong}) {
      EXPECT_FALSE((*table)[0][0].empty());
      for (const Progression& p : *table)
        for (std::string_view symbol : p)
          EXPECT_TRUE(symbol.empty() || parse_chord(symbol).valid) << row.name << symbol;
    }
    EXPECT_GE(row.used_layers().size(), 5u) << row.name;
    bool first = false;
    for (const LayerRow& layer : row.used_layers()) {
      first |= layer.level == 1;
      EXPECT_TRUE(layer.program >= 0 && layer.program < 128 && layer.volume <= 127 && layer.low < layer.high);
      const bool patterned = layer.kind != LayerKind::pad && layer.kind != LayerKind::melody;
      EXPECT_EQ(patterned, !layer.more.patterns[0].empty()) << row.name;
    }
    EXPECT_TRUE(first) << row.name << " would begin in silence";
    for (const DrumSet& set : row.drums)
      for (const DrumLine& line : set) EXPECT_LE(line.steps.size(), 16u) << row.name;
  }
}

TEST(Styles, OtherNamesFindTheNearest) {
  const std::pair<std::string_view, std::string_view> kNames[] = {{"orchestral", "cinematic"},
                                                                  {"cinematic_epic", "cinematic"},
                                                                  {"elegant orchestral", "cinematic"},
                                                                  {"upbeat_pop", "pop"},
                                                                  {"Calm", "ambient"},
                                                                  {"LUXURY", "luxury"},
                                                                  {"synthwave", "electronic"},
                                                                  {"", "corporate"},
                                                                  {"something else", "corporate"}};
  for (const auto& [name, row] : kNames) EXPECT_EQ(find_style(name).row->name, row) << name;
  EXPECT_FALSE(find_style("orchestral").exact);
  EXPECT_TRUE(find_style("LUXURY").exact);
}

}  // namespace
}  // namespace vidgen::local::test
