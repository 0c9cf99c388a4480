// SPDX-License-Identifier: Apache-2.0
// A prompt becomes a film, with everything that belongs to it, and is not made twice.
#include <fstream>
#include <iterator>

#include "base/digest.hpp"
#include "base/json.hpp"
#include "workspace.hpp"

namespace vidgen {
namespace {

std::string text_of(const std::string& path) {
  std::ifstream in(path);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

TEST(Film, HasTheLengthThatWasAsked) {
  test::Workspace workspace;
  Pipeline pipeline(workspace.config());
  Request request = test::small_film();
  request.out = workspace.path() + "/mug.mp4";
  auto film = pipeline.render(request);
  ASSERT_TRUE(film) << film.error().describe();
  EXPECT_EQ(film->frames, 90);
  EXPECT_EQ(film->path, request.out);
  auto info = probe(film->path);
  ASSERT_TRUE(info) << info.error().describe();
  EXPECT_EQ(info->frames, 90);
  EXPECT_EQ(info->size, Size(640, 360));
  EXPECT_EQ(info->samples, 3 * kSampleRate);
  EXPECT_EQ(*base::sha256_file(film->path), film->sha256);
}

TEST(Film, LeavesTheLayoutAndAReport) {
  test::Workspace workspace;
  Pipeline pipeline(workspace.config());
  auto film = pipeline.render(test::small_film());
  ASSERT_TRUE(film) << film.error().describe();
  for (const char* file : {"final.mp4", "report.json", "timeline.json", "spec.json", "poster.png", "thumbnail.png",
                           "music.wav", "chunks/chunk_00.mp4", "animatic/frame_00.png"})
    EXPECT_TRUE(std::filesystem::exists(film->folder + "/" + file)) << file;
  auto report = base::Json::parse(text_of(film->report));
  ASSERT_TRUE(report);
  EXPECT_EQ((*report)["sha256"].as_string(), film->sha256);
  EXPECT_EQ((*report)["cost_micros"].as_int(-1), 0);
  EXPECT_FALSE((*report)["reasons"].items().empty());
}

// The folder's timeline renders the same film again, by the media engine alone.
TEST(Film, ItsTimelineRendersAgain) {
  test::Workspace workspace;
  Pipeline pipeline(workspace.config());
  auto film = pipeline.render(test::small_film());
  ASSERT_TRUE(film);
  auto timeline = timeline_from_json(text_of(film->folder + "/timeline.json"));
  ASSERT_TRUE(timeline) << timeline.error().describe();
  for (auto& source : timeline->sources) source.path = film->folder + "/" + source.path;
  AssembleOptions options;
  options.titles = local_titles();
  auto templates = TemplateSet::load();
  ASSERT_TRUE(templates);
  options.find_grade = [&](const std::string& name) -> Result<std::string> { return *templates->find_lut(name); };
  auto again = assemble(*timeline, workspace.path() + "/again.mp4", options);
  ASSERT_TRUE(again) << again.error().describe();
  EXPECT_EQ(again->frames, film->frames);
}

TEST(Film, ASecondRunDoesNoWork) {
  test::Workspace workspace;
  Pipeline pipeline(workspace.config());
  auto first = pipeline.render(test::small_film());
  ASSERT_TRUE(first);
  EXPECT_FALSE(first->reused);
  auto second = pipeline.render(test::small_film());
  ASSERT_TRUE(second);
  EXPECT_TRUE(second->reused);
  EXPECT_NE(second->job, first->job);
  EXPECT_EQ(second->sha256, first->sha256);
  // Not one attempt was made at anything.
  auto attempts = pipeline.attempts(second->job);
  ASSERT_TRUE(attempts);
  EXPECT_TRUE(attempts->empty());
}

TEST(Film, AnotherWorkspaceMakesTheSameBytes) {
  test::Workspace a, b;
  auto first = Pipeline(a.config()).render(test::small_film());
  auto second = Pipeline(b.config()).render(test::small_film());
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->sha256, second->sha256);
}

// A changed music style redoes the sound and the master, not one clip.
TEST(Film, AChangeRedoesOnlyWhatItTouches) {
  test::Workspace workspace;
  Pipeline pipeline(workspace.config());
  Request request = test::small_film();
  auto first = pipeline.render(request);
  ASSERT_TRUE(first);
  request.captions = true;
  request.crf = 30;  // the encoder's quality: segments and master
  auto second = pipeline.render(request);
  ASSERT_TRUE(second);
  EXPECT_NE(second->sha256, first->sha256);
  auto attempts = pipeline.attempts(second->job);
  ASSERT_TRUE(attempts);
  EXPECT_TRUE(attempts->empty()) << "pictures, clips and music were bought again";
}

TEST(Film, EventsCountUpAndProgressNeverFalls) {
  test::Workspace workspace;
  Pipeline pipeline(workspace.config());
  std::vector<Event> heard;
  auto film = pipeline.render(test::small_film(), [&](const Event& e) { heard.push_back(e); });
  ASSERT_TRUE(film);
  ASSERT_GT(heard.size(), 5u);
  for (std::size_t i = 0; i < heard.size(); ++i) {
    EXPECT_EQ(heard[i].seq, static_cast<std::int64_t>(i) + 1);
    if (i > 0) {
      EXPECT_GE(heard[i].fraction, heard[i - 1].fraction);
    }
  }
  EXPECT_EQ(heard.back().kind, "film");
  EXPECT_EQ(heard.back().status, JobStatus::complete);
  EXPECT_DOUBLE_EQ(heard.back().fraction, 1.0);
  // The journal tells the same story.
  auto job = pipeline.attach(film->job);
  ASSERT_TRUE(job);
  auto kept = job->events();
  ASSERT_TRUE(kept);
  EXPECT_EQ(*kept, heard);
  auto later = job->events(heard.size() - 1);
  ASSERT_TRUE(later);
  EXPECT_EQ(later->size(), 1u);
}

TEST(Film, CleaningKeepsTheFilm) {
  test::Workspace workspace;
  Pipeline pipeline(workspace.config());
  auto film = pipeline.render(test::small_film());
  ASSERT_TRUE(film);
  auto dry = pipeline.clean(Keep::final_, true);
  ASSERT_TRUE(dry);
  EXPECT_GT(dry->blobs, 0);
  auto done = pipeline.clean(Keep::final_, false);
  ASSERT_TRUE(done);
  EXPECT_EQ(done->blobs, dry->blobs);
  EXPECT_TRUE((*pipeline.store())->contains(film->sha256));
  EXPECT_TRUE(std::filesystem::exists(film->path));
  // Nothing is left to remove, and the film is still made in no time: its master is there.
  EXPECT_EQ(pipeline.clean(Keep::final_, true)->blobs, 0);
}

}  // namespace
}  // namespace vidgen
