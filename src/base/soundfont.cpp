// SPDX-License-Identifier: Apache-2.0
// Where the sound font is. The first that is there wins; the best come first.
#include <dlfcn.h>

#include <array>
#include <fstream>

#include "base/soundfont.hpp"

namespace vidgen::base {
namespace {

constexpr const char* kFonts[] = {
    "/usr/share/sounds/sf2/FluidR3_GM.sf2",
    "/usr/share/soundfonts/FluidR3_GM.sf2",
    "/usr/share/sounds/sf2/MuseScore_General_Full.sf2",
    "/usr/share/sounds/sf2/MuseScore_General_Lite.sf2",
    "/usr/share/sounds/sf3/MuseScore_General.sf3",
    "/usr/share/sounds/sf3/MuseScore_General_Lite.sf3",
    "/usr/share/sounds/sf3/FluidR3Mono_GM.sf3",
    "/usr/share/sounds/sf3/default-GM.sf3",
    "/usr/share/sounds/sf2/TimGM6mb.sf2",
    "/usr/share/sounds/sf2/default-GM.sf2",
};

// FluidSynth writes to stderr about files that are none, so they are never given to it.
bool is_soundfont(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::array<char, 12> head{};
  if (!file.read(head.data(), head.size())) return false;
  return std::string_view(head.data(), 4) == "RIFF" && std::string_view(head.data() + 8, 4) == "sfbk";
}

}  // namespace

Result<std::string> find_soundfont(const std::string& wanted) {
  if (!wanted.empty()) {
    if (is_soundfont(wanted)) return wanted;
    return Error(Errc::soundfont_missing, "\"" + wanted + "\" is not a readable sound font: give an .sf2 or .sf3 file");
  }
  for (const char* path : kFonts)
    if (is_soundfont(path)) return std::string(path);
  return Error(Errc::soundfont_missing,
               "no sound font is installed: apt install libfluidsynth3 fluid-soundfont-gm (or name a file: "
               "VIDGEN_SOUNDFONT)");
}

Result<void*> open_fluidsynth() {
  // dlopen counts: the same library gives the same handle.
  if (void* handle = ::dlopen("libfluidsynth.so.3", RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE)) return handle;
  return Error(Errc::soundfont_missing,
               "FluidSynth, which plays the music, is not installed: apt install libfluidsynth3 fluid-soundfont-gm");
}

}  // namespace vidgen::base
