// SPDX-License-Identifier: Apache-2.0
// Real predictions of Replicate, as it shows them for its public models. VIDGEN_CORPUS names a file with one line of
// JSON each: {"prediction": ..., "urls": [those of its output]} (tests/emulator/witness makes it); without it nothing
// is read.
#include <cstdlib>
#include <fstream>

#include "support.hpp"

namespace vidgen::backends {
namespace {

std::vector<std::string> urls_of(const RemoteAnswer& answer) {
  std::vector<std::string> out;
  for (const Output& one : answer.outputs) out.push_back(one.url);
  return out;
}

TEST(Corpus, EveryRealPredictionIsRead) {
  const char* file = std::getenv("VIDGEN_CORPUS");
  if (file == nullptr) GTEST_SKIP() << "VIDGEN_CORPUS is not set";
  std::ifstream lines(file);
  int read = 0;
  for (std::string line; std::getline(lines, line); ++read) {
    auto both = base::Json::parse(line);
    ASSERT_TRUE(both) << "line " << read;
    const base::Json& prediction = (*both)["prediction"];
    const std::string id = prediction["id"].as_string();
    auto answer = replicate().read_get(test::access(), id, test::answer(200, prediction.dump()));
    ASSERT_TRUE(answer) << id << ": " << answer.error().describe();
    EXPECT_EQ(answer->job.id, id);
    EXPECT_EQ(answer->job.state == RemoteState::succeeded, prediction["status"].as_string() == "succeeded") << id;
    EXPECT_NE(answer->job.state, RemoteState::unknown) << id;
    EXPECT_GT(answer->created_ms, 1'500'000'000'000) << id;
    EXPECT_EQ(answer->model, prediction["model"].as_string()) << id;
    EXPECT_TRUE(answer->gpu_seconds || !prediction["metrics"]["predict_time"].is_number()) << id;
    std::vector<std::string> expected;
    for (const base::Json& url : (*both)["urls"].items()) expected.push_back(url.as_string());
    EXPECT_EQ(urls_of(*answer), expected) << id;
  }
  EXPECT_GT(read, 3000);
}

}  // namespace
}  // namespace vidgen::backends
