// SPDX-License-Identifier: Apache-2.0
// Spec: the structured film, "vidgen.spec/1". Made from a Request by rules or by a language model, and the same shape
// either way. Times are master frames.
//
// Thread-safety: values.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "vidgen/request.hpp"
#include "vidgen/template.hpp"

VIDGEN_NAMESPACE_BEGIN

// A timed action of the film.
struct Beat {
  Beat() = default;
  std::string name;
  Frames start = 0;
  Frames length = 0;
  std::string shot;  // wide, medium_wide, medium, close_up, macro, low_angle, top_down, tracking …
  std::string action;
  std::string camera;   // static, pan, push_in, pull_out, orbit, crane_up, crane_down, tilt, handheld …
  std::string prompt;   // text for a clip model, placeholders filled in
  std::string caption;  // words in the picture; empty: none; a line break is '\n'
  std::string over;     // small line above the caption
  std::string role;     // opening, headline, middle, closing; words of the first two are as large as a title
  std::string time;     // the hour where it is another than the setting's, for what is painted; empty: that one
  std::string energy;   // low, medium, high
  std::vector<int> photographs;  // that it shows, one after another: places in Spec::images
  bool operator==(const Beat&) const = default;
};

struct Style {
  Style() = default;
  std::string aesthetic;  // "cinematic"
  std::string mood;
  std::string lighting;
  std::vector<std::string> palette;  // only colours that the prompt names
  std::string look;                  // type and finish, as Template::look
  std::string bars;
  bool operator==(const Style&) const = default;
};

struct Product {
  Product() = default;
  std::string name;      // "steel water bottle"
  std::string category;  // "bottle", "mug", "phone", "sneaker", "service", …; "product" when unknown
  std::string brand;     // only if the prompt gives one
  std::string material;
  std::string colour;  // only if named
  bool operator==(const Product&) const = default;
};

struct Setting {
  Setting() = default;
  std::string place;  // "mountain", "cafe", "kitchen", "studio", "stage", …
  std::string time;   // "sunrise", "golden", "midday", "dusk", "night", ""
  bool operator==(const Setting&) const = default;
};

struct Audio {
  Audio() = default;
  std::string style;  // a music style: cinematic, corporate, luxury, tech, …; "none": the prompt asks for no music
  std::string tempo;
  std::string mood;
  Rational bpm;  // beats a minute that the film is cut to; 0: the composer bends its beat to the film
  bool operator==(const Audio&) const = default;
};

// A part of the user's own music and when it plays. Samples at 48 kHz.
struct MusicStretch {
  MusicStretch() = default;
  Samples start = 0, length = 0;  // on the film's clock
  Samples source_in = 0;
  Samples fade_in = 0, fade_out = 0;
  bool operator==(const MusicStretch&) const = default;
};

// The music as far as it is known before it is made: the user's own, fitted to the film, and the beats that the film is
// cut to.
struct Soundtrack {
  Soundtrack() = default;
  std::vector<MusicStretch> stretches;  // of the user's music; empty: it is composed, or plays as it is
  Rational gain = 1;                    // of those
  std::vector<Frames> beats;            // master frames, each the nearest to a beat; empty: none are known
  bool operator==(const Soundtrack&) const = default;
};

// A transition between beat i and beat i+1, in master frames. kind "cut" has no frames.
struct SpecTransition {
  SpecTransition() = default;
  std::string kind = "cut";
  Frames frames = 0;
  bool operator==(const SpecTransition&) const = default;
};

struct Grade {
  Grade() = default;
  std::string lut;  // a grade's name, or "sha256:…" of a .cube file of the user
  Rational contrast = 1;
  Rational saturation = 1;
  bool operator==(const Grade&) const = default;
};

// Why a field has its value: the words of the prompt, the template, or the request.
struct Reason {
  Reason() = default;
  std::string field;
  std::string value;
  std::string why;
  bool operator==(const Reason&) const = default;
};

// What one of the user's photographs is.
struct Photograph {
  Photograph() = default;
  Size size;            // pixels, upright
  bool cutout = false;  // parts of it are clear: it is the film's subject itself, not a picture in the film
  // Its most common dark and light colour and its most saturated one, "#rrggbb"; empty: it has none.
  std::string dark, light, accent;
  std::string calm;  // "left" or "right": the side where clearly less is to be seen; empty: neither
  bool operator==(const Photograph&) const = default;
};

struct Spec {
  Spec() = default;
  std::string schema = "vidgen.spec/1";
  std::string source = "rules";  // "rules" or "llm"
  std::string prompt;            // cleaned
  std::string template_name;     // a template or an archetype
  Frames frames = 0;             // the film's exact length
  Rational fps = 30;
  Size size{1920, 1080};
  Style style;
  Product product;
  Setting setting;
  Audio audio;
  Soundtrack soundtrack;
  std::vector<Beat> beats;                  // contiguous: beat i+1 starts where beat i ends; the last ends at `frames`
  std::vector<SpecTransition> transitions;  // beats.size() - 1 of them
  Grade grade;
  std::vector<std::string> images;  // "sha256:…" of the user's photographs, in their order
  std::vector<Photograph> photographs;  // what `images` are, in their order; empty: nobody looked
  std::uint64_t seed = 0;
  std::vector<Reason> reasons;
  std::vector<std::string> warnings;
  std::string ext;  // unknown keys of the JSON, as one JSON object; kept on writing

  bool operator==(const Spec&) const = default;
};

// Canonical JSON: same spec, same bytes.
VIDGEN_EXPORT std::string to_json(const Spec& spec);
// Checks the schema and upgrades older versions.
VIDGEN_EXPORT Result<Spec> spec_from_json(std::string_view json);
// Lengths, counts and names that must hold for any spec, whoever wrote it (shots <= 60, seconds <= 600, …).
VIDGEN_EXPORT Status validate(const Spec& spec);

// Phase 1 by rules, without a language model: reads a prompt. Pure: same request and templates, same spec.
VIDGEN_EXPORT Result<Spec> spec_by_rules(const Request& request, const TemplateSet& templates);
// The prompt with control characters removed and white space folded; refuses what is under 10 or over 1000
// characters after that (Errc::input_refused, with the count).
VIDGEN_EXPORT Result<std::string> clean_prompt(std::string_view prompt);

VIDGEN_NAMESPACE_END
