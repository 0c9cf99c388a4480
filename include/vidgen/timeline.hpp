// SPDX-License-Identifier: Apache-2.0
// Timeline: the film in integer master frames and integer samples, "vidgen.timeline/1". What `assemble` renders.
//
// Intervals are half-open: an item covers [start, start + length). Items of the video track are contiguous: the first
// starts at 0, each starts where the one before ends, the last ends at `frames`. A transition of n frames on boundary b
// covers [b - floor(n/2), b + n - floor(n/2)); over it both neighbours show material beyond their own interval
// (handles), at the same source rate. Unknown keys are kept under `ext`.
//
// Thread-safety: values.
#pragma once

#include <string>
#include <vector>

#include "vidgen/request.hpp"
#include "vidgen/time.hpp"

VIDGEN_NAMESPACE_BEGIN

// How a picture of another aspect fills the frame.
enum class Fit { fit, fill, blur };  // bars, crop, blurred fill

struct TimelineSource {
  TimelineSource() = default;
  std::string id;      // unique in the timeline
  std::string path;    // a file; relative ones count from the timeline's folder
  std::string sha256;  // of its bytes when it lies in a store; else empty
  bool operator==(const TimelineSource&) const = default;
};

struct TimelineItem {
  TimelineItem() = default;
  std::string source;  // a TimelineSource's id
  Frames start = 0;    // master frames
  Frames length = 0;
  Rational source_in;  // seconds of the source shown at `start`
  Rational speed = 1;  // source seconds a film second
  Fit fit = Fit::blur;
  std::string grade;  // overrides the timeline's; "none": no grade
  Frames hold = 0;    // the last `hold` frames repeat the frame before them (the source ran out)
  std::string label;
  bool operator==(const TimelineItem&) const = default;
};

struct TimelineTransition {
  TimelineTransition() = default;
  std::string kind = "fade";  // a transition's name
  Frames at = 0;              // the boundary it stands on
  Frames frames = 0;
  bool operator==(const TimelineTransition&) const = default;
};

struct GainPoint {
  GainPoint() = default;
  GainPoint(Samples a, double g) : at(a), gain(g) {}
  Samples at = 0;     // from the film's start
  double gain = 1.0;  // linear between points
  bool operator==(const GainPoint&) const = default;
};

struct AudioItem {
  AudioItem() = default;
  std::string source;
  Samples start = 0;   // on the film's clock
  Samples length = 0;  // 0: to the film's end or the source's, whichever comes first
  Samples source_in = 0;
  bool loop = false;  // repeats the source until `length`
  Samples fade_in = 0, fade_out = 0;
  std::vector<GainPoint> gain;
  bool operator==(const AudioItem&) const = default;
};

// Words in the picture. Drawn by the TitleRenderer of the pipeline's Config.
struct Title {
  Title() = default;
  Frames start = 0, length = 0;
  std::string role = "caption";    // "title", "caption", "end_card"
  std::string text;                // lines by '\n'
  std::string over;                // small line above
  std::string brand;               // end card
  std::string action;              // end card's pill
  std::string look;                // cinematic, lifestyle, minimal, luxury, pop
  std::string place;               // "left", "right", "left_third", "right_third", "centre", "top", "bottom"
  std::string ink, accent, scrim;  // #rrggbb
  std::string mark;                // end card's mark: a category or empty
  std::string bars;                // the finish's bars, set by whoever lays it out; not part of the JSON
  bool operator==(const Title&) const = default;
};

struct Finish {
  Finish() = default;
  double grain = 0;  // sigma of 255 on luma, laid on at the film's size
  std::string bars;  // "" or "2.0": black above and below, over picture and grain, under type
  bool operator==(const Finish&) const = default;
};

struct Timeline {
  Timeline() = default;
  std::string schema = "vidgen.timeline/1";
  Rational fps = 30;
  Size size{1920, 1080};
  Frames frames = 0;
  FpsMode fps_mode = FpsMode::duplicate;
  std::vector<TimelineSource> sources;
  std::vector<TimelineItem> video;
  std::vector<TimelineTransition> transitions;
  std::vector<AudioItem> audio;
  std::vector<Title> titles;
  std::string grade;  // a grade's name or a .cube path; empty: none
  Rational contrast = 1, saturation = 1;
  Finish finish;
  std::string ext;  // unknown keys, one JSON object
  bool operator==(const Timeline&) const = default;
};

// A run of master frames that is encoded on its own. It needs the sources of its items only, so it can be rendered
// while others are still being made.
struct Segment {
  Segment() = default;
  Frames start = 0, length = 0;
  std::vector<int> items;        // indices into Timeline::video whose pictures it shows, ascending
  std::vector<int> transitions;  // indices into Timeline::transitions that lie in it
  std::vector<int> titles;       // indices into Timeline::titles that it shows a part of
  bool operator==(const Segment&) const = default;
};

// Cuts a valid timeline where items meet without a transition and where transitions begin and end, never inside one.
// Runs under 8 frames are merged into a neighbour. Contiguous, in order, together the whole film.
VIDGEN_EXPORT std::vector<Segment> segments_of(const Timeline& timeline);

VIDGEN_EXPORT std::string to_json(const Timeline& timeline);
VIDGEN_EXPORT Result<Timeline> timeline_from_json(std::string_view json);
VIDGEN_EXPORT Status validate(const Timeline& timeline);

// Captions of a film of `frames` frames from the text of a SubRip (.srt) or WebVTT file, UTF-8: marks such as <i> are
// dropped, one caption shows at a time, what lies after the end is left out. Errc::timeline_invalid with the line.
VIDGEN_EXPORT Result<std::vector<Title>> captions_from_subtitles(std::string_view text, Rational fps, Frames frames);

VIDGEN_NAMESPACE_END
