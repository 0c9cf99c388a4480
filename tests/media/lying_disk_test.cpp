// SPDX-License-Identifier: Apache-2.0
// A disk that says "written" and keeps something else: no film appears under its name, however it is made.
#include <gtest/gtest.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "base/files.hpp"
#include "clips.hpp"
#include "media/segments.hpp"

namespace {

// What the disk changes: the number that stands `after` bytes behind the first `box` in what it is given.
struct Lie {
  std::string box;
  std::ptrdiff_t after = 0;
  unsigned char number = 0;
};
const Lie* g_lie = nullptr;
int g_told = 0;

std::vector<char> told(const char* from, std::size_t size) {
  std::vector<char> out(from, from + size);
  if (g_lie == nullptr) return out;
  const auto at = std::search(out.begin(), out.end(), g_lie->box.begin(), g_lie->box.end());
  if (out.end() - at < g_lie->after + 4) return out;
  std::fill_n(at + g_lie->after, 3, '\0');
  at[g_lie->after + 3] = static_cast<char>(g_lie->number);
  ++g_told;
  return out;
}

}  // namespace

// In front of libc's: all that the library writes into media files passes here.
extern "C" ssize_t pwrite(int fd, const void* from, std::size_t size, off_t at) {
  const std::vector<char> bytes = told(static_cast<const char*>(from), size);
  return ::syscall(SYS_pwrite64, fd, bytes.data(), size, at);
}
extern "C" ssize_t pwrite64(int fd, const void* from, std::size_t size, off64_t at) {
  return pwrite(fd, from, size, at);
}

namespace vidgen::media {
namespace {

Timeline two_clips(const test::Folder& folder) {
  std::vector<std::string> paths;
  for (const char* name : {"a.mp4", "b.mp4"}) {
    test::ClipSpec spec;
    spec.frames = 24;
    paths.push_back(folder / name);
    test::make_clip(paths.back(), spec);
  }
  auto t = timeline_of_clips(paths, "cut", Size(320, 180), 24, FpsMode::duplicate);
  EXPECT_TRUE(t) << t.error().describe();
  return *t;
}

// In an index: how long a frame is shown, how many frames there are.
const Lie kLies[] = {{"stts", 16, 1}, {"stsz", 12, 5}};

class LyingDisk : public testing::TestWithParam<Lie> {
 protected:
  ~LyingDisk() override { g_lie = nullptr; }
  void lie() { g_lie = &GetParam(), g_told = 0; }
  template <class Outcome>
  void refused(const Outcome& outcome, const std::string& path, Errc code = Errc::verify_failed) {
    g_lie = nullptr;
    ASSERT_GT(g_told, 0) << "nothing was lied about";
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code(), code) << outcome.error().describe();
    EXPECT_FALSE(base::file_exists(path));
  }
};

TEST_P(LyingDisk, IsFoundOutByAssemble) {
  const test::Folder folder;
  const Timeline t = two_clips(folder);
  lie();
  refused(assemble(t, folder / "film.mp4", AssembleOptions()), folder / "film.mp4");
}

TEST_P(LyingDisk, IsFoundOutByASegment) {
  const test::Folder folder;
  const Timeline t = two_clips(folder);
  lie();
  refused(render_segment(t, 0, t.frames, folder / "part.mp4", AssembleOptions()), folder / "part.mp4");
}

TEST_P(LyingDisk, IsFoundOutWhereSegmentsAreJoined) {
  const test::Folder folder;
  const Timeline t = two_clips(folder);
  const auto part = render_segment(t, 0, t.frames, folder / "part.mp4", AssembleOptions());
  ASSERT_TRUE(part) << part.error().describe();
  lie();
  refused(join_segments(t, {*part}, folder / "film.mp4", AssembleOptions()), folder / "film.mp4");
}

TEST_P(LyingDisk, IsFoundOutByACopy) {
  const test::Folder folder;
  const Timeline t = two_clips(folder);
  AssembleOptions options;
  options.copy = true;
  lie();
  // Clips that do not copy well may be encoded anew, which the error says.
  refused(assemble(t, folder / "film.mp4", options), folder / "film.mp4", Errc::unsupported);
}

INSTANTIATE_TEST_SUITE_P(Lies, LyingDisk, testing::ValuesIn(kLies),
                         [](const testing::TestParamInfo<Lie>& row) { return row.param.box; });

}  // namespace
}  // namespace vidgen::media
