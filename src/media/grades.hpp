// SPDX-License-Identifier: Apache-2.0
// GradeBook: finds grades by name and keeps one Grader for each grade and kind of source, so that sixty clips share one
// table.
//
// Thread-safety: none; one owner. Errors: lut_invalid, invalid_argument for a name that nobody knows, file_missing.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <tuple>

#include "media/grade.hpp"
#include "vidgen/media.hpp"

namespace vidgen::media {

class GradeBook {
 public:
  GradeBook(const Timeline& timeline, const AssembleOptions& options);
  // For an item whose own grade is `name` (empty: the timeline's; "none": no LUT).
  Result<Grader*> grader(const std::string& name, av::ColorTags tags);

 private:
  Result<std::shared_ptr<const Lut>> lut(const std::string& name);

  std::string name_, text_;
  float contrast_, saturation_;
  std::function<Result<std::string>(const std::string&)> find_;
  std::map<std::string, std::shared_ptr<const Lut>> luts_;
  std::map<std::tuple<std::string, bool, bool>, std::unique_ptr<Grader>> graders_;
};

}  // namespace vidgen::media
