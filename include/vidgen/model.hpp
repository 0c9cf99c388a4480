// SPDX-License-Identifier: Apache-2.0
// ModelProfile: what a model of a provider is, takes, returns and costs. Data of models/*.json, compiled in.
//
// Thread-safety: values; ModelSet is immutable once loaded.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vidgen/money.hpp"
#include "vidgen/time.hpp"

VIDGEN_NAMESPACE_BEGIN

// The clip model that is used when none is named and a hosted backend is.
inline constexpr const char* kDefaultModel = "wan";
// The language model that reads the prompt when its provider's key is set.
inline constexpr const char* kDefaultLanguageModel = "gpt-6-luna";
// The clip model of the embedded backend.
inline constexpr const char* kLocalModel = "local-animatic";

enum class ModelKind { video, image, music, llm, speech, upscale };
enum class Need { no, takes, needs };

// What a price is for.
enum class PriceKind {
  free,
  per_clip,
  per_output_second,
  per_gpu_second,
  per_image,
  per_run,
  per_token,
  per_character
};

// "video", "per_clip": as the JSON of models says. Literals, ended by a NUL.
VIDGEN_EXPORT std::string_view to_string(ModelKind kind);
VIDGEN_EXPORT std::string_view to_string(PriceKind kind);

struct Price {
  Price() = default;
  PriceKind kind = PriceKind::free;
  Money amount;         // per unit of kind; per_token and per_character: per million (of input tokens)
  Money output_amount;  // per_token only: per million output tokens
  std::optional<Money> cached_amount,
      written_amount;          // per_token: per million input tokens read from, put into a cache
  Rational typical_units = 1;  // per_gpu_second: seconds a run usually takes
  Rational worst_units = 1;    // per_gpu_second: the deadline in seconds
  std::string condition;       // "720p", "with audio"; empty: always
  std::string date;            // "2026-04-28"
  std::string source;
};

struct Duration {
  enum class Kind { fixed, grid, range };
  Duration() = default;
  Kind kind = Kind::fixed;
  std::vector<Rational> values;      // grid: the seconds on offer, ascending
  Rational shortest, longest, step;  // range: seconds
  std::string field;                 // the input's name; empty: the model takes none
  std::string unit;                  // "s" or "frames"
};

// A length that was asked for, and what came back when it was last made.
struct MeasuredLength {
  MeasuredLength() = default;
  MeasuredLength(Rational a, Rational r) : asked(a), returned(r) {}
  Rational asked, returned;  // seconds
  bool operator==(const MeasuredLength&) const = default;
};

struct ModelProfile {
  ModelProfile() = default;
  std::string name;  // "wan"
  std::vector<std::string> aliases;
  std::string provider;  // a backend's name: "replicate", "openai", "runway", "local"
  std::string id;        // the provider's own name for it
  ModelKind kind = ModelKind::video;
  std::string retired;  // date it went away; empty: current
  std::string replaced_by;

  // Inputs.
  Need prompt = Need::needs, first_frame = Need::no, last_frame = Need::no, audio_in = Need::no,
       negative_prompt = Need::no;
  int references_min = 0, references_max = 0;
  int seed_bits = 0;     // 0: takes no seed
  int prompt_words = 0;  // most words that are useful; 0: unknown
  Duration duration;

  // What really comes back.
  int frames = 0;           // for a fixed duration; 0: duration * fps
  Rational fps;             // 0: not known, probe it
  std::vector<Size> sizes;  // the first is used unless the aspect asks for another
  bool returns_audio = false;
  std::vector<MeasuredLength> measured;  // where clips came back otherwise; never part of a file
  Rational seconds_to_make = 45;         // likely wall time of one run
  int concurrency = 50;                  // runs at once a provider's account allows

  std::map<std::string, std::string> fields;  // our word -> the provider's field name
  std::vector<Price> prices;                  // the first applies unless a condition matches
  std::string reconcile;                      // native_key, client_id, list_reconcile, none
  std::string date;                           // when this row was last checked
  std::string source;
  std::string note;

  // Seconds of a clip for a wanted length: the smallest on offer that is at least `wanted`, else the longest.
  VIDGEN_EXPORT Rational clip_seconds(Rational wanted) const;
  VIDGEN_EXPORT Rational longest_seconds() const;
  VIDGEN_EXPORT Rational shortest_seconds() const;
  // The size nearest to an aspect, never empty for image and video models.
  VIDGEN_EXPORT Size size_for(Size film) const;
};

class ModelSet {
 public:
  ModelSet() = default;
  VIDGEN_EXPORT static Result<ModelSet> load(const std::string& folder = {});
  // By name or alias. An unknown name is Errc::model_unknown and its message names the nearest ones.
  VIDGEN_EXPORT Result<ModelProfile> find(std::string_view name) const;
  std::map<std::string, ModelProfile> models;
};

VIDGEN_NAMESPACE_END
