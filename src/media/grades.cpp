// SPDX-License-Identifier: Apache-2.0
#include "media/grades.hpp"

#include "base/files.hpp"
#include "base/try.hpp"

namespace vidgen::media {

GradeBook::GradeBook(const Timeline& timeline, const AssembleOptions& options)
    : name_(timeline.grade),
      text_(options.grade_text),
      contrast_(static_cast<float>(timeline.contrast.to_double())),
      saturation_(static_cast<float>(timeline.saturation.to_double())),
      find_(options.find_grade) {}

Result<std::shared_ptr<const Lut>> GradeBook::lut(const std::string& name) {
  if (auto known = luts_.find(name); known != luts_.end()) return known->second;
  std::string text;
  if (!text_.empty()) {
    text = text_;
  } else if (name.ends_with(".cube")) {
    VIDGEN_TRY(bytes, base::read_file(name, std::size_t{128} << 20));
    text = std::move(bytes);
  } else if (find_) {
    VIDGEN_TRY(bytes, find_(name));
    text = std::move(bytes);
  } else {
    return Error(Errc::invalid_argument, "there is no grade \"" + name + "\": give a .cube file");
  }
  VIDGEN_TRY(parsed, Lut::parse(text));
  return luts_[name] = std::make_shared<const Lut>(std::move(parsed));
}

Result<Grader*> GradeBook::grader(const std::string& own, av::ColorTags tags) {
  const std::string& name = own.empty() ? name_ : own;
  const auto key = std::tuple(name, tags.bt601, tags.full_range);
  if (auto known = graders_.find(key); known != graders_.end()) return known->second.get();
  GradeSettings settings;
  settings.contrast = contrast_;
  settings.saturation = saturation_;
  const bool wanted = own.empty() ? !name_.empty() || !text_.empty() : true;
  if (wanted && name != "none") {
    VIDGEN_TRY(found, lut(name));
    settings.lut = found;
  }
  auto& made = graders_[key] = std::make_unique<Grader>(settings, tags);
  return made.get();
}

}  // namespace vidgen::media
