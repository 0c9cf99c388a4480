// SPDX-License-Identifier: Apache-2.0
// The timeline of a Film, and the local steps that render it.
#include <algorithm>

#include "base/json.hpp"
#include "plan/assemble.hpp"
#include "plan/direction.hpp"
#include "plan/prompt.hpp"
#include "plan/schedule.hpp"
#include "plan/steps.hpp"

namespace vidgen::plan {
namespace {

using base::Json;

// Frames a second that one machine encodes at 1920x1080, by preset: only for the estimate of time.
int encode_rate(const std::string& preset) {
  if (preset == "ultrafast") return 180;
  if (preset == "superfast" || preset == "veryfast") return 75;
  return preset == "faster" || preset == "fast" ? 50 : 33;
}

Rational encode_seconds(Frames frames, Size size, const std::string& preset) {
  const std::int64_t pixels = std::int64_t{size.width} * size.height;
  const std::int64_t ms = frames * pixels / (1920 * 1080LL * encode_rate(preset) / 1000 + 1);
  return Rational(ms, 1000) + Rational(1, 20);
}

Json encode_value(const EncodeSettings& e) {
  Json j = Json::object();
  j.set("encoder", e.encoder).set("preset", e.preset).set("crf", e.crf).set("threads", e.threads);
  return j;
}

template <class T>
std::vector<T> rows_of(const std::vector<T>& all, const std::vector<int>& which) {
  std::vector<T> out;
  for (int i : which) out.push_back(all[static_cast<std::size_t>(i)]);
  return out;
}

// The part of a timeline that a segment shows.
Timeline slice_of(const Timeline& t, const Segment& s) {
  Timeline slice = t;
  slice.frames = s.length;
  slice.sources.clear();
  slice.audio.clear();
  slice.video = rows_of(t.video, s.items);
  slice.transitions = rows_of(t.transitions, s.transitions);
  slice.titles = rows_of(t.titles, s.titles);
  return slice;
}

// As JSON, by the timeline's own writer.
Json value_of(const Timeline& t) {
  return Json::parse(to_json(t)).value_or(Json::object());
}

// Everything that decides a segment's bytes besides its clips.
std::string segment_params(const Timeline& t, const Segment& s, const PlanOptions& options) {
  Json j = Json::object();
  j.set("start", s.start).set("length", s.length).set("slice", value_of(slice_of(t, s)));
  j.set("encode", encode_value(options.encode));
  if (!s.titles.empty()) j.set("title_version", options.title_version);
  if (!options.media_version.empty()) j.set("media_version", options.media_version);
  return j.dump();
}

std::string sound_params(const Timeline& t, const PlanOptions& options) {
  Timeline sound;
  sound.fps = t.fps;
  sound.audio = t.audio;
  Json j = Json::object();
  j.set("frames", t.frames).set("fps", t.fps).set("audio", value_of(sound)["audio"]);
  for (const TimelineSource& s : t.sources)
    if (!s.sha256.empty()) j.set("music_sha256", s.sha256);
  if (!options.media_version.empty()) j.set("media_version", options.media_version);
  if (options.encode.quick()) j.set("encode", encode_value(options.encode));
  return j.dump();
}

std::string master_params(const Timeline& t, const PlanOptions& options) {
  Json j = Json::object();
  j.set("frames", t.frames).set("fps", t.fps).set("size", t.size.to_string());
  if (!options.media_version.empty()) j.set("media_version", options.media_version);
  return j.dump();
}

// To the millisecond, so that a plan says it in few digits.
Rational in_ms(Rational seconds) {
  return Rational((seconds * Rational(1000)).round(), 1000);
}

std::vector<std::string> sources_of(const Timeline& t, const Segment& s) {
  std::vector<std::string> out;
  for (int i : s.items) {
    const std::string& id = t.video[static_cast<std::size_t>(i)].source;
    if (std::find(out.begin(), out.end(), id) == out.end()) out.push_back(id);
  }
  return out;
}

}  // namespace

void Film::lay_chain(std::size_t index) {
  const ChainLayout& c = draft_.chains[index];
  PlanChain chain;
  chain.first_beat = c.first_beat;
  chain.last_beat = c.last_beat;
  chain.start = c.start;
  chain.length = c.length;
  const std::vector<Shown> shown = show(c, spec_.fps);
  for (std::size_t k = 0; k < shown.size(); ++k) {
    const Shown& s = shown[k];
    chain.clips.push_back(static_cast<int>(plan_.clips.size()));
    PlanClip clip;
    clip.step = c.clips[k].step;
    clip.chain = static_cast<int>(index);
    clip.index = static_cast<int>(k);
    clip.start = s.start;
    clip.length = s.length;
    clip.seconds = c.clips[k].returned;
    clip.used = s.used;
    clip.handle = s.handle;
    clip.overlap = c.clips[k].overlap;
    clip.waste = s.waste;
    plan_.clips.push_back(std::move(clip));
    if (s.length == 0) continue;
    TimelineItem item;
    item.source = c.clips[k].step;
    item.start = s.start;
    item.length = s.length;
    item.source_in = s.source_in;
    item.speed = c.speed;
    item.hold = s.hold;
    item.label = draft_.beats[static_cast<std::size_t>(c.first_beat)].name;
    plan_.timeline.video.push_back(std::move(item));
    TimelineSource source;
    source.id = c.clips[k].step;
    plan_.timeline.sources.push_back(std::move(source));
  }
  plan_.chains.push_back(std::move(chain));
}

// A transition may not reach beyond the items beside it. Plans are made so that none does; what really came back may
// leave less room.
void Film::fit_transitions() {
  Timeline& t = plan_.timeline;
  std::vector<TimelineTransition> kept;
  Frames free_from = 0;
  for (TimelineTransition row : draft_.transitions) {
    const auto at =
        std::find_if(t.video.begin(), t.video.end(), [&](const TimelineItem& i) { return i.start == row.at; });
    if (at == t.video.end() || at == t.video.begin()) continue;
    const Frames before = row.at - std::max((at - 1)->start, free_from), after = at->length;
    Frames frames = row.frames;
    while (frames > 0 && (frames / 2 > before || frames - frames / 2 > after)) --frames;
    if (frames < row.frames)
      plan_.notes.push_back("the " + row.kind + " at frame " + std::to_string(row.at) + " lasts " +
                            std::to_string(frames) + " frames in place of " + std::to_string(row.frames));
    row.frames = frames;
    if (frames == 0) continue;
    free_from = row.at - frames / 2 + frames;
    kept.push_back(std::move(row));
  }
  t.transitions = std::move(kept);
}

void Film::add_audio() {
  Timeline& t = plan_.timeline;
  const Samples all = sample_at(spec_.frames, spec_.fps);
  AudioItem item;
  TimelineSource source;
  item.length = all;
  if (!options_.music_file_sha.empty()) {
    source.id = "music_file";
    source.sha256 = options_.music_file_sha;
    if (!spec_.soundtrack.stretches.empty()) return add_fitted(source);
    item.loop = true;
  } else {
    source.id = "music";
    // The embedded composer writes to the sample and ends by itself.
    const Rational film = seconds_at(spec_.frames, spec_.fps);
    if (is_hosted(*music_) && music_->clip_seconds(film) < film) return add_repeated(source, music_->clip_seconds(film));
  }
  const bool exact = source.id == "music" && !is_hosted(*music_);
  if (!exact) item.fade_out = std::min<Samples>(3 * kSampleRate / 2, all / 4);
  item.source = source.id;
  t.sources.push_back(std::move(source));
  t.audio.push_back(std::move(item));
}

// The user's music, as it was fitted.
void Film::add_fitted(const TimelineSource& source) {
  plan_.timeline.sources.push_back(source);
  for (const MusicStretch& s : spec_.soundtrack.stretches) {
    AudioItem item;
    item.source = source.id;
    item.start = s.start;
    item.length = s.length;
    item.source_in = s.source_in;
    item.fade_in = s.fade_in;
    item.fade_out = s.fade_out;
    if (spec_.soundtrack.gain != Rational(1)) item.gain.emplace_back(0, spec_.soundtrack.gain.to_double());
    plan_.timeline.audio.push_back(std::move(item));
  }
}

// Music that is shorter than the film: whole bars of it, one after the other, crossing over two beats.
void Film::add_repeated(const TimelineSource& source, Rational seconds) {
  const Samples all = sample_at(spec_.frames, spec_.fps);
  const Samples beat = kSampleRate * 60 / music_bpm(spec_.audio), bar = 4 * beat;
  const Samples there = (seconds * Rational(kSampleRate)).round();
  const Samples use = there >= 2 * bar ? there / bar * bar : there, cross = std::min(2 * beat, use / 4);
  plan_.timeline.sources.push_back(source);
  for (Samples start = 0;; start += use - cross) {
    AudioItem item;
    item.source = source.id;
    item.start = start;
    const bool last = start + use >= all;
    item.length = last ? all - start : use;
    item.fade_in = start > 0 ? std::min(cross, item.length) : 0;
    item.fade_out = last ? std::min<Samples>(3 * kSampleRate / 2, item.length / 4) : cross;
    plan_.timeline.audio.push_back(item);
    if (last) return;
  }
}

void Film::lay_out(bool music) {
  Timeline& t = plan_.timeline;
  plan_.chains.clear();
  plan_.clips.clear();
  t = Timeline();
  t.fps = spec_.fps;
  t.size = size_;
  t.frames = spec_.frames;
  t.fps_mode = options_.fps_mode;
  for (std::size_t i = 0; i < draft_.chains.size(); ++i) lay_chain(i);
  fit_transitions();
  if (!options_.music_file_sha.empty() || (music_ && music)) add_audio();
  if (options_.captions) t.titles = titles_of(spec_, draft_.beats, t.transitions, size_);
  t.grade = options_.grade.empty() ? spec_.grade.lut : options_.grade == "none" ? "" : options_.grade;
  t.contrast = spec_.grade.contrast;
  t.saturation = spec_.grade.saturation;
  t.finish = finish_of(spec_, size_);
}

// Encoded as soon as it can be mixed: at the end, when all else waits for it, one core would work.
std::string Film::render_sound() {
  const Timeline& t = plan_.timeline;
  std::vector<std::string> music;
  if (t.audio.front().source == "music") music.push_back("music");
  Step sound = new_step("sound", "sound", 5, sound_params(t, options_), std::move(music));
  sound.seconds = in_ms(Rational(1, 5) + seconds_at(t.frames, t.fps) / Rational(80));
  sound.label = "the film's sound";
  return add_step(plan_, std::move(sound));
}

std::string Film::render_segments(std::vector<std::string>& ids) {
  const Timeline& t = plan_.timeline;
  const std::vector<Segment> segments = segments_of(t);
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const Segment& s = segments[i];
    Step step = new_step(numbered("seg", i), "segment", 5, segment_params(t, s, options_), sources_of(t, s));
    step.resource = "encode";
    step.seconds = encode_seconds(s.length, t.size, options_.encode.preset) * Rational(options_.segments_at_once);
    step.label = "frames " + std::to_string(s.start) + " to " + std::to_string(s.start + s.length - 1);
    ids.push_back(add_step(plan_, std::move(step)));
  }
  if (!t.audio.empty()) ids.push_back(render_sound());
  Step master = new_step("master", "master", 5, master_params(t, options_), ids);
  master.seconds = in_ms(Rational(1) + seconds_at(t.frames, t.fps) / Rational(80));
  master.label = "the finished film";
  return add_step(plan_, std::move(master));
}

void Film::add_rendering() {
  std::vector<std::string> inputs;
  const std::string master = render_segments(inputs);
  inputs = {master};
  // A clip that the film does not show is there for another that continues from it, and is not delivered.
  const auto shown = [this](const Step& s) {
    return std::any_of(plan_.clips.begin(), plan_.clips.end(), [&](const PlanClip& c) { return c.step == s.id; });
  };
  for (std::string_view kind : {"clip", "keyframe", "reference"})
    for (const Step& s : plan_.steps)
      if (s.kind == kind && (kind != "clip" || shown(s))) inputs.push_back(s.id);
  Step last = new_step("export", "export", 6, "{}", std::move(inputs));
  last.seconds = Rational(1, 2);
  last.label = "delivery";
  add_step(plan_, std::move(last));
  total(plan_);
  Slots slots{{"encode", options_.segments_at_once}, {"cpu", 2}};
  for (const ModelProfile* m :
       {static_cast<const ModelProfile*>(&video_), static_cast<const ModelProfile*>(&image_), music_})
    if (m) slots["provider:" + m->provider] = std::max(1, m->concurrency);
  slots["provider:" + video_.provider] = std::max(1, video_.concurrency);
  schedule(plan_, slots);
}

}  // namespace vidgen::plan
