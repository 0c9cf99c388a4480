// SPDX-License-Identifier: Apache-2.0
#include "local/titles/look.hpp"

namespace vidgen::local::titles {
namespace {

// Every list ends in families that Debian installs with almost anything, so that a sparse machine still has words.
constexpr const char* kSerif = "EB Garamond 12,EB Garamond,Vollkorn,Noto Serif,Noto Serif CJK JP,DejaVu Serif";
constexpr const char* kDidot = "GFS Didot,EB Garamond 12,EB Garamond,Noto Serif,Noto Serif CJK JP,DejaVu Serif";
constexpr const char* kSans = "Inter,Noto Sans,Lato,Noto Sans CJK JP,DejaVu Sans";
constexpr const char* kDisplay = "Inter Display,Inter,Noto Sans,Lato,Noto Sans CJK JP,DejaVu Sans";
constexpr const char* kLight = "Lato,Inter,Noto Sans,Noto Sans CJK JP,DejaVu Sans";
constexpr const char* kPoster = "Bebas Neue,League Spartan,Inter Display,Inter,Noto Sans,Noto Sans CJK JP,DejaVu Sans";

constexpr Face kSerifRoman{kSerif, 400, false}, kSerifItalic{kSerif, 400, true};
constexpr Type kSmallCaps{{kSans, 600, false}, 0.026, 0.20, 1.5, true};
constexpr Type kAction{{kSans, 600, false}, 0.028, 0.01, 1.3, false};

constexpr Look kLooks[] = {
    {"cinematic",
     Entry::fade,
     {kSerifRoman, 0.115, -0.005, 1.02, false},
     {kSerifRoman, 0.094, -0.005, 1.02, false},
     kSmallCaps,
     kSmallCaps,
     {{kSans, 600, false}, 0.088, 0.34, 1.1, true},
     {kSerifItalic, 0.052, 0, 1.15, false},
     kAction,
     false,
     false,
     "#ffffff",
     "#ffc27e",
     "#10121f",
     "top"},
    {"lifestyle",
     Entry::rise,
     {kSerifItalic, 0.112, -0.005, 1.04, false},
     {kSerifItalic, 0.092, -0.005, 1.06, false},
     kSmallCaps,
     kSmallCaps,
     {kSerifRoman, 0.130, -0.01, 1.0, false},
     {kSerifItalic, 0.052, 0, 1.15, false},
     kAction,
     false,
     false,
     "#ffffff",
     "#ffd79a",
     "#1c110a",
     "left"},
    {"minimal",
     Entry::rise,
     {{kDisplay, 700, false}, 0.150, -0.035, 1.0, false},
     {{kDisplay, 500, false}, 0.048, -0.01, 1.22, false},
     {{kDisplay, 600, false}, 0.029, 0, 1.3, false},
     {{kDisplay, 400, false}, 0.050, -0.012, 1.2, false},
     {{kDisplay, 700, false}, 0.135, -0.04, 1.0, false},
     {{kDisplay, 500, false}, 0.046, -0.008, 1.25, false},
     {{kDisplay, 600, false}, 0.031, 0, 1.3, false},
     true,
     false,
     "#ffffff",
     "#c9c2ff",
     "#0b0d22",
     "left"},
    {"luxury",
     Entry::fade,
     {{kDidot, 400, false}, 0.104, 0.02, 1.14, false},
     {{kLight, 300, false}, 0.042, 0.02, 1.36, false},
     {{kLight, 600, false}, 0.023, 0.30, 1.5, true},
     {{kLight, 600, false}, 0.023, 0.30, 1.5, true},
     {{kDidot, 400, false}, 0.098, 0.16, 1.1, true},
     {{kLight, 300, false}, 0.042, 0.02, 1.36, false},
     {{kLight, 600, false}, 0.023, 0.12, 1.3, false},
     false,
     true,
     "#ffffff",
     "#e3bf83",
     "#15151a",
     "centre"},
    {"pop",
     Entry::rise,
     {{kPoster, 700, false}, 0.190, 0, 0.90, true},
     {{kSans, 600, false}, 0.042, -0.012, 1.24, false},
     {{kSans, 700, false}, 0.026, 0.10, 1.4, true},
     {{kSans, 700, false}, 0.030, 0.10, 1.4, true},
     {{kPoster, 700, false}, 0.185, 0, 0.9, true},
     {{kSans, 600, false}, 0.043, -0.012, 1.24, false},
     {{kSans, 700, false}, 0.030, 0, 1.3, false},
     false,
     false,
     "#ffffff",
     "#ffd447",
     "#2b2350",
     "left"},
};

}  // namespace

const Look& find_look(std::string_view name) {
  for (const Look& look : kLooks)
    if (look.name == name) return look;
  return kLooks[0];
}

const Look* look_rows(int& count) {
  count = static_cast<int>(sizeof(kLooks) / sizeof(kLooks[0]));
  return kLooks;
}

}  // namespace vidgen::local::titles
