// SPDX-License-Identifier: Apache-2.0
// Templates: the data a film's structure comes from. Files of templates/, compiled in; a folder of the user's own
// overrides them by name.
//
// Thread-safety: values; TemplateSet is immutable once loaded and may be read from any thread.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "vidgen/error.hpp"
#include "vidgen/time.hpp"

VIDGEN_NAMESPACE_BEGIN

// A beat of the library or of a template, before it is scaled to a film. Texts hold the placeholders {product},
// {brand}, {style}, {setting}, {category}; a caption may also be "{line}", a line chosen by setting, category and mood.
struct BeatTemplate {
  BeatTemplate() = default;
  std::string name;     // "hero_shot"
  Rational start;       // seconds from the template's start
  Rational length;      // seconds
  std::string shot;     // one of kShots
  std::string action;   // "product_reveal"
  std::string camera;   // one of kCameras
  std::string prompt;   // what a clip model is asked to show
  std::string caption;  // what the film says in words here; empty: nothing
  std::string over;     // small line above the caption; empty: none
  std::string role;     // "opening", "middle" or "closing"
  std::string energy;   // "low", "medium" or "high"
};

struct TransitionTemplate {
  TransitionTemplate() = default;
  std::string kind = "cut";  // "cut" or a transition's name
  Rational length;           // seconds; 0 for a cut
};

struct AudioTemplate {
  AudioTemplate() = default;
  std::string style;  // a music style's name, as in `vidgen templates`
  std::string tempo;  // "slow", "moderate", "fast"
  std::string mood;
};

struct GradeTemplate {
  GradeTemplate() = default;
  std::string lut;        // a grade's name
  Rational contrast = 1;  // 1 leaves the picture alone
  Rational saturation = 1;
};

// A whole film's structure.
struct Template {
  Template() = default;
  std::string name;
  std::string title;  // for people
  std::string description;
  Rational duration;  // seconds
  Rational fps = 30;
  Size size{1920, 1080};
  std::string look;  // type and finish: "cinematic", "lifestyle", "minimal", "luxury", "pop"
  std::string bars;  // "" or an aspect such as "2.0"
  std::vector<BeatTemplate> beats;
  std::vector<TransitionTemplate> transitions;  // one between each pair of beats
  AudioTemplate audio;
  GradeTemplate grade;
};

// A narrative made of library beats.
struct Archetype {
  Archetype() = default;
  std::string name;
  std::string title;
  Rational shortest, longest;      // seconds
  std::vector<std::string> beats;  // names of library beats
  std::string energy;
  std::vector<std::string> narrative;
  std::vector<std::string> products;  // categories it suits
  std::vector<std::string> keywords;  // words of a prompt that ask for it
  std::string look, bars;
  std::vector<TransitionTemplate> transitions;
  AudioTemplate audio;
  GradeTemplate grade;
};

class TemplateSet {
 public:
  TemplateSet() = default;
  // The built-in ones, overridden by the *.json files of `folder` when it is not empty.
  VIDGEN_EXPORT static Result<TemplateSet> load(const std::string& folder = {});
  // Null when there is none of that name.
  VIDGEN_EXPORT const Template* find(const std::string& name) const;
  VIDGEN_EXPORT const Archetype* find_archetype(const std::string& name) const;
  VIDGEN_EXPORT const BeatTemplate* find_beat(const std::string& name) const;
  // A .cube file's text by the grade's name; null when there is none.
  VIDGEN_EXPORT const std::string* find_lut(const std::string& name) const;

  std::map<std::string, Template> templates;
  std::map<std::string, Archetype> archetypes;
  std::map<std::string, BeatTemplate> beats;
  std::map<std::string, std::string> luts;
};

VIDGEN_NAMESPACE_END
