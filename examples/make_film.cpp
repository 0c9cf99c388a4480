// SPDX-License-Identifier: Apache-2.0
// The README's example: one prompt, one film, with no key and no network.
#include <vidgen/local.hpp>
#include <vidgen/pipeline.hpp>

#include <chrono>
#include <cstdio>

int main(int argc, char** argv) {
  vidgen::Config config = vidgen::Config::from_env();  // VIDGEN_WORKSPACE and others; never a file
  config.backends.add(vidgen::local_backend());        // paints the film on this machine, for nothing
  vidgen::Pipeline pipeline(std::move(config));

  vidgen::Request request;
  request.prompt = argc > 1 ? argv[1] : "a ceramic mug on a walnut desk, morning light";
  request.duration = std::chrono::seconds(3);
  request.quality = vidgen::Quality::draft;

  auto show = [](const vidgen::Event& event) { std::fprintf(stderr, "\r%3.0f %%", event.fraction * 100); };
  vidgen::Result<vidgen::Film> film = pipeline.render(request, show);
  if (!film) {
    std::fprintf(stderr, "\n%s\n", film.error().describe().c_str());
    return 1;
  }
  std::printf("%s\n", film->path.c_str());
}
