// SPDX-License-Identifier: Apache-2.0
// check(): decodes a whole file and reports what a viewer would complain about.
#include <ebur128.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "av/audio_reader.hpp"
#include "av/scaler.hpp"
#include "av/video_reader.hpp"
#include "base/try.hpp"
#include "vidgen/media.hpp"

VIDGEN_NAMESPACE_BEGIN
namespace {

// A stretch in which something is so, reported when it lasts.
class Stretch {
 public:
  Stretch(std::string kind, Rational least) : kind_(std::move(kind)), least_(least) {}
  void see(bool is, Rational at, std::vector<Finding>& out, const std::string& detail) {
    if (is && !open_) from_ = at;
    if (!is && open_) end(at, out, detail);
    open_ = is;
  }
  void end(Rational at, std::vector<Finding>& out, const std::string& detail) {
    if (!open_ || at - from_ < least_) return;
    Finding f;
    f.kind = kind_;
    f.from = from_;
    f.to = at;
    f.detail = detail;
    out.push_back(std::move(f));
  }
  bool open() const { return open_; }

 private:
  std::string kind_;
  Rational least_, from_;
  bool open_ = false;
};

// Every fourth pixel of every fourth row tells enough.
struct Thumb {
  std::vector<std::uint8_t> luma;
  double mean = 0;
};

Thumb thumb_of(const av::Frame& frame) {
  Thumb t;
  const av::YuvPlanes p = frame.planes();
  std::int64_t sum = 0;
  for (int y = 0; y < p.height; y += 4)
    for (int x = 0; x < p.width; x += 4) {
      t.luma.push_back(p.data[0][static_cast<std::ptrdiff_t>(y) * p.stride[0] + x]);
      sum += t.luma.back();
    }
  t.mean = static_cast<double>(sum) / static_cast<double>(t.luma.size());
  return t;
}

double difference(const Thumb& a, const Thumb& b) {
  if (a.luma.size() != b.luma.size()) return 255;
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < a.luma.size(); ++i) sum += std::abs(int{a.luma[i]} - int{b.luma[i]});
  return static_cast<double>(sum) / static_cast<double>(a.luma.size());
}

const Rational kBlackSeconds(1, 2), kFrozenSeconds(1), kSilentSeconds(1);
constexpr double kBlackMean = 18, kStill = 0.02, kFlashStep = 60;

Status check_pictures(const std::string& path, const MediaLimits& limits, std::stop_token stop, CheckReport& report) {
  VIDGEN_TRY(reader, av::VideoReader::open(path, limits, stop));
  av::Normaliser normaliser;
  Stretch black("black", kBlackSeconds), frozen("frozen", kFrozenSeconds);
  Thumb last, before;
  Rational at, last_at;
  for (;; ++report.decoded) {
    if (stop.stop_requested()) return Error(Errc::cancelled, "checking was stopped");
    VIDGEN_TRY(picture, reader->next());
    if (!picture) break;
    at = Rational(picture->ticks) * reader->time_base();
    VIDGEN_TRY(frame, normaliser.run(picture->frame));
    Thumb now = thumb_of(frame);
    black.see(now.mean < kBlackMean, at, report.findings, "the picture is black");
    if (report.decoded > 0) frozen.see(difference(now, last) < kStill, at, report.findings, "the picture stands still");
    // One frame unlike both of its neighbours, which are like each other.
    if (report.decoded > 1 && std::fabs(last.mean - before.mean) > kFlashStep &&
        std::fabs(last.mean - now.mean) > kFlashStep && std::fabs(now.mean - before.mean) < kFlashStep / 4) {
      Finding f;
      f.kind = "flash";
      f.from = last_at;
      f.to = at;
      f.detail = "one frame is much brighter or darker than its neighbours";
      report.findings.push_back(std::move(f));
    }
    before = std::move(last);
    last = std::move(now);
    last_at = at;
  }
  black.end(report.info.seconds, report.findings, "the picture is black");
  frozen.end(report.info.seconds, report.findings, "the picture stands still");
  return {};
}

struct LoudnessDelete {
  void operator()(ebur128_state* s) const { ebur128_destroy(&s); }
};

Status check_sound(const std::string& path, const MediaLimits& limits, std::stop_token stop, CheckReport& report) {
  VIDGEN_TRY(reader, av::AudioReader::open(path, limits, stop));
  std::unique_ptr<ebur128_state, LoudnessDelete> meter(
      ebur128_init(2, kSampleRate, EBUR128_MODE_I | EBUR128_MODE_LRA | EBUR128_MODE_TRUE_PEAK));
  if (!meter) return Error(Errc::internal, "cannot measure loudness");
  Stretch silent("silence", kSilentSeconds);
  std::vector<float> block(2 * 4800);
  for (;;) {
    if (stop.stop_requested()) return Error(Errc::cancelled, "checking was stopped");
    VIDGEN_TRY(n, reader->read(block.data(), 4800));
    if (n == 0) break;
    float peak = 0;
    for (Samples i = 0; i < 2 * n; ++i) peak = std::max(peak, std::fabs(block[static_cast<std::size_t>(i)]));
    silent.see(peak < 0.0005f, Rational(report.decoded_samples, kSampleRate), report.findings, "no sound");
    ebur128_add_frames_float(meter.get(), block.data(), static_cast<std::size_t>(n));
    report.decoded_samples += n;
  }
  silent.end(Rational(report.decoded_samples, kSampleRate), report.findings, "no sound");
  double left = 0, right = 0;
  ebur128_loudness_global(meter.get(), &report.loudness);
  ebur128_loudness_range(meter.get(), &report.loudness_range);
  ebur128_true_peak(meter.get(), 0, &left);
  ebur128_true_peak(meter.get(), 1, &right);
  report.true_peak = 20 * std::log10(std::max({left, right, 1e-9}));
  return {};
}

void add(CheckReport& report, const char* kind, std::string detail) {
  Finding f;
  f.kind = kind;
  f.to = report.info.seconds;
  f.detail = std::move(detail);
  report.findings.push_back(std::move(f));
}

std::string tenths(double v) {
  const auto t = static_cast<long long>(std::llround(v * 10));
  return std::string(t < 0 ? "-" : "") + std::to_string(std::llabs(t) / 10) + "." + std::to_string(std::llabs(t) % 10);
}

void judge(CheckReport& r) {
  if (r.info.has_video && r.decoded != r.info.frames)
    add(r, "length", std::to_string(r.decoded) + " frames decode, the index says " + std::to_string(r.info.frames));
  if (r.info.has_video && r.info.has_audio) {
    const Rational gap = Rational(r.decoded_samples, kSampleRate) - r.info.seconds;
    if (gap > Rational(1, 10) || gap < Rational(-1, 10))
      add(r, "length", "sound and picture differ by " + tenths(gap.to_double()) + " seconds");
  }
  if (!r.info.has_audio || r.loudness == -HUGE_VAL) return;
  if (r.loudness > -9 || r.loudness < -30) add(r, "loudness", tenths(r.loudness) + " LUFS: films lie near -16");
  if (r.true_peak > 0) add(r, "peak", "true peak " + tenths(r.true_peak) + " dB: it may clip");
}

}  // namespace

Result<CheckReport> check(const std::string& path, const MediaLimits& limits, std::stop_token stop) {
  CheckReport report;
  VIDGEN_TRY(info, probe(path, limits));
  report.info = info;
  report.loudness = -HUGE_VAL;
  report.true_peak = -HUGE_VAL;
  if (info.has_video) VIDGEN_CHECK(check_pictures(path, limits, stop, report));
  if (info.has_audio) VIDGEN_CHECK(check_sound(path, limits, stop, report));
  judge(report);
  return report;
}

VIDGEN_NAMESPACE_END
