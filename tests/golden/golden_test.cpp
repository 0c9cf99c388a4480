// SPDX-License-Identifier: Apache-2.0
// One film of each template is the same film everywhere: the same bytes twice on one machine, and within narrow bounds
// the picture and sound of golden.json on any. `golden_tests --write [FILE]` makes golden.json anew.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <iostream>

#include "../pipeline/workspace.hpp"
#include "base/files.hpp"
#include "base/try.hpp"
#include "signature.hpp"

namespace vidgen {
namespace {

constexpr double kPictureFloor = 32;  // decibels: what a glance would not tell apart at this size
constexpr int kSoundBound = 20;       // tenths of a decibel
constexpr int kQuiet = -500;          // below this, level says nothing about the music

struct Row {
  const char* name;
  const char* prompt;
};
constexpr Row kFilms[] = {
    {"product_showcase", "a steel water bottle on a mountain trail at sunrise"},
    {"lifestyle_ad", "a ceramic mug in a quiet cafe, morning light"},
    {"announcement", "announce the app \"Lumen\", minimal"},
};

std::string golden_path() {
  return VIDGEN_SOURCE_DIR "/tests/golden/golden.json";
}

Result<Film> make(const test::Workspace& workspace, const Row& row) {
  Request request;
  request.prompt = row.prompt;
  request.template_name = row.name;
  request.duration = std::chrono::seconds(8);
  request.quality = Quality::draft;
  request.backend = "local";
  request.seed = 1;
  return Pipeline(workspace.config()).render(request);
}

Result<test::Signature> golden(const Row& row) {
  VIDGEN_TRY(text, base::read_file(golden_path()));
  VIDGEN_TRY(json, base::Json::parse(text));
  return test::signature_from_json(json[row.name]);
}

void expect_same_picture(const test::Signature& film, const test::Signature& wanted) {
  ASSERT_EQ(film.pictures.size(), wanted.pictures.size());
  for (std::size_t i = 0; i < wanted.pictures.size(); ++i) {
    EXPECT_EQ(film.pictures[i].at, wanted.pictures[i].at);
    EXPECT_GE(test::psnr(film.pictures[i], wanted.pictures[i]), kPictureFloor) << "frame " << wanted.pictures[i].at;
  }
}

// The largest difference of two levels, in tenths of a decibel; what is quiet in both does not count.
int off(const test::Signature& film, const test::Signature& wanted) {
  int worst = 0;
  for (std::size_t i = 0; i < std::min(film.levels.size(), wanted.levels.size()); ++i)
    worst = std::max(worst, std::abs(std::max(film.levels[i], kQuiet) - std::max(wanted.levels[i], kQuiet)));
  return worst;
}

void expect_same_sound(const test::Signature& film, const test::Signature& wanted) {
  EXPECT_EQ(film.levels.size(), wanted.levels.size());
  EXPECT_LE(off(film, wanted), kSoundBound) << "levels are " << ::testing::PrintToString(film.levels) << " instead of "
                                            << ::testing::PrintToString(wanted.levels);
}

class Golden : public ::testing::TestWithParam<Row> {};

TEST_P(Golden, FilmIsTheSameTwiceAndEverywhere) {
  const test::Workspace a, b;
  auto first = make(a, GetParam()), second = make(b, GetParam());
  ASSERT_TRUE(first) << first.error().describe();
  ASSERT_TRUE(second) << second.error().describe();
  EXPECT_EQ(first->frames, 240);
  EXPECT_EQ(first->sha256, second->sha256);
  EXPECT_FALSE(second->reused);
  auto film = test::signature_of(first->path, first->frames);
  auto wanted = golden(GetParam());
  ASSERT_TRUE(film) << film.error().describe();
  ASSERT_TRUE(wanted) << wanted.error().describe();
  EXPECT_EQ(film->pictures.size(), static_cast<std::size_t>(test::kGridFrames));
  EXPECT_EQ(film->levels.size(), 16u);
  expect_same_picture(*film, *wanted);
  expect_same_sound(*film, *wanted);
}

INSTANTIATE_TEST_SUITE_P(Templates, Golden, ::testing::ValuesIn(kFilms),
                         [](const auto& row) { return std::string(row.param.name); });

// The bounds notice what they are there for: another picture of the same film, and sound that is 3 dB off.
TEST(GoldenBounds, NoticeAnotherPictureAndAnotherLevel) {
  auto wanted = golden(kFilms[0]);
  ASSERT_TRUE(wanted) << wanted.error().describe();
  for (std::size_t i = 1; i < wanted->pictures.size(); ++i)
    EXPECT_LT(test::psnr(wanted->pictures[0], wanted->pictures[i]), kPictureFloor);
  test::Signature louder = *wanted;
  for (int& level : louder.levels) level += 30;
  EXPECT_GT(off(louder, *wanted), kSoundBound);
}

Status write(const std::string& path) {
  std::string text = "{";
  for (const Row& row : kFilms) {
    const test::Workspace workspace;
    VIDGEN_TRY(film, make(workspace, row));
    VIDGEN_TRY(signature, test::signature_of(film.path, film.frames));
    text += std::string(text.size() > 1 ? "," : "") + "\n\"" + row.name + "\":" + to_json(signature).dump();
  }
  // A line for each picture, so that a change of one shows as one.
  for (std::size_t at = 0; (at = text.find("{\"at\"", at)) != std::string::npos; at += 2) text.insert(at, "\n");
  std::ofstream(path) << text << "\n}\n";
  return {};
}

}  // namespace
}  // namespace vidgen

int main(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  if (argc < 2 || std::strcmp(argv[1], "--write") != 0) return RUN_ALL_TESTS();
  const std::string path = argc > 2 ? argv[2] : vidgen::golden_path();
  vidgen::Status status = vidgen::write(path);
  if (!status) std::cerr << status.error().describe() << '\n';
  return status ? 0 : 1;
}
