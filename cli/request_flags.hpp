// SPDX-License-Identifier: Apache-2.0
// The flags that describe a film, shared by `make` and `plan`.
#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/settings.hpp"
#include "vidgen/request.hpp"

namespace vidgen::cli {

struct RequestFlags {
  std::string prompt, template_name, duration, size, aspect, fps, fps_mode, backend, model, continuity, quality, preset,
      crf, grade, music, budget, on_ambiguous, out, seed;
  std::vector<std::string> images;
  std::optional<bool> captions;
  bool stems = false, cut_to_beat = false;
  bool voice = false;  // refused until it exists

  // What no flag says comes from the settings. Errc::invalid_argument or config_invalid, with the name of the flag or
  // the place of the setting; Errc::unsupported for what does not exist yet.
  Result<Request> request(const Settings& settings) const;
};

std::shared_ptr<RequestFlags> add_request_flags(CLI::App& app);

}  // namespace vidgen::cli
