// SPDX-License-Identifier: Apache-2.0
// Request: what the caller wants. A plain value; nothing is checked until it is planned or submitted.
//
// Thread-safety: a value. Unset optionals mean "what the template or the prompt says, else the default".
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "vidgen/error.hpp"
#include "vidgen/money.hpp"
#include "vidgen/time.hpp"

VIDGEN_NAMESPACE_BEGIN

// What a clip starts from.
enum class Continuity {
  beat,      // one chain a beat: keyframe first, then last frames; beats in parallel (the default)
  take,      // one chain for the whole film, strictly in sequence
  hybrid,    // the first clip alone, all others in parallel from its last frame
  batch,     // the first N in sequence, the rest in parallel from the last frame of clip N-1
  none,      // every clip from its own picture, all in parallel
  anchored,  // every clip between a first and a last picture, all in parallel
};

// How a source's frame rate becomes the film's. interpolate is refused until it exists.
enum class FpsMode { duplicate, interpolate, native };

// Size and encoder settings. draft: 640 on the long side, x264 ultrafast crf 26. standard: full size, veryfast
// crf 20. final: full size, medium crf 18.
enum class Quality { draft, standard, final_ };

// What happens when a paid request may or may not have been accepted.
enum class OnAmbiguous { ask, retry, fail };

struct Request {
  Request() = default;

  std::string prompt;                                 // 10 to 1000 characters after cleaning
  std::string template_name;                          // empty: chosen from the prompt
  std::optional<std::chrono::milliseconds> duration;  // the film's length; wins over prompt and template
  std::optional<Size> size;                           // pixels; wins over aspect
  std::string aspect;                                 // "16:9", "9:16", "1:1", "4:5", "21:9"
  std::optional<Rational> fps;                        // frames a second of the film; 30 when unset
  FpsMode fps_mode = FpsMode::duplicate;
  std::vector<std::string> images;  // paths of the user's photographs, at most 8
  std::string backend = "auto";     // "auto", "local", or a provider's name
  std::string model;                // the clip model; implies its backend
  Continuity continuity = Continuity::beat;
  int batch = 3;  // N of Continuity::batch
  Quality quality = Quality::standard;
  std::string preset;           // overrides what quality sets; empty: as quality says
  std::optional<int> crf;       // overrides what quality sets, 0 to 51
  std::string grade;            // name of a grade or path of a .cube file; empty: template's
  std::string music_file;       // the user's own music instead of composed music; it is fitted to the film
  bool cut_to_beat = false;     // the film's cuts stand on beats of the music
  bool stems = false;           // the parts of the composed music too, as WAV files beside the film
  bool captions = true;         // the template's captions and end card
  std::optional<Money> budget;  // the job's limit; nothing is bought without one
  OnAmbiguous on_ambiguous = OnAmbiguous::ask;
  std::optional<std::uint64_t> seed;  // same request and seed: same film
  std::string out;                    // where the film is copied to; empty: the workspace only

  bool operator==(const Request&) const = default;
};

VIDGEN_EXPORT std::string_view to_string(Continuity value);
VIDGEN_EXPORT std::string_view to_string(FpsMode value);
VIDGEN_EXPORT std::string_view to_string(Quality value);
VIDGEN_EXPORT std::string_view to_string(OnAmbiguous value);
// "beat", "take", "hybrid", "batch:3", "none", "anchored"; sets request.continuity and request.batch.
VIDGEN_EXPORT Status parse_continuity(std::string_view text, Request& request);
VIDGEN_EXPORT Result<FpsMode> parse_fps_mode(std::string_view text);
VIDGEN_EXPORT Result<Quality> parse_quality(std::string_view text);
VIDGEN_EXPORT Result<OnAmbiguous> parse_on_ambiguous(std::string_view text);

// Canonical JSON ("vidgen.request/1"): same request, same bytes. Unknown keys are refused on reading.
VIDGEN_EXPORT std::string to_json(const Request& request);
VIDGEN_EXPORT Result<Request> request_from_json(std::string_view json);
// Prompt, sizes, rates, lengths and words, as far as they can be judged without templates, models or files.
VIDGEN_EXPORT Status validate(const Request& request);

VIDGEN_NAMESPACE_END
