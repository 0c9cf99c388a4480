// SPDX-License-Identifier: Apache-2.0
// Clips for tests. Every picture carries its number in sixteen squares, so that a test can tell which one it sees after
// any scaling and encoding. Nothing binary is kept in the repository.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "av/clip_writer.hpp"
#include "av/frame.hpp"

namespace vidgen::test {

// A folder that goes away with the test.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "vidgen_test_XXXXXX").string();
    if (::mkdtemp(name.data())) path_ = name;
  }
  ~Folder() {
    std::error_code ec;
    std::filesystem::remove_all(path_, ec);
  }
  Folder(const Folder&) = delete;
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }
  std::vector<std::string> names() const {
    std::vector<std::string> out;
    for (const auto& entry : std::filesystem::directory_iterator(path_))
      out.push_back(entry.path().filename().string());
    return out;
  }

 private:
  std::string path_;
};

struct ClipSpec {
  ClipSpec() = default;
  Size size{320, 180};
  Rational fps = 24;
  Frames frames = 24;
  int base = 0;        // the number of the first picture
  int luma = 90;       // of the ground
  Samples sound = 0;   // a 440 Hz tone of that many samples
  std::string preset;  // empty: ClipWriter's own
  int chroma_u = 128, chroma_v = 128;
};

// Writes a clip; the test fails when that fails.
void make_clip(const std::string& path, const ClipSpec& spec);
// Draws the number of a picture.
void draw_number(const av::YuvPlanes& planes, int number, int luma);
// Reads it; -1 when there is none.
int read_number(const av::YuvPlanes& planes);
// The numbers of all pictures of a file, in order.
std::vector<int> numbers_of(const std::string& path);
// The same packets in another container ("matroska", "mov"); `times`: new times of the pictures in milliseconds.
void remux(const std::string& from, const std::string& to, const char* format, const std::vector<int>& times = {});
// The same packets of all streams, `milliseconds` later on the file's clock.
void shift_clip(const std::string& from, const std::string& to, const char* format, int milliseconds);
// A 16-bit WAV file: `value(i)` for sample i of both channels.
void make_wav(const std::string& path, int rate, std::int64_t samples,
              const std::function<double(std::int64_t)>& value);
// Sets a clip's display matrix to a quarter turn clockwise, in the file's bytes.
void turn_clip(const std::string& path);
// Identity, or a film look, as the text of a .cube file.
std::string cube_text(int size, bool look);

}  // namespace vidgen::test
