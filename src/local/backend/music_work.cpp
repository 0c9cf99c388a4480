// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <bit>
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

namespace {

// The head of a .wav file of `data` bytes: 16-bit PCM, or 32-bit floats, which take what is louder than full scale.
std::string wav_head(std::uint32_t data, bool floats) {
  constexpr std::uint32_t kRate = 48000, kChannels = 2;
  const std::uint32_t bytes = floats ? 4 : 2;
  std::string out = "RIFF";
  put32(out, (floats ? 50 : 36) + data);
  out += "WAVEfmt ";
  put32(out, floats ? 18 : 16);
  put16(out, floats ? 3 : 1);
  put16(out, kChannels);
  put32(out, kRate);
  put32(out, kRate * kChannels * bytes);
  put16(out, kChannels * bytes);
  put16(out, 8 * bytes);
  if (floats) {
    put16(out, 0);
    out += "fact";
    put32(out, 4);
    put32(out, data / (kChannels * bytes));
  }
  out += "data";
  put32(out, data);
  return out;
}

Status put_stems(const Music& music, const WorkContext& context, WorkResult& out) {
  for (const Stem& stem : music.stems) {
    const std::string type = "audio/wav; stem=" + stem.name;
    VIDGEN_TRY(asset, context.store->put(wav_floats(stem.interleaved), AssetKind::audio, type));
    out.outputs.push_back(asset);
  }
  return {};
}

}  // namespace

std::string wav_bytes(const std::vector<float>& interleaved) {
  std::string out = wav_head(static_cast<std::uint32_t>(interleaved.size() * 2), false);
  for (float v : interleaved) {
    long sample = std::lround(std::clamp(v, -1.0F, 1.0F) * 32767.0F);
    put16(out, static_cast<std::uint16_t>(static_cast<std::int16_t>(sample)));
  }
  return out;
}

std::string wav_floats(const std::vector<float>& interleaved) {
  std::string out = wav_head(static_cast<std::uint32_t>(interleaved.size() * 4), true);
  out.reserve(out.size() + interleaved.size() * 4);
  for (float v : interleaved) put32(out, std::bit_cast<std::uint32_t>(v));
  return out;
}

Result<WorkResult> compose_music(const GenerationRequest& request, const WorkContext& context) {
  VIDGEN_TRY(plan, score_plan(request.music, request.fps, request.seed));
  VIDGEN_TRY(score, compose(plan));
  RenderOptions options;
  options.soundfont = context.options.soundfont;
  options.target_lufs = context.options.loudness;
  options.stems = request.music.stems;
  options.stop = context.stop;
  VIDGEN_TRY(music, render(score, options));
  VIDGEN_TRY(asset, context.store->put(wav_bytes(music.interleaved), AssetKind::audio, "audio/wav"));
  WorkResult out;
  out.outputs.push_back(asset);
  VIDGEN_CHECK(put_stems(music, context, out));
  if (!score.remark.empty()) out.remarks.push_back(score.remark);
  return out;
}

}  // namespace vidgen::local
