// SPDX-License-Identifier: Apache-2.0
// The closed lists of words that specs and templates may use, and the limits they must keep.
//
// Thread-safety: constants.
#pragma once

#include <array>
#include <string_view>

#include "vidgen/time.hpp"

namespace vidgen::spec {

inline constexpr std::array<std::string_view, 10> kShots = {
    "wide",     "medium_wide",      "medium", "medium_close_up", "close_up",
    "tracking", "extreme_close_up", "macro",  "low_angle",       "top_down"};
inline constexpr std::array<std::string_view, 11> kCameras = {"static",     "pan",      "whip_pan", "tilt",
                                                              "push_in",    "pull_out", "orbit",    "crane_up",
                                                              "crane_down", "tracking", "handheld"};
inline constexpr std::array<std::string_view, 4> kRoles = {"opening", "headline", "middle", "closing"};
inline constexpr std::array<std::string_view, 3> kEnergies = {"low", "medium", "high"};
inline constexpr std::array<std::string_view, 5> kLooks = {"cinematic", "lifestyle", "minimal", "luxury", "pop"};
inline constexpr std::array<std::string_view, 3> kTempos = {"slow", "moderate", "fast"};

// What no text of a language model may hold: addresses, paths, filters.
inline constexpr std::array<std::string_view, 8> kForeign = {"://",  "file:", "data:",  "../",
                                                             "[in]", "[out]", "movie=", "drawtext"};

inline constexpr std::size_t kMostBeats = 60;
inline constexpr std::int64_t kShortestSeconds = 1, kLongestSeconds = 600;
inline constexpr std::size_t kPromptLeast = 10, kPromptMost = 1000;  // Unicode code points
inline constexpr std::size_t kMostImages = 8;
inline constexpr int kSideLeast = 16, kSideMost = 8192;

template <std::size_t N>
constexpr bool one_of(const std::array<std::string_view, N>& list, std::string_view word) {
  for (std::string_view w : list)
    if (w == word) return true;
  return false;
}

// A lower-case name such as "hero_shot": letters, digits and _, at most 64, beginning with a letter.
bool is_name(std::string_view text);
// The word of `list` nearest to `text` by edits, empty when none is near.
template <class Range>
std::string_view nearest(const Range& list, std::string_view text);
// Edits (insert, delete, replace, swap neighbours) between two words; stops counting above `most`.
std::size_t edits(std::string_view a, std::string_view b, std::size_t most);

template <class Range>
std::string_view nearest(const Range& list, std::string_view text) {
  std::string_view best;
  std::size_t least = text.size() / 3 + 2;
  for (std::string_view w : list)
    if (std::size_t d = edits(w, text, least); d < least) {
      least = d;
      best = w;
    }
  return best;
}

// "the size must be even: 1921x1080 is not, 1920x1080 is": typed refusals that several places share.
Status check_size(Size size, Errc code, std::string_view field);
Status check_fps(Rational fps, Errc code, std::string_view field);

}  // namespace vidgen::spec
