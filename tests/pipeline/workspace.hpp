// SPDX-License-Identifier: Apache-2.0
// A workspace of its own for each test, and a small film that is made in a second or two.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <string>

#include "vidgen/local.hpp"
#include "vidgen/pipeline.hpp"

namespace vidgen::test {

class Workspace {
 public:
  Workspace() {
    std::string name = ::testing::TempDir() + "vidgen-XXXXXX";
    path_ = ::mkdtemp(name.data());
  }
  ~Workspace() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Workspace(const Workspace&) = delete;
  Workspace& operator=(const Workspace&) = delete;
  const std::string& path() const { return path_; }

  Config config(const std::string& soundfont = {}) const {
    Config c;
    c.workspace = path_ + "/films";
    LocalOptions options;
    options.soundfont = soundfont;
    c.backends.add(local_backend(options));
    return c;
  }

 private:
  std::string path_;
};

inline Request small_film(int seconds = 3) {
  Request r;
  r.prompt = "a ceramic mug in a quiet cafe, morning light";
  r.duration = std::chrono::seconds(seconds);
  r.quality = Quality::draft;
  r.backend = "local";
  r.seed = 7;
  return r;
}

// What small_film() comes to when nothing happens to it. Made once.
inline const std::string& small_film_sha256() {
  static const std::string sha = [] {
    Workspace workspace;
    auto film = Pipeline(workspace.config()).render(small_film());
    EXPECT_TRUE(film) << film.error().describe();
    return film ? film->sha256 : std::string();
  }();
  return sha;
}

}  // namespace vidgen::test
