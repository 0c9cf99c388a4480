// SPDX-License-Identifier: Apache-2.0
// What the embedded provider does for a request: paint a clip or a still, compose music. Blocking work for a pool.
//
// Thread-safety: functions; any number at once. Cancellation: by stop_token, within a frame. Errors: Errc::cancelled,
// encoder_missing, soundfont_missing, no_space, io.
#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "local/backend/photo_cache.hpp"
#include "local/backend/shot_cache.hpp"
#include "local/shot.hpp"
#include "vidgen/local.hpp"
#include "vidgen/store.hpp"

namespace vidgen::local {

struct WorkContext {
  WorkContext() = default;
  std::shared_ptr<Store> store;
  LocalOptions options;
  std::shared_ptr<ShotCache> shots = std::make_shared<ShotCache>();
  std::shared_ptr<PhotoCache> photos = std::make_shared<PhotoCache>();
  std::stop_token stop;
  std::function<void(double)> progress;  // 0 to 1
};

struct WorkResult {
  WorkResult() = default;
  std::vector<Asset> outputs;
  std::vector<std::string> remarks;
};

Result<WorkResult> do_work(const GenerationRequest& request, const GenerationInputs& inputs,
                           const WorkContext& context);

// The kinds of work; do_work picks one.
Result<WorkResult> paint_clip(const GenerationRequest&, const GenerationInputs&, const WorkContext&);
Result<WorkResult> paint_still(const GenerationRequest&, const GenerationInputs&, const WorkContext&);
// The first output is the music; its stems follow, "audio/wav; stem=bass" by their type.
Result<WorkResult> compose_music(const GenerationRequest&, const WorkContext&);

// A later take of a clip: another picture of the same beat. Not where both its ends are given.
bool is_repainted(const GenerationRequest& request);
// The brief of one span of a request, with the user's photographs decoded.
ShotBrief brief_of(const GenerationRequest& request, const BeatSpan& span,
                   const std::vector<std::shared_ptr<const Photo>>& photos);
Result<std::shared_ptr<const Photo>> load_photo(const Asset& image, const Store& store);

// 16-bit stereo PCM at 48 kHz as the bytes of a .wav file.
std::string wav_bytes(const std::vector<float>& interleaved);
// 32-bit floats, for what may be louder than full scale.
std::string wav_floats(const std::vector<float>& interleaved);

}  // namespace vidgen::local
