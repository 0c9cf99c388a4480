// SPDX-License-Identifier: Apache-2.0
// Links the core alone: a plan needs no backend to be carried out by, and a missing one is an error, not a crash.
#include <vidgen/pipeline.hpp>

#include <cstdio>

int main() {
  vidgen::Config config;
  config.workspace = "never-made";
  vidgen::Pipeline pipeline(config);
  vidgen::Request request;
  request.prompt = "a ceramic mug on a walnut desk, morning light";
  request.backend = "local";
  vidgen::Result<vidgen::Film> film = pipeline.render(request);
  if (film) return 1;
  std::printf("%s\n", film.error().describe().c_str());
}
