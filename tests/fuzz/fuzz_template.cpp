// SPDX-License-Identifier: Apache-2.0
// Any bytes as a template, beat or archetype document; what is accepted makes a valid film at any length.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "spec/template_json.hpp"
#include "vidgen/spec.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  vidgen::TemplateSet set;
  if (!vidgen::spec::add_document(set, text)) return 0;
  (void)vidgen::spec::check_links(set);
  vidgen::Request request;
  request.prompt = "a steel bottle on a mountain";
  for (const auto& [name, film] : set.templates) {
    request.template_name = name;
    for (int seconds : {1, 7, 600}) {
      request.duration = std::chrono::seconds(seconds);
      auto spec = vidgen::spec_by_rules(request, set);
      if (!spec || !vidgen::validate(*spec)) std::abort();
    }
  }
  return 0;
}
