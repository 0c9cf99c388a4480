// SPDX-License-Identifier: Apache-2.0
#include "media/mixer.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/try.hpp"
#include "media/sources.hpp"

namespace vidgen::media {
namespace {

// Raised cosine: no corner at either end.
double ramp(double x) {
  return 0.5 - 0.5 * std::cos(std::numbers::pi * std::clamp(x, 0.0, 1.0));
}

double between_points(const std::vector<GainPoint>& points, Samples at) {
  if (points.empty()) return 1.0;
  if (at <= points.front().at) return points.front().gain;
  for (std::size_t i = 1; i < points.size(); ++i) {
    if (at > points[i].at) continue;
    const double span = static_cast<double>(points[i].at - points[i - 1].at);
    const double t = span > 0 ? static_cast<double>(at - points[i - 1].at) / span : 1.0;
    return points[i - 1].gain + (points[i].gain - points[i - 1].gain) * t;
  }
  return points.back().gain;
}

constexpr float kKnee = 0.8f, kRoom = 0.17f;

float limited(float x) {
  const float a = std::fabs(x);
  if (a <= kKnee) return x;
  return std::copysign(kKnee + kRoom * std::tanh((a - kKnee) / kRoom), x);
}

}  // namespace

float gain_at(const AudioItem& item, Samples end, Samples at) {
  double g = between_points(item.gain, at);
  if (item.fade_in > 0) g *= ramp((static_cast<double>(at - item.start) + 0.5) / static_cast<double>(item.fade_in));
  if (item.fade_out > 0) g *= ramp((static_cast<double>(end - at) - 0.5) / static_cast<double>(item.fade_out));
  return static_cast<float>(g);
}

Result<std::unique_ptr<Mixer>> Mixer::make(const Timeline& timeline, const AssembleOptions& options) {
  if (timeline.audio.empty()) return std::unique_ptr<Mixer>();
  auto self = std::make_unique<Mixer>();
  self->options_ = options;
  self->total_ = sample_at(timeline.frames, timeline.fps);
  for (const AudioItem& item : timeline.audio) {
    Voice voice;
    voice.item = item;
    VIDGEN_TRY(path, source_path(timeline, item.source, options));
    voice.path = path;
    voice.end = item.length > 0 ? item.start + item.length : self->total_;
    if (item.length == 0 && !item.loop) {  // a fade-out must know where the source ends
      VIDGEN_TRY(info, probe(path, options.limits));
      if (info.samples > 0)
        voice.end = std::min(voice.end, item.start + std::max<Samples>(0, info.samples - item.source_in));
    }
    voice.end = std::min(voice.end, self->total_);
    self->voices_.push_back(std::move(voice));
  }
  return self;
}

Status Mixer::open(Voice& voice, Samples from) {
  VIDGEN_TRY(reader, av::AudioReader::open(voice.path, options_.limits, options_.stop));
  voice.reader = std::move(reader);
  return voice.reader->skip(from);
}

// The voice's next pairs, going round when it loops; fewer only at its end.
Result<Samples> Mixer::pull(Voice& voice, float* out, Samples count) {
  Samples done = 0;
  bool fresh = false;
  while (done < count && !voice.ended) {
    VIDGEN_TRY(n, voice.reader->read(out + 2 * done, count - done));
    done += n;
    if (n > 0) fresh = false;
    if (done == count) break;
    if (!voice.item.loop || fresh) {
      voice.ended = true;
    } else {
      VIDGEN_CHECK(open(voice, voice.item.source_in));
      fresh = true;  // a source without a single sample must not loop for ever
    }
  }
  return done;
}

Status Mixer::add(Voice& voice, float* out, Samples count) {
  const Samples from = std::max(at_, voice.item.start), to = std::min(at_ + count, voice.end);
  if (from >= to || voice.ended) {
    if (at_ >= voice.end) voice.reader.reset();
    return {};
  }
  if (!voice.reader) VIDGEN_CHECK(open(voice, voice.item.source_in + (from - voice.item.start)));
  buffer_.resize(static_cast<std::size_t>(to - from) * 2);
  VIDGEN_TRY(n, pull(voice, buffer_.data(), to - from));
  for (Samples i = 0; i < n; ++i) {
    const float g = gain_at(voice.item, voice.end, from + i);
    float* o = out + 2 * (from - at_ + i);
    o[0] += buffer_[static_cast<std::size_t>(2 * i)] * g;
    o[1] += buffer_[static_cast<std::size_t>(2 * i + 1)] * g;
  }
  return {};
}

Result<Samples> Mixer::read(float* out, Samples count) {
  count = std::min(count, total_ - at_);
  std::fill(out, out + 2 * count, 0.0f);
  for (Voice& voice : voices_) VIDGEN_CHECK(add(voice, out, count));
  for (Samples i = 0; i < 2 * count; ++i) out[i] = limited(out[i]);
  at_ += count;
  return count;
}

}  // namespace vidgen::media
