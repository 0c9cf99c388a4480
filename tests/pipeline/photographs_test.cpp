// SPDX-License-Identifier: Apache-2.0
// The user's photographs on their way into a film: what cannot be used is refused before a job is there, by its name;
// what is unusual is kept as a file that everybody can read.
#include <gtest/gtest.h>

#include "av/photograph.hpp"
#include "base/digest.hpp"
#include "base/files.hpp"
#include "inputs.hpp"
#include "stills.hpp"
#include "workspace.hpp"

namespace vidgen {
namespace {

std::string some_jpeg(int width, int height) {
  return test::make_jpeg(width, height, [](int x, int y) { return (x + y) % 256; });
}

class Photographs : public testing::Test {
 protected:
  std::string file(const std::string& name, const std::string& bytes) const {
    const std::string path = workspace_.path() + "/" + name;
    EXPECT_TRUE(base::write_file(path, bytes));
    return path;
  }
  // Neither planned nor submitted, and no job is left behind.
  void expect_refused(const std::string& path, Errc code) {
    SCOPED_TRACE(path);
    Pipeline pipeline(workspace_.config());
    Request request = test::small_film();
    request.images = {path};
    const auto plan = pipeline.plan(request);
    ASSERT_FALSE(plan);
    EXPECT_EQ(plan.error().code(), code) << plan.error().describe();
    EXPECT_NE(plan.error().message().find(path), std::string::npos) << plan.error().message();
    EXPECT_NE(plan.error().message().find(": "), std::string::npos) << plan.error().message();
    const auto job = pipeline.submit(request);
    ASSERT_FALSE(job);
    EXPECT_EQ(job.error().code(), code);
    EXPECT_TRUE(pipeline.jobs()->empty());
    EXPECT_TRUE((*pipeline.store())->list()->empty());
  }
  test::Workspace workspace_;
};

TEST_F(Photographs, WhatCannotBeUsedIsRefusedBeforeAJobIsThere) {
  expect_refused(workspace_.path() + "/nowhere.jpg", Errc::file_missing);
  expect_refused(workspace_.path(), Errc::media_unsupported);
  expect_refused(file("empty.jpg", ""), Errc::media_invalid);
  expect_refused(file("text.png", "this is no picture"), Errc::media_unsupported);
  expect_refused(file("moving.gif", test::tiny_gif()), Errc::media_unsupported);
  expect_refused(file("tiny.jpg", some_jpeg(8, 8)), Errc::input_refused);
  const std::string whole = some_jpeg(640, 480);
  expect_refused(file("half.jpg", whole.substr(0, whole.size() / 2)), Errc::media_invalid);
}

TEST_F(Photographs, MoreThanEightAreRefused) {
  Pipeline pipeline(workspace_.config());
  Request request = test::small_film();
  request.images.assign(9, file("a.jpg", some_jpeg(100, 80)));
  for (const Status& refused : {Status(pipeline.plan(request).error()), Status(pipeline.submit(request).error())}) {
    EXPECT_EQ(refused.error().code(), Errc::invalid_argument);
    EXPECT_NE(refused.error().message().find("leave 1 of them out"), std::string::npos) << refused.error().message();
  }
}

// A plan without a store names the same file that a job then keeps.
TEST_F(Photographs, UnusualOnesAreKeptUprightAndOrdinary) {
  const std::string held = test::with_orientation(some_jpeg(640, 480), 6, true);
  const auto rgb = [](int x, int) { return x < 100 ? test::Rgba{200, 40, 30, 255} : test::Rgba{30, 60, 210, 255}; };
  const std::string sixteen = test::make_png(test::PngKind::rgb16, 200, 150, rgb);
  const auto red = [](int, int) { return test::Rgba{200, 40, 30, 255}; };
  const std::string inks = test::make_cmyk_jpeg(20, 16, test::Inks::adobe, red);
  const std::string plain = some_jpeg(640, 480);
  Pipeline pipeline(workspace_.config());
  for (const std::string& bytes : {held, sixteen, inks, plain}) {
    Request request = test::small_film();
    request.images = {file("mine.jpg", bytes)};
    const auto spec = pipeline.spec(request);
    ASSERT_TRUE(spec) << spec.error().describe();
    auto job = pipeline.submit(request);
    ASSERT_TRUE(job) << job.error().describe();
    job->interrupt();
    const std::string sha = spec->images.at(0).substr(7);
    ASSERT_TRUE((*pipeline.store())->contains(sha));
    EXPECT_EQ(sha == base::sha256_hex(bytes), bytes == plain) << "an ordinary one is kept as it is, and no other";
    const auto kept = av::read_photograph(*(*pipeline.store())->path(sha), 4096);
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->size, spec->photographs.at(0).size);
    EXPECT_EQ(kept->header.orientation, 1);
    EXPECT_FALSE(kept->header.unusual());
  }
}

// The job reads them again from what it kept, and comes to the same spec.
TEST_F(Photographs, TheJobKnowsWhatThePlanKnew) {
  const auto cutout = [](int x, int y) { return test::Rgba{200, 40, 30, x > 60 && x < 140 && y > 20 ? 255 : 0}; };
  Pipeline pipeline(workspace_.config());
  Request request = test::small_film(8);
  request.images = {file("a.jpg", some_jpeg(640, 480)),
                    file("b.png", test::make_png(test::PngKind::rgba, 200, 150, cutout))};
  const auto spec = pipeline.spec(request);
  ASSERT_TRUE(spec);
  EXPECT_FALSE(spec->photographs.at(0).cutout);
  EXPECT_TRUE(spec->photographs.at(1).cutout);
  const auto film = pipeline.render(request);
  ASSERT_TRUE(film) << film.error().describe();
  const auto made = spec_from_json(pipeline.jobs()->front().spec);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->photographs, spec->photographs);
  EXPECT_EQ(made->beats, spec->beats);
}

}  // namespace
}  // namespace vidgen
