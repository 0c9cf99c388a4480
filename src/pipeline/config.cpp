// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>

#include "vidgen/pipeline.hpp"

VIDGEN_NAMESPACE_BEGIN
namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

}  // namespace

Config Config::from_env() {
  Config c;
  if (std::string v = environment("VIDGEN_WORKSPACE"); !v.empty()) c.workspace = v;
  if (auto v = Money::parse(environment("VIDGEN_BUDGET"))) c.budget = *v;
  if (int v = std::atoi(environment("VIDGEN_THREADS").c_str()); v > 0 && v <= 256) c.threads = v;
  c.template_folder = environment("VIDGEN_TEMPLATES");
  c.model_folder = environment("VIDGEN_MODELS");
  c.soundfont = environment("VIDGEN_SOUNDFONT");
  return c;
}

VIDGEN_NAMESPACE_END
