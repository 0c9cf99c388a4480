// SPDX-License-Identifier: Apache-2.0
// The film's frame: words for aspects, and loose words for lengths.
#include "spec/tables.hpp"

namespace vidgen::spec {
namespace {

constexpr Row kAspects[] = {
    {"vertical", "9:16", 3},
    {"portrait", "9:16", 3},
    {"portrait mode", "9:16", 4},
    {"portrait of", ""},
    {"portrait photo", ""},
    {"reel", "9:16", 3},
    {"reels", "9:16", 3},
    {"instagram reel", "9:16", 4},
    {"instagram reels", "9:16", 4},
    {"tiktok", "9:16", 4},
    {"tik tok", "9:16", 4},
    {"shorts", "9:16", 2},
    {"youtube shorts", "9:16", 5},
    {"youtube short", "9:16", 5},
    {"instagram story", "9:16", 4},
    {"instagram stories", "9:16", 4},
    {"insta story", "9:16", 4},
    {"story format", "9:16", 4},
    {"for stories", "9:16", 4},
    {"facebook story", "9:16", 4},
    {"snapchat", "9:16", 4},
    {"for phones", "9:16", 2},
    {"mobile first", "9:16", 2},
    {"upright", "9:16", 2},
    {"for story", "9:16", 3},
    {"as a story", "9:16", 3},
    {"highlight reel", ""},
    {"show reel", ""},
    {"showreel", ""},
    {"film reel", ""},
    {"square", "1:1", 3},
    {"square format", "1:1", 4},
    {"times square", ""},
    {"town square", ""},
    {"square metre", ""},
    {"square meter", ""},
    {"square shaped", ""},
    {"instagram feed", "4:5", 3},
    {"instagram post", "4:5", 3},
    {"facebook feed", "4:5", 3},
    {"feed post", "4:5", 2},
    {"ultrawide", "21:9", 4},
    {"ultra wide", "21:9", 4},
    {"cinemascope", "21:9", 4},
    {"anamorphic", "21:9", 3},
    {"widescreen", "16:9", 3},
    {"landscape", "16:9", 1},
    {"landscape format", "16:9", 3},
    {"horizontal", "16:9", 3},
    {"youtube", "16:9", 2},
    {"for tv", "16:9", 3},
    {"television", "16:9", 1},
};

// The value is whole seconds.
constexpr Row kLoose[] = {
    {"short clip", "15"}, {"short video", "15"}, {"short film", "15"}, {"short ad", "15"},
    {"quick clip", "10"}, {"quick video", "10"}, {"quick ad", "10"},   {"quick spot", "10"},
    {"short spot", "15"}, {"very short", "10"},  {"bumper ad", "6"},   {"bumper", "6"},
};

}  // namespace

std::span<const Row> aspect_rows() {
  return kAspects;
}
std::span<const Row> loose_length_rows() {
  return kLoose;
}

}  // namespace vidgen::spec
