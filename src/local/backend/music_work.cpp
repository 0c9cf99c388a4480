// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "base/try.hpp"
#include "local/backend/work.hpp"
#include "local/music/music.hpp"

namespace vidgen::local {
namespace {

void put32(std::string& out, std::uint32_t v) {
  for (int i = 0; i < 4; ++i) out += static_cast<char>(v >> (8 * i));
}
void put16(std::string& out, std::uint32_t v) {
  for (int i = 0; i < 2; ++i) out += static_cast<char>(v >> (8 * i));
}

}  // namespace

std::string wav_bytes(const std::vector<float>& interleaved) {
  constexpr std::uint32_t kRate = 48000, kChannels = 2, kBytes = 2;
  auto data = static_cast<std::uint32_t>(interleaved.size() * kBytes);
  std::string out = "RIFF";
  put32(out, 36 + data);
  out += "WAVEfmt ";
  put32(out, 16);
  put16(out, 1);  // PCM
  put16(out, kChannels);
  put32(out, kRate);
  put32(out, kRate * kChannels * kBytes);
  put16(out, kChannels * kBytes);
  put16(out, 8 * kBytes);
  out += "data";
  put32(out, data);
  for (float v : interleaved) {
    long sample = std::lround(std::clamp(v, -1.0F, 1.0F) * 32767.0F);
    put16(out, static_cast<std::uint16_t>(static_cast<std::int16_t>(sample)));
  }
  return out;
}

Result<WorkResult> compose_music(const GenerationRequest& request, const WorkContext& context) {
  VIDGEN_TRY(plan, score_plan(request.music, request.fps, request.seed));
  VIDGEN_TRY(score, compose(plan));
  RenderOptions options;
  options.soundfont = context.options.soundfont;
  options.target_lufs = context.options.loudness;
  options.stop = context.stop;
  VIDGEN_TRY(music, render(score, options));
  VIDGEN_TRY(asset, context.store->put(wav_bytes(music.interleaved), AssetKind::audio, "audio/wav"));
  WorkResult out;
  out.outputs.push_back(asset);
  if (!score.remark.empty()) out.remarks.push_back(score.remark);
  return out;
}

}  // namespace vidgen::local
