// SPDX-License-Identifier: Apache-2.0
// The media engine alone: facts of a file, its quality, and a timeline rendered to a film. No subprocess, no network,
// no file but those named. Media files are hostile input: only listed containers and codecs are opened, within limits.
//
// Thread-safety: all functions may be called from any thread at once; they block. Cancellation: through
// std::stop_token, within a few frames; the half-written output is removed and the error is Errc::cancelled.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "vidgen/timeline.hpp"

VIDGEN_NAMESPACE_BEGIN

// What an input may be at most. Beyond it: Errc::media_limit.
struct MediaLimits {
  MediaLimits() = default;
  std::int64_t max_pixels = 4096LL * 4096;
  int max_streams = 8;
  Rational max_seconds = 3600;
  std::int64_t max_bytes = 2LL << 30;
};

struct MediaInfo {
  MediaInfo() = default;
  std::string container;  // "mov,mp4"
  std::int64_t bytes = 0;
  bool has_video = false, has_audio = false;
  std::string video_codec, pixel_format;
  Size size;         // as shown: after rotation
  int rotation = 0;  // clockwise degrees: 0, 90, 180, 270
  Rational fps;      // average
  bool variable_rate = false;
  Frames frames = 0;  // decoded count when `exact`, else by the index
  Rational seconds;   // of the video, or of the audio when there is none
  std::string audio_codec;
  int channels = 0, sample_rate = 0;
  Samples samples = 0;  // a channel, at 48 kHz, edit list applied
  std::string color;    // "bt709 limited"
};

// Errc::media_invalid, media_unsupported, media_limit or file_missing.
VIDGEN_EXPORT Result<MediaInfo> probe(const std::string& path, const MediaLimits& limits = MediaLimits());

struct Finding {
  Finding() = default;
  std::string kind;   // "black", "frozen", "flash", "silence", "length", "loudness", "peak"
  Rational from, to;  // seconds
  std::string detail;
};

struct CheckReport {
  CheckReport() = default;
  MediaInfo info;
  Frames decoded = 0;
  Samples decoded_samples = 0;
  double loudness = 0;        // LUFS, integrated; -HUGE_VAL when silent or without sound
  double loudness_range = 0;  // LU
  double true_peak = 0;       // dBTP
  std::vector<Finding> findings;
};

// Decodes the whole file and reports what a viewer would complain about.
VIDGEN_EXPORT Result<CheckReport> check(const std::string& path, const MediaLimits& limits = MediaLimits(),
                                        std::stop_token stop = {});

// As `vidgen probe --json` and `vidgen check --json` give them: what a file does not have is left out. A report is its
// info's members and "decoded_frames", "decoded_samples", "loudness_lufs", "loudness_range_lu", "true_peak_dbtp" and
// "findings"; silence has no loudness.
VIDGEN_EXPORT std::string to_json(const MediaInfo& info);
VIDGEN_EXPORT std::string to_json(const CheckReport& report);

// ---- words in the picture

// A picture to lay over a frame: premultiplied BGRA, rows of `stride` bytes. Immutable once published.
struct Bitmap {
  Bitmap() = default;
  int width = 0, height = 0, stride = 0;
  std::vector<std::uint8_t> pixels;
};

struct Sprite {
  Sprite() = default;
  std::shared_ptr<const Bitmap> bitmap;  // the same pointer means the same pixels: renderers may cache by it
  int x = 0, y = 0;                      // of its top left corner, pixels of the frame; may lie outside
  double alpha = 1.0;
  // Rows of the frame outside [clip_top, clip_bottom) are left alone (lines that rise behind a mask).
  int clip_top = 0, clip_bottom = 1 << 30;
};

// One title, laid out for one frame size.
class VIDGEN_EXPORT TitleLayer {
 public:
  virtual ~TitleLayer() = default;
  // What to lay on frame `n` of the title (0 = its first), bottom first. Called from one thread at a time.
  virtual std::vector<Sprite> frame(Frames n) = 0;
};

class VIDGEN_EXPORT TitleRenderer {
 public:
  virtual ~TitleRenderer() = default;
  // Lays a title out. Errc::font_missing when no font has the glyphs. May be called from any thread.
  virtual Result<std::unique_ptr<TitleLayer>> layout(const Title& title, Size frame, Rational fps) = 0;
  // Changes whenever its output does; part of the keys of segments.
  virtual std::string version() const = 0;
};

// ---- assembling

struct EncodeSettings {
  EncodeSettings() = default;
  std::string encoder;  // names in order of preference, by commas; empty: libx264, else another H.264 encoder
  std::string preset = "veryfast";
  int crf = 20;
  int threads = 0;  // 0: as many as the machine has; the bytes differ with the count
  // As for a draft: the film's sound, too, is encoded in the least time, with a little more noise.
  bool quick() const { return preset == "ultrafast"; }
  bool operator==(const EncodeSettings&) const = default;
};

// draft, standard and final as numbers; `preset` and `crf` of the request win.
VIDGEN_EXPORT EncodeSettings encode_settings(const Request& request);

struct AssembleProgress {
  AssembleProgress() = default;
  Frames done = 0, total = 0;
};

struct AssembleOptions {
  AssembleOptions() = default;
  EncodeSettings encode;
  MediaLimits limits;
  std::string grade_text;  // text of a .cube file; wins over timeline.grade
  std::function<Result<std::string>(const std::string& grade)> find_grade;  // name -> .cube text
  std::function<Result<std::string>(const TimelineSource&)> find_source;    // -> path; unset: source.path
  std::shared_ptr<TitleRenderer> titles;                                    // needed when the timeline has titles
  // Take the pictures as they are: only whole clips of one codec, size and rate, joined by cuts. What needs new
  // pictures is Errc::unsupported. The sound is encoded once, as always.
  bool copy = false;
  std::function<void(const AssembleProgress&)> progress;  // from the rendering thread, at most 10 a second
  std::stop_token stop;
};

// Options that find what timelines name: the built-in grades and .cube files by path, and the embedded backend's type
// renderer, which is loaded by the first title. Errc::template_invalid: a damaged file of `template_folder`.
VIDGEN_EXPORT Result<AssembleOptions> assemble_options(const EncodeSettings& encode,
                                                       const std::string& template_folder = {});

struct AssembleReport {
  AssembleReport() = default;
  Frames frames = 0;
  Samples samples = 0;
  std::string encoder;
  std::vector<std::string> notes;
};

// Renders a timeline to an .mp4 file: H.264 and AAC, BT.709 limited, index at the front. The file appears under its
// name only when it is whole and its packet index and joins were checked (Errc::verify_failed otherwise).
VIDGEN_EXPORT Result<AssembleReport> assemble(const Timeline& timeline, const std::string& out,
                                              const AssembleOptions& options);

// A timeline for clips laid end to end: each whole, `transition` between each pair ("cut" or "fade:0.5"). Transitions
// overlap the clips, as people expect when they join files: the film is shorter by their sum.
VIDGEN_EXPORT Result<Timeline> timeline_of_clips(const std::vector<std::string>& paths, std::string_view transition,
                                                 Size size, Rational fps, FpsMode mode);

// Lays music under the whole film, faded at both ends; a file that is shorter ends earlier.
VIDGEN_EXPORT void add_music(Timeline& timeline, const std::string& path, Samples fade_in = kSampleRate / 20,
                             Samples fade_out = 2 * kSampleRate);

// Lays music under the whole film so that it fits: it starts with its first bar and ends with the film at a bar line,
// faded; a file that is shorter is looped at bars, crossing where the waves agree; its loudness is that of composed music.
// A file without a beat that can be heard is trimmed and looped by time. What was done, in words. Errc::input_refused:
// silent or shorter than a second; the errors of probe().
VIDGEN_EXPORT Result<std::vector<std::string>> fit_music(Timeline& timeline, const std::string& path,
                                                         const MediaLimits& limits = MediaLimits(),
                                                         std::stop_token stop = {});

struct TransitionRow {
  std::string_view name;
  std::string_view what;
};
// All transitions, in the order of their names.
VIDGEN_EXPORT const std::vector<TransitionRow>& transition_rows();

VIDGEN_NAMESPACE_END
