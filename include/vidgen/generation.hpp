// SPDX-License-Identifier: Apache-2.0
// GenerationRequest: everything a backend may use to make one picture, clip or piece of music. Hosted adapters use the
// text; the embedded backend uses the beat. It is also, as JSON, the `params` of a paid step, so it holds logical
// inputs only: no bytes, no paths, nothing of this machine.
//
// Thread-safety: a value.
#pragma once

#include <string>
#include <vector>

#include "vidgen/model.hpp"
#include "vidgen/spec.hpp"

VIDGEN_NAMESPACE_BEGIN

// A run of a beat: frames [from, to) of the beat's own frames. A clip that spans several beats has several.
// Handles reach outside the beat: `from` may be negative and `to` may exceed the beat's length.
struct BeatSpan {
  BeatSpan() = default;
  int index = 0;  // of the beat in the film
  Beat beat;
  Frames from = 0, to = 0;
  bool operator==(const BeatSpan&) const = default;
};

struct MusicBrief {
  MusicBrief() = default;
  Audio audio;
  Samples samples = 0;       // exact length
  std::vector<Frames> cuts;  // master frames of the picture's cuts
  Frames end_card = 0;       // master frame at which the end card starts; 0: none
  bool stems = false;        // the mixer's buses are wanted as well: outputs after the first
  bool operator==(const MusicBrief&) const = default;
};

// What a language model is told beside the prompt; kind llm only.
struct LlmBrief {
  LlmBrief() = default;
  std::string system;
  std::string schema_name;  // letters, digits, _ and -, at most 64
  std::string schema;       // JSON Schema of the answer, as text; empty: the answer is plain text
  int max_tokens = 0;       // of the answer; 0: as the model likes
  // One round of repair: the answer that was refused, and what was wrong with it.
  std::string earlier, repair;
  bool operator==(const LlmBrief&) const = default;
};

struct GenerationRequest {
  GenerationRequest() = default;
  ModelKind kind = ModelKind::video;
  std::string model;  // a ModelProfile's name
  std::string role;   // "clip", "keyframe", "style_guide", "product", "music"
  std::string prompt;
  std::string negative_prompt;
  Size size;          // pixels wanted
  Rational fps = 30;  // of the film
  Rational seconds;   // wanted length of a clip
  // Film frame (of the span's beat) of the picture, for images.
  std::vector<BeatSpan> spans;
  int beat_count = 0;  // beats in the film
  Product product;
  Setting setting;
  Style style;
  bool captions = true;             // leave room for words
  std::vector<std::string> images;  // "sha256:…" of the user's photographs
  MusicBrief music;                 // kind music only
  LlmBrief llm;                     // kind llm only
  bool has_first_frame = false, has_last_frame = false;
  bool repeats_first_frame = false;  // the first frame shows the predecessor's last one again
  std::uint64_t seed = 0;            // the user's or the workspace's
  int take = 1;
  bool operator==(const GenerationRequest&) const = default;
};

VIDGEN_EXPORT std::string to_json(const GenerationRequest& request);
VIDGEN_EXPORT Result<GenerationRequest> generation_from_json(std::string_view json);

VIDGEN_NAMESPACE_END
