// SPDX-License-Identifier: Apache-2.0
// Any bytes as a language model's answer, for an open request and for one that settles everything: refused with a
// message for the model, or a valid film of exactly the length that was asked for.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "spec/llm_prompt.hpp"
#include "spec/llm_spec.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

void expect(bool holds) {
  if (!holds) std::abort();
}

void check(std::string_view answer, const vidgen::Request& request, const vidgen::TemplateSet& set,
           vidgen::Frames frames) {
  auto spec = vidgen::spec::spec_from_proposal(answer, request, set);
  if (!spec) {
    expect(spec.error().code() == vidgen::Errc::spec_invalid && !spec.error().message().empty());
    expect(vidgen::spec::llm_repair_message(spec.error().message()).size() < 4000);
    return;
  }
  expect(spec->source == "llm" && vidgen::validate(*spec).has_value());
  expect(frames == 0 || spec->frames == frames);
  std::string once = vidgen::to_json(*spec);
  auto again = vidgen::spec_from_json(once);
  expect(again && vidgen::to_json(*again) == once);
}

vidgen::Request open_request() {
  vidgen::Request request;
  request.prompt = "an ad for a red steel bottle by Aqua on a mountain, no music, slogan \"drink up\"";
  return request;
}

vidgen::Request settled_request() {
  vidgen::Request request = open_request();
  request.template_name = "announcement";
  request.duration = std::chrono::milliseconds(6500);
  request.fps = vidgen::Rational(30000, 1001);
  request.size = vidgen::Size(640, 360);
  return request;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const vidgen::TemplateSet set = vidgen::TemplateSet::load().value();
  static const vidgen::Request open = open_request(), settled = settled_request();
  std::string_view answer(reinterpret_cast<const char*>(data), size);
  check(answer, open, set, 0);
  check(answer, settled, set, vidgen::frame_at(vidgen::Rational(13, 2), vidgen::Rational(30000, 1001)));
  return 0;
}
