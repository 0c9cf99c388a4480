// SPDX-License-Identifier: Apache-2.0
// A film that costs money, in play: ten cents a clip.
#pragma once

#include <filesystem>
#include <fstream>

#include "outliving.hpp"

namespace vidgen::test {

// The embedded painter under a model that costs ten cents a clip.
class Shop {
 public:
  explicit Shop(Need last_frame = Need::takes) : last_frame_(last_frame == Need::no ? "no" : "takes") {
    stand.provider->price = usd(0.10);
    std::filesystem::create_directory(stand.workspace.path() + "/models");
    set_price("0.10");
  }
  // In the model's row; what the provider says is another matter.
  void set_price(const std::string& dollars) {
    std::string row = R"({"schema": "vidgen.model/1", "models": [{
      "name": "priced", "aliases": [], "provider": "local", "id": "priced", "kind": "video",
      "takes": {"prompt": "needs", "first_frame": "takes", "last_frame": "&", "audio": "no", "negative_prompt": "no",
                "seed_bits": 31},
      "duration": {"kind": "fixed", "values": [2], "field": "", "unit": "s"},
      "returns": {"frames": 60, "fps": "30", "sizes": ["640x360"]}, "seconds_to_make": 1, "concurrency": 4, "fields": {},
      "prices": [{"kind": "per_clip", "usd": "@", "date": "2026-11-01", "source": "the tests"}],
      "reconcile": "client_id", "date": "2026-11-01", "source": "the tests"}]})";
    row.replace(row.find('@'), 1, dollars);
    row.replace(row.find('&'), 1, last_frame_);
    std::ofstream(stand.workspace.path() + "/models/priced.json") << row;
  }
  Config config() const {
    Config c = stand.config();
    c.model_folder = stand.workspace.path() + "/models";
    c.language_model = "rules";
    return c;
  }
  static Request film() {
    Request r = small_film(6);
    r.model = "priced";
    r.continuity = Continuity::none;
    r.budget = usd(5);
    return r;
  }
  int bought() const {
    int n = 0;
    for (const auto& [key, times] : stand.provider->created) n += times;
    return n;
  }
  Stand stand;

 private:
  std::string last_frame_;
};

}  // namespace vidgen::test
