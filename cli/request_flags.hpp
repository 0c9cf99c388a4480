// SPDX-License-Identifier: Apache-2.0
// The flags that describe a film, shared by `make` and `plan`.
#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "vidgen/request.hpp"

namespace vidgen::cli {

struct RequestFlags {
  std::string prompt, template_name, duration, size, aspect, fps, fps_mode,
      backend = "auto", model, continuity, quality, preset, grade, music, budget, on_ambiguous, out, seed;
  std::vector<std::string> images;
  int crf = -1;
  bool no_captions = false;

  // Errc::invalid_argument with the flag's name.
  Result<Request> request() const;
};

std::shared_ptr<RequestFlags> add_request_flags(CLI::App& app);

}  // namespace vidgen::cli
