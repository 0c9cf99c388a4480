// SPDX-License-Identifier: Apache-2.0
#include "pipeline/soundtrack.hpp"

#include "base/try.hpp"
#include "media/music/fit.hpp"
#include "plan/on_beat.hpp"

VIDGEN_NAMESPACE_BEGIN
namespace {

Error no_beat(const std::string& name) {
  return Error(Errc::input_refused,
               "no beat can be heard in " + name +
                   ", so the film cannot be cut to it: leave --cut-to-beat away, or give other music");
}

std::string count_of(int cuts) {
  return std::to_string(cuts) + (cuts == 1 ? " cut stays" : " cuts stay");
}

// Shots that would become too short keep their cut where it was.
void tell(Spec& spec, int stay) {
  if (stay > 0) spec.warnings.push_back(count_of(stay) + " off the beat: the shots beside would become too short");
}

void add_reason(Spec& spec, std::string field, std::string value, std::string why) {
  Reason r;
  r.field = std::move(field);
  r.value = std::move(value);
  r.why = std::move(why);
  spec.reasons.push_back(std::move(r));
}

std::vector<plan::MusicBeat> in_frames(const media::Beats& beats, Rational fps) {
  std::vector<plan::MusicBeat> out;
  for (std::size_t i = 0; i < beats.at.size(); ++i)
    out.emplace_back((Rational(beats.at[i]) / Rational(kSampleRate) * fps).round(), beats.bar[i]);
  return out;
}

Result<Spec> with_own_music(Spec spec, const Request& request, const std::string& path, const MediaLimits& limits,
                            std::stop_token stop) {
  VIDGEN_TRY(fitted, media::fit(path, sample_at(spec.frames, spec.fps), limits, std::move(stop)));
  spec.soundtrack.stretches = fitted.stretches;
  spec.soundtrack.gain = fitted.gain;
  for (const std::string& note : fitted.notes) spec.warnings.push_back(note);
  if (!request.cut_to_beat) return spec;
  if (fitted.beats.at.empty()) return no_beat("your music");
  const Rational bpm(static_cast<std::int64_t>(fitted.bpm * 10 + .5), 10);
  tell(spec, plan::cut_to(spec, in_frames(fitted.beats, spec.fps)));
  add_reason(spec, "beats", bpm.to_string() + " bpm", "the film is cut to the beat of your music");
  return spec;
}

}  // namespace

Status check_music(const std::string& path, const std::string& name, const Request& request) {
  auto heard = media::listen(path, MediaLimits(), 60 * kSampleRate);
  if (!heard) return heard.error();
  return request.cut_to_beat && !heard->has_beat() ? Status(no_beat(name)) : Status();
}

std::string own_music(const Request& request) {
  return request.music_file.rfind("sha256:", 0) == 0 ? std::string() : request.music_file;
}

Result<Spec> with_music(Spec spec, const Request& request, const std::string& path, const MediaLimits& limits,
                        std::stop_token stop) {
  if (!path.empty()) return with_own_music(std::move(spec), request, path, limits, std::move(stop));
  if (!request.music_file.empty()) return spec;
  const bool silent = spec.audio.style == "none";
  if (silent && (request.cut_to_beat || request.stems))
    return Error(Errc::invalid_argument, std::string("the prompt asks for a film without music: leave ") +
                                             (request.cut_to_beat ? "--cut-to-beat" : "--stems") +
                                             " away, or ask for music");
  if (!request.cut_to_beat) return spec;
  tell(spec, plan::cut_to_composed(spec));
  add_reason(spec, "audio.bpm", spec.audio.bpm.to_string(), "the film's cuts and the beat meet at this tempo");
  return spec;
}

VIDGEN_NAMESPACE_END
