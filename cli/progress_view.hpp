// SPDX-License-Identifier: Apache-2.0
// ProgressView: a job's events for people or for programs: one moving line on a terminal, plain lines elsewhere, NDJSON
// with --json.
#pragma once

#include <string>

#include "cli/session.hpp"
#include "vidgen/progress.hpp"

namespace vidgen::cli {

class ProgressView {
 public:
  explicit ProgressView(const Session& session);
  ~ProgressView();
  void show(const Event& event);
  void end();  // leaves the moving line behind

 private:
  void bar(const Event& event);
  const Session& session_;
  bool terminal_;
  bool drawn_ = false;
  std::string last_line_;
  int last_percent_ = -10;
};

}  // namespace vidgen::cli
