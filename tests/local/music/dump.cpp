// SPDX-License-Identifier: Apache-2.0
// local_music_dump STYLE SECONDS OUT.wav [CUT,CUT,…] [END_CARD] [SEED] [LUFS]: composes and renders one piece, writes
// it as 16-bit WAV and its score as text beside it. For people who work on the composer.
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "local/music/music.hpp"

namespace {

using namespace vidgen;
using namespace vidgen::local;

void write_number(std::ofstream& out, std::uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out.put(static_cast<char>(value >> (8 * i)));
}

void write_wav(const std::string& path, const std::vector<float>& samples) {
  std::ofstream out(path, std::ios::binary);
  const auto bytes = static_cast<std::uint32_t>(samples.size() * 2);
  out << "RIFF";
  write_number(out, 36 + bytes, 4);
  out << "WAVEfmt ";
  write_number(out, 16, 4);
  write_number(out, 1, 2);
  write_number(out, 2, 2);
  write_number(out, 48000, 4);
  write_number(out, 192000, 4);
  write_number(out, 4, 2);
  write_number(out, 16, 2);
  out << "data";
  write_number(out, bytes, 4);
  for (float x : samples) write_number(out, static_cast<std::uint32_t>(std::lround(x * 32767)), 2);
}

void write_score(const std::string& path, const Score& score) {
  std::ofstream out(path);
  out << score.style << " " << score.remark << " bpm " << score.bpm << " tonic " << score.tonic << " final "
      << score.final_at << " " << score.final_chord << "\n";
  for (const Bar& b : score.bars)
    out << "bar " << b.start << " beats " << b.beats << " " << section_name(b.section) << " " << b.position << " "
        << b.chord << "\n";
  for (const CutPoint& c : score.cuts)
    out << "cut " << c.seconds << " beat " << c.beat << " residual " << c.residual_ms << " ms"
        << (c.major ? " major" : "") << (c.on_grid ? "" : " off") << "\n";
  for (const Effect& e : score.effects) out << "effect " << static_cast<int>(e.kind) << " " << e.at << "\n";
  for (const Note& n : score.notes)
    out << "note " << n.layer << " " << n.start << " " << n.end << " " << n.pitch << " " << n.velocity << "\n";
  for (const DrumHit& d : score.drums) out << "drum " << d.at << " " << d.key << " " << d.velocity << "\n";
}

double now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    std::fprintf(stderr, "usage: %s STYLE SECONDS OUT.wav [CUT,CUT] [END_CARD] [SEED] [LUFS]\n", argv[0]);
    return 2;
  }
  ScorePlan plan;
  plan.style = argv[1];
  plan.seconds = std::atof(argv[2]);
  std::stringstream cuts(argc > 4 ? argv[4] : "");
  for (std::string cut; std::getline(cuts, cut, ',');) plan.cuts.push_back(std::atof(cut.c_str()));
  if (argc > 5) plan.end_card = std::atof(argv[5]);
  if (argc > 6) plan.seed = std::strtoull(argv[6], nullptr, 10);
  RenderOptions options;
  if (argc > 7) options.target_lufs = std::atof(argv[7]);
  const double begin = now();
  const Result<Score> score = compose(plan);
  const double composed = now();
  const Result<Music> music = score ? render(*score, options) : Result<Music>(score.error());
  if (!music) {
    std::fprintf(stderr, "%s\n", music.error().describe().c_str());
    return 1;
  }
  const double rendered = now();
  write_wav(argv[3], music->interleaved);
  write_score(std::string(argv[3]) + ".txt", *score);
  std::printf("%s: %.2f LUFS, %.2f dBTP, %.3f s to compose, %.2f s to render, %s\n", argv[3], music->lufs,
              music->true_peak, composed - begin, rendered - composed, music->soundfont.c_str());
  return 0;
}
