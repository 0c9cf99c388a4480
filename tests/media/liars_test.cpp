// SPDX-License-Identifier: Apache-2.0
// Files that say of themselves what is not so: sizes that nothing holds, lengths without end, playlists that call
// themselves films. Each is a typed error, or the truth, in bounded time and memory, and opens nothing else.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/inotify.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

#include "av/image.hpp"
#include "base/files.hpp"
#include "clips.hpp"
#include "inputs.hpp"
#include "vidgen/media.hpp"

namespace vidgen {
namespace {

using test::big32;
using test::Folder;

std::uint32_t crc_of(const std::string& bytes) {
  std::uint32_t crc = 0xFFFFFFFFu;
  for (const char c : bytes) {
    crc ^= static_cast<std::uint8_t>(c);
    for (int i = 0; i < 8; ++i) crc = crc >> 1 ^ ((crc & 1) != 0 ? 0xEDB88320u : 0);
  }
  return ~crc;
}

std::string small_png() {
  Bitmap b;
  b.width = b.height = 16;
  b.stride = 64;
  b.pixels.assign(64 * 16, 200);
  return *av::encode_png(b);
}

// A PNG whose header, checksum and all, claims another size.
std::string png_claiming(std::uint32_t width, std::uint32_t height) {
  std::string png = small_png();
  png.replace(16, 8, big32(width) + big32(height));
  png.replace(29, 4, big32(crc_of(png.substr(12, 17))));
  return png;
}

std::string jpeg_claiming(std::uint32_t width, std::uint32_t height) {
  std::string jpeg = test::make_jpeg(16, 16, [](int, int) { return 100; });
  const auto at = jpeg.find("\xFF\xC0");
  if (at != jpeg.npos) jpeg.replace(at + 5, 4, big32(height << 16 | width));
  return jpeg;
}

std::string clip_bytes(Folder& folder) {
  test::ClipSpec spec;
  spec.size = Size(64, 48);
  spec.frames = 6;
  test::make_clip(folder / "source.mp4", spec);
  return *base::read_file(folder / "source.mp4");
}

// A number within the box of that name, `offset` bytes after the name.
void lie(std::string& bytes, const std::string& box, std::size_t offset, std::uint32_t value) {
  const auto at = bytes.find(box);
  ASSERT_NE(at, bytes.npos) << box;
  bytes.replace(at + 4 + offset, 4, big32(value));
}

// The only track as many times as `count`.
std::string with_tracks(const std::string& clip, int count) {
  const auto trak = clip.find("trak") - 4, moov = clip.find("moov") - 4;
  const auto word = [&](std::size_t at) {
    std::uint32_t v = 0;
    for (std::size_t i = 0; i < 4; ++i) v = v << 8 | static_cast<std::uint8_t>(clip[at + i]);
    return v;
  };
  const std::string track = clip.substr(trak, word(trak));
  std::string out = clip.substr(0, trak);
  for (int i = 0; i < count; ++i) out += track;
  out += clip.substr(trak + track.size());
  const auto more = static_cast<std::uint32_t>(track.size()) * static_cast<std::uint32_t>(count - 1);
  return out.replace(moov, 4, big32(word(moov) + more));
}

constexpr int kAnswered = 0;

// What probe, check and read_image say, in a child that may use a second of processor time and 1 GB: the code of the
// first error, kAnswered, or -1 when the child died.
int said_of(const std::string& path) {
  const pid_t child = ::fork();
  if (child == 0) {
    std::fclose(stderr);
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)  // their shadow is larger than any limit
    rlimit time{20, 21};
#else
    rlimit memory{std::uint64_t{1} << 30, std::uint64_t{1} << 30}, time{2, 3};
    ::setrlimit(RLIMIT_AS, &memory);
#endif
    ::setrlimit(RLIMIT_CPU, &time);
    const auto info = probe(path);
    if (!info) ::_exit(static_cast<int>(info.error().code()));
    const auto report = check(path);
    if (!report) ::_exit(static_cast<int>(report.error().code()));
    if (info->has_video && !av::read_image(path, MediaLimits())) ::_exit(static_cast<int>(Errc::media_invalid));
    ::_exit(kAnswered);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int said_of_bytes(Folder& folder, const char* name, const std::string& bytes) {
  EXPECT_TRUE(base::write_file(folder / name, bytes));
  return said_of(folder / name);
}

constexpr int kLimit = static_cast<int>(Errc::media_limit), kInvalid = static_cast<int>(Errc::media_invalid),
              kUnsupported = static_cast<int>(Errc::media_unsupported);

TEST(Liars, HonestFilesAreAnswered) {
  Folder folder;
  EXPECT_EQ(said_of_bytes(folder, "a.png", png_claiming(16, 16)), kAnswered);
  EXPECT_EQ(said_of_bytes(folder, "a.jpg", jpeg_claiming(16, 16)), kAnswered);
  EXPECT_EQ(said_of_bytes(folder, "a.mp4", with_tracks(clip_bytes(folder), 1)), kAnswered);
}

TEST(Liars, PicturesThatClaimAHugeSizeAreOverTheLimit) {
  Folder folder;
  EXPECT_EQ(said_of_bytes(folder, "a.png", png_claiming(10000, 10000)), kLimit);
  const std::string wide = test::make_jpeg(8192, 4096, [](int, int) { return 100; });
  EXPECT_EQ(said_of_bytes(folder, "a.jpg", wide), kLimit);
  // More than can be addressed is not even read as a size.
  EXPECT_EQ(said_of_bytes(folder, "b.png", png_claiming(60000, 60000)), kInvalid);
  EXPECT_EQ(said_of_bytes(folder, "b.jpg", jpeg_claiming(60000, 60000)), kInvalid);
  // So many pixels do not fit so few bytes.
  EXPECT_EQ(said_of_bytes(folder, "c.jpg", jpeg_claiming(10000, 10000)), kInvalid);
  EXPECT_EQ(said_of_bytes(folder, "c.png", png_claiming(0x7FFFFFFF, 0x7FFFFFFF)), kInvalid);
}

TEST(Liars, PicturesOfNoSizeAreInvalid) {
  Folder folder;
  EXPECT_EQ(said_of_bytes(folder, "a.png", png_claiming(0, 0)), kInvalid);
  EXPECT_EQ(said_of_bytes(folder, "a.jpg", jpeg_claiming(0, 0)), kInvalid);
  EXPECT_EQ(said_of_bytes(folder, "b.png", png_claiming(16, 0)), kInvalid);
}

// A larger claim than there are pixels, within the limits: what is missing is an error, not grey.
TEST(Liars, APictureThatEndsEarlyIsInvalid) {
  Folder folder;
  EXPECT_EQ(said_of_bytes(folder, "a.png", png_claiming(2000, 2000)), kInvalid);
}

// Recorders that stream write a length without end: the sound is as long as the file.
TEST(Liars, AWavWithoutEndIsAsLongAsItsFile) {
  Folder folder;
  test::make_wav(folder / "a.wav", 48000, 4800, [](std::int64_t) { return 0.25; });
  std::string wav = *base::read_file(folder / "a.wav");
  wav.replace(40, 4, "\xFF\xFF\xFF\xFF");
  wav.replace(4, 4, "\xFF\xFF\xFF\xFF");
  ASSERT_TRUE(base::write_file(folder / "a.wav", wav));
  const auto info = probe(folder / "a.wav");
  ASSERT_TRUE(info) << info.error().describe();
  EXPECT_EQ(info->samples, 4800);
  EXPECT_EQ(said_of(folder / "a.wav"), kAnswered);
}

TEST(Liars, AFilmOfAYearIsOverTheLimit) {
  Folder folder;
  std::string clip = clip_bytes(folder);
  lie(clip, "mvhd", 16, 0x7FFFFFFF);
  lie(clip, "mdhd", 16, 0x7FFFFFFF);
  lie(clip, "mdhd", 12, 1);  // in seconds
  EXPECT_EQ(said_of_bytes(folder, "a.mp4", clip), kLimit);
}

TEST(Liars, AFilmOfAHundredTracksIsOverTheLimit) {
  Folder folder;
  const std::string clip = clip_bytes(folder);
  EXPECT_EQ(said_of_bytes(folder, "a.mp4", with_tracks(clip, 100)), kLimit);
  EXPECT_EQ(said_of_bytes(folder, "b.mp4", with_tracks(clip, 2000)), kLimit);
  EXPECT_EQ(said_of_bytes(folder, "c.mp4", with_tracks(clip, 9)), kLimit);
  EXPECT_EQ(said_of_bytes(folder, "d.mp4", with_tracks(clip, 8)), kAnswered);
}

TEST(Liars, AnIndexOfAMillionMissingPicturesIsInvalid) {
  Folder folder;
  std::string clip = clip_bytes(folder);
  lie(clip, "stsz", 8, 0x00100000);
  EXPECT_EQ(said_of_bytes(folder, "a.mp4", clip), kInvalid);
  clip = clip_bytes(folder);
  lie(clip, "stts", 8, 0xFFFFFFFFu);  // pictures in the first run
  const int said = said_of_bytes(folder, "b.mp4", clip);
  EXPECT_TRUE(said == kAnswered || said == kInvalid || said == kLimit) << said;
}

TEST(Liars, AGifIsRefusedUnderAnyName) {
  Folder folder;
  for (const char* name : {"a.gif", "a.png", "a.mp4"})
    EXPECT_EQ(said_of_bytes(folder, name, test::tiny_gif()), kUnsupported) << name;
}

// Tells whether anybody opened a file, or knocked at a port.
class Bait {
 public:
  Bait() : watch_(::inotify_init1(IN_NONBLOCK)), socket_(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0)) {
    file_ = folder_ / "bait.mp4";
    (void)base::write_file(file_, "bait");
    ::inotify_add_watch(watch_, file_.c_str(), IN_OPEN | IN_ACCESS);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof at;
    ::bind(socket_, reinterpret_cast<sockaddr*>(&at), size);
    ::listen(socket_, 8);
    ::getsockname(socket_, reinterpret_cast<sockaddr*>(&at), &size);
    url_ = "http://127.0.0.1:" + std::to_string(ntohs(at.sin_port)) + "/bait.mp4";
  }
  ~Bait() {
    ::close(watch_);
    ::close(socket_);
  }
  Bait(const Bait&) = delete;
  const std::string& file() const { return file_; }
  const std::string& url() const { return url_; }
  bool taken() const {
    char event[4096];
    return ::read(watch_, event, sizeof event) > 0 || ::accept(socket_, nullptr, nullptr) >= 0;
  }

 private:
  Folder folder_;
  int watch_, socket_;
  std::string file_, url_;
};

TEST(Liars, TheBaitWorks) {
  Bait bait;
  EXPECT_FALSE(bait.taken());
  (void)base::read_file(bait.file());
  EXPECT_TRUE(bait.taken());
}

// The old attack: a playlist that names other files and hosts, in a file that says it is a film or a picture.
TEST(Liars, PlaylistsOpenNothing) {
  Bait bait;
  Folder folder;
  const std::string file = bait.file(), url = bait.url();
  const std::string playlists[] = {
      "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile://" + file + "\n#EXTINF:1,\n" + url + "\n#EXT-X-ENDLIST\n",
      "ffconcat version 1.0\nfile '" + file + "'\n",
      "concat:" + file + "|" + file,
      "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\"static\"><Period><AdaptationSet>"
      "<Representation id=\"1\" mimeType=\"video/mp4\"><BaseURL>" +
          url +
          "</BaseURL></Representation>"
          "</AdaptationSet></Period></MPD>",
      "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\n",
      "[playlist]\nFile1=" + url + "\nNumberOfEntries=1\n",
      "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"><image xlink:href=\"" +
          url + "\"/></svg>",
  };
  for (const std::string& text : playlists)
    for (const char* name : {"a.mp4", "a.png", "a.m3u8", "a.wav", "a.jpg"}) {
      EXPECT_EQ(said_of_bytes(folder, name, text), kUnsupported) << name << ": " << text.substr(0, 30);
      const auto picture = av::read_image(folder / name, MediaLimits());
      ASSERT_FALSE(picture);
      EXPECT_EQ(picture.error().code(), Errc::media_unsupported);
    }
  // And when a film's first bytes are put before it, it is a damaged film.
  EXPECT_EQ(said_of_bytes(folder, "b.mp4",
                          std::string("\0\0\0\x18"
                                      "ftypisom\0\0\0\0",
                                      16) +
                              playlists[0]),
            kInvalid);
  EXPECT_FALSE(bait.taken());
}

}  // namespace
}  // namespace vidgen
