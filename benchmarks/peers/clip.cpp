// SPDX-License-Identifier: Apache-2.0
// One clip through the library, as a program of a user's: it names its job, so that starting it again goes on with it.
//
//   clip PROMPT OUT MUSIC.wav        environment: VIDGEN_WORKSPACE, VIDGEN_TEMPLATES, REPLICATE_API_TOKEN
#include <chrono>
#include <cstdio>

#include "vidgen/pipeline.hpp"

int main(int argc, char** argv) {
  if (argc != 4) return std::fprintf(stderr, "usage: clip PROMPT OUT MUSIC.wav\n"), 2;
  vidgen::Request request;
  request.prompt = argv[1];
  request.out = argv[2];
  request.music_file = argv[3];  // the clip is all that is bought
  request.template_name = "one_clip";
  request.model = "wan-2.2-t2v-fast";
  request.continuity = vidgen::Continuity::none;
  request.duration = std::chrono::seconds(3);
  request.size = vidgen::Size(320, 180);
  request.quality = vidgen::Quality::draft;
  request.captions = false;
  request.budget = vidgen::usd(1);

  vidgen::Pipeline pipeline(vidgen::Config::from_env());
  vidgen::Result<vidgen::Job> job = pipeline.submit(request, "clip");
  if (!job) return std::fprintf(stderr, "%s\n", job.error().describe().c_str()), 1;
  vidgen::Result<vidgen::Film> film = job->wait();
  if (!film) return std::fprintf(stderr, "%s\n", film.error().describe().c_str()), 1;
  std::printf("%s\n", film->path.c_str());
}
