// SPDX-License-Identifier: Apache-2.0
// Plan: the graph of steps that makes a film, "vidgen.plan/1", with what it costs and how long it takes. Made by a pure
// function; the same spec, models and options give the same bytes.
//
// Thread-safety: values.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "vidgen/model.hpp"
#include "vidgen/spec.hpp"
#include "vidgen/timeline.hpp"

VIDGEN_NAMESPACE_BEGIN

enum class OnFailure { fail, degrade, ask };

// One node of the graph. Plain data: what `kind` means is a StepKind's business (phase.hpp).
struct Step {
  Step() = default;
  std::string id;                   // unique in the plan: "clip_03"
  std::string kind;                 // "clip"
  int version = 1;                  // of the kind's key recipe
  int phase = 0;                    // 1 to 6
  std::string params;               // canonical JSON: the step's own logical inputs
  std::vector<std::string> inputs;  // ids of the steps whose results it takes, in order
  std::string key;                  // hex SHA-256 of kind, version, params and the inputs' keys
  std::string resource = "cpu";     // "cpu", "encode", or "provider:<name>"
  Money least, likely, most;        // price
  Rational seconds;                 // likely wall time
  OnFailure on_failure = OnFailure::fail;
  std::string label;  // for people: "clip 3 of 6: lifestyle_context"
  bool operator==(const Step&) const = default;
};

// One video that a model returns.
struct PlanClip {
  PlanClip() = default;
  std::string step;              // the step that makes it
  int chain = 0;                 // index of its chain
  int index = 0;                 // place in the chain
  Frames start = 0, length = 0;  // the master frames it shows, without handles
  Rational seconds;              // what is bought
  Rational used;                 // seconds shown outside transitions
  Rational handle;               // seconds shown inside transitions only
  Rational overlap;              // seconds that repeat the predecessor's last frame
  Rational waste;                // seconds bought and never shown
  bool operator==(const PlanClip&) const = default;
};

struct PlanChain {
  PlanChain() = default;
  int first_beat = 0, last_beat = 0;  // inclusive
  Frames start = 0, length = 0;
  std::vector<int> clips;  // indices into Plan::clips
  bool operator==(const PlanChain&) const = default;
};

// What becomes of a film when one of its shots is made again. `cascade`: the clip, and all that continue from it, are made
// again. `pin`: a new clip between the frames that its neighbours end and begin with; the model has to take a last frame.
// `cut`: the clip alone; where the next one continued from it there is a cut, and that one stays.
enum class RedoMode { cascade, pin, cut };
VIDGEN_EXPORT std::string_view to_string(RedoMode mode);
VIDGEN_EXPORT Result<RedoMode> parse_redo_mode(std::string_view text);

// One take of a clip: one way in which it was ordered, with a key of its own. Listed once a clip has more than one; the
// film shows the one whose step stands in Plan::clips.
struct PlanTake {
  PlanTake() = default;
  std::string clip;         // the step of its first take, which names the clip: "clip_03"
  int take = 1;             // counted within the clip
  std::string how;          // "planned", "cascade", "pin", "cut", or "follows": remade after one before it
  std::vector<Step> steps;  // the take's own last; before it what it continues, down to the chain's start
  bool operator==(const PlanTake&) const = default;
};

struct Plan {
  Plan() = default;
  std::string schema = "vidgen.plan/1";
  int revision = 0;         // how many times it was amended or a shot of it redone
  std::string spec_source;  // "rules" or "llm"
  std::string model, image_model, music_model;
  std::string continuity;
  Frames frames = 0;
  Rational fps = 30;
  std::vector<PlanChain> chains;
  std::vector<PlanClip> clips;
  std::vector<Step> steps;                        // inputs stand before the steps that take them
  Timeline timeline;                              // sources are step ids
  std::vector<std::string> replaced_transitions;  // template transitions that a chain goes straight through
  std::vector<PlanTake> takes;                    // of clips that were made again
  std::vector<MeasuredLength> measured;           // what was counted on instead of the clip model's row
  std::vector<std::string> notes;
  Money least, likely, most;
  Rational eta;  // seconds along the critical path
  std::vector<std::string> critical_path;
  Rational waste;  // seconds of clip bought and never shown
  bool operator==(const Plan&) const = default;

  const Step* find(std::string_view id) const {
    for (const Step& s : steps)
      if (s.id == id) return &s;
    return nullptr;
  }
};

VIDGEN_EXPORT std::string to_json(const Plan& plan);
VIDGEN_EXPORT Result<Plan> plan_from_json(std::string_view json);

VIDGEN_NAMESPACE_END
