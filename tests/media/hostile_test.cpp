// SPDX-License-Identifier: Apache-2.0
// Hostile media: thousands of damaged files, each of which must be an answer or a typed error, never a crash or a long
// wait. They run in child processes, so that a crash inside a codec names the file that caused it. VIDGEN_HOSTILE=20
// damages twenty times as many.
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "av/image.hpp"
#include "base/files.hpp"
#include "clips.hpp"
#include "inputs.hpp"
#include "vidgen/media.hpp"

namespace vidgen {
namespace {

using test::Folder;

struct Random {
  std::uint64_t state;
  std::uint64_t next() {
    std::uint64_t z = (state += 0x9E3779B97F4A7C15u);
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
  }
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(next() % n); }
};

std::string damaged(std::string bytes, std::uint64_t seed) {
  Random random{seed};
  // Indices are small and lie at either end: damage there says most.
  const auto place = [&] {
    const std::size_t window = std::min<std::size_t>(bytes.size(), 2500);
    switch (random.below(3)) {
      case 0:
        return random.below(window);
      case 1:
        return bytes.size() - 1 - random.below(window);
      default:
        return random.below(bytes.size());
    }
  };
  switch (random.below(5)) {
    case 0:
      bytes.resize(random.below(bytes.size()));
      break;
    case 1:
      for (int i = 0; i < 1 + static_cast<int>(random.below(8)); ++i)
        bytes[place()] ^= static_cast<char>(1 << random.below(8));
      break;
    case 2:
      for (int i = 0; i < 1 + static_cast<int>(random.below(4)); ++i) bytes[place()] = static_cast<char>(random.next());
      break;
    case 3: {  // a 32-bit field becomes huge, zero or negative
      const std::size_t at = std::min(place(), bytes.size() - 4);
      const char* fields[] = {"\xFF\xFF\xFF\xFF", "\x7F\xFF\xFF\xFF", "\x80\x00\x00\x00", "\x00\x00\x00\x01"};
      bytes.replace(at, 4, std::string(fields[random.below(4)], 4));
      break;
    }
    default: {  // a piece is cut out or doubled
      const std::size_t at = place(), n = std::min(bytes.size() - at, 1 + random.below(300));
      if (random.below(2) == 0)
        bytes.erase(at, n);
      else
        bytes.insert(at, bytes.substr(at, n));
    }
  }
  return bytes;
}

// Quicker than base::write_file, which waits for the disk, and than writing over a file, which may do so too.
void put(const std::string& path, const std::string& bytes) {
  ::unlink(path.c_str());
  std::ofstream(path, std::ios::binary) << bytes;
}

// What the product does with a stranger's file.
void swallow(const std::string& path) {
  MediaLimits limits;
  limits.max_pixels = 1 << 22;
  limits.max_seconds = 30;
  if (probe(path, limits)) (void)check(path, limits).has_value();
  (void)av::read_image(path, limits).has_value();
}

int factor() {
  const char* text = std::getenv("VIDGEN_HOSTILE");
  return std::max(1, text ? std::atoi(text) : 1);
}

class Hostile : public testing::Test {
 protected:
  // `count` damaged copies of `original`, fifty to a child, two seconds of processor time each on average at most.
  void storm(const std::string& name, const std::string& original, int count) {
    count *= factor();
    for (int from = 0; from < count; from += 50) {
      const pid_t child = ::fork();
      ASSERT_GE(child, 0);
      if (child == 0) run(name, original, from, std::min(count, from + 50));
      int status = 0;
      ::waitpid(child, &status, 0);
      ASSERT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0)
          << name << " seed " << *seed_ << " ended with " << status;
    }
  }
  [[noreturn]] void run(const std::string& name, const std::string& original, int from, int to) {
    std::fclose(stderr);  // libav speaks of damage
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)  // their shadow is larger than any limit
    rlimit memory{std::uint64_t{1} << 30, std::uint64_t{1} << 30};
    ::setrlimit(RLIMIT_AS, &memory);
#endif
    for (int seed = from; seed < to; ++seed) {
      *seed_ = seed;
      rusage before;
      ::getrusage(RUSAGE_SELF, &before);
      rlimit time{static_cast<rlim_t>(before.ru_utime.tv_sec + before.ru_stime.tv_sec + 3), RLIM_INFINITY};
      ::setrlimit(RLIMIT_CPU, &time);
      const std::string path = folder_ / ("x" + name);
      put(path, damaged(original, static_cast<std::uint64_t>(seed) + 1));
      swallow(path);
    }
    ::_exit(0);
  }
  Folder folder_;
  // Seen from both sides of a fork: which file a child was at when it died.
  int* seed_ =
      static_cast<int*>(::mmap(nullptr, sizeof(int), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
};

std::string small_clip(Folder& folder, const char* container, Samples sound) {
  test::ClipSpec spec;
  spec.size = Size(64, 48);
  spec.frames = 12;
  spec.sound = sound;
  spec.preset = "medium";
  test::make_clip(folder / "small.mp4", spec);
  if (std::string(container) == "mp4") return *base::read_file(folder / "small.mp4");
  test::remux(folder / "small.mp4", folder / "small.x", container);
  return *base::read_file(folder / "small.x");
}

TEST_F(Hostile, Mp4) {
  storm("a.mp4", small_clip(folder_, "mp4", 12000), 900);
}
TEST_F(Hostile, Mov) {
  storm("a.mov", small_clip(folder_, "mov", 0), 400);
}
TEST_F(Hostile, Matroska) {
  storm("a.mkv", small_clip(folder_, "matroska", 0), 600);
}

TEST_F(Hostile, Wav) {
  test::make_wav(folder_ / "s.wav", 8000, 900, [](std::int64_t i) { return static_cast<double>(i % 50) / 100; });
  storm("a.wav", *base::read_file(folder_ / "s.wav"), 300);
}

TEST_F(Hostile, Png) {
  Bitmap b;
  b.width = b.height = 24;
  b.stride = 96;
  for (int i = 0; i < 96 * 24; ++i) b.pixels.push_back(static_cast<std::uint8_t>(i * 7));
  storm("a.png", *av::encode_png(b), 300);
}

int pattern(int x, int y) {
  return (x * 7 + y * 13) % 256;
}

TEST_F(Hostile, Jpeg) {
  const std::string jpeg = test::make_jpeg(48, 32, pattern);
  ASSERT_FALSE(jpeg.empty());
  storm("a.jpg", test::with_orientation(jpeg, 6, true), 300);
}
TEST_F(Hostile, WebP) {
  const std::string webp = test::make_webp(48, 32, pattern);
  if (webp.empty()) GTEST_SKIP() << "this libav writes no WebP";
  storm("a.webp", webp, 200);
}
TEST_F(Hostile, Mp3) {
  const std::string mp3 = test::make_mp3(9000);
  if (mp3.empty()) GTEST_SKIP() << "this libav writes no MP3";
  storm("a.mp3", mp3, 200);
}
TEST_F(Hostile, Flac) {
  const std::string flac = test::make_flac(9000);
  ASSERT_FALSE(flac.empty());
  storm("a.flac", flac, 200);
}

TEST_F(Hostile, CutAtEveryFewBytes) {
  const std::string clip = small_clip(folder_, "mp4", 6000);
  for (std::size_t n = 0; n < clip.size(); n += 97) {
    ASSERT_TRUE(base::write_file(folder_ / "cut.mp4", clip.substr(0, n)));
    const auto info = probe(folder_ / "cut.mp4");
    if (!info) {
      EXPECT_NE(info.error().code(), Errc::unknown);
    }
  }
}

// The old attack: a playlist that names other files, in a file that says it is a film.
TEST_F(Hostile, PlaylistsOpenNothing) {
  const char* texts[] = {
      "#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
      "ffconcat version 1.0\nfile '/etc/passwd'\n",
      "<?xml version=\"1.0\"?><MPD><BaseURL>http://127.0.0.1/</BaseURL></MPD>",
      "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nm=video 5004 RTP/AVP 96\n",
      "RIFF\x24\0\0\0AVI LIST",
      "",
      "x",
  };
  for (const char* text : texts) {
    ASSERT_TRUE(base::write_file(folder_ / "film.mp4", text));
    const auto info = probe(folder_ / "film.mp4");
    ASSERT_FALSE(info) << text;
    EXPECT_EQ(info.error().code(), Errc::media_unsupported) << text;
  }
}

// A QuickTime file whose samples lie in another file: the reference is not followed.
TEST_F(Hostile, ReferencesToOtherFilesAreRefused) {
  std::string clip = small_clip(folder_, "mp4", 0);
  const auto at = clip.find("url ");
  ASSERT_NE(at, std::string::npos);
  clip[at + 7] = 0;  // "not in this file"
  ASSERT_TRUE(base::write_file(folder_ / "ref.mp4", clip));
  const auto report = check(folder_ / "ref.mp4");
  // Decoded from its own bytes, or refused: nothing else was opened.
  if (report) {
    EXPECT_EQ(report->decoded, 12);
  }
}

TEST_F(Hostile, LimitsHold) {
  const std::string clip = small_clip(folder_, "mp4", 0);
  ASSERT_TRUE(base::write_file(folder_ / "a.mp4", clip));
  const auto code = [&](auto change) {
    MediaLimits limits;
    change(limits);
    const auto info = probe(folder_ / "a.mp4", limits);
    return info ? Errc::unknown : info.error().code();
  };
  EXPECT_EQ(code([](MediaLimits&) {}), Errc::unknown);
  EXPECT_EQ(code([](MediaLimits& l) { l.max_pixels = 64 * 47; }), Errc::media_limit);
  EXPECT_EQ(code([](MediaLimits& l) { l.max_bytes = 100; }), Errc::media_limit);
  EXPECT_EQ(code([](MediaLimits& l) { l.max_seconds = Rational(1, 10); }), Errc::media_limit);
  EXPECT_EQ(probe(folder_ / "none.mp4").error().code(), Errc::file_missing);
  EXPECT_EQ(probe(folder_ / "").error().code(), Errc::media_invalid);
}

}  // namespace
}  // namespace vidgen
