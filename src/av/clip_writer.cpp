// SPDX-License-Identifier: Apache-2.0
#include "av/clip_writer.hpp"

#include <unistd.h>

#include <algorithm>

#include "av/audio_encoder.hpp"
#include "av/muxer.hpp"
#include "av/video_encoder.hpp"
#include "base/try.hpp"

namespace vidgen::av {

ClipOptions::ClipOptions() {
  encode.preset = "ultrafast";
  encode.crf = 14;
  encode.threads = 1;
}

ClipWriter::ClipWriter() = default;

Result<std::unique_ptr<ClipWriter>> ClipWriter::create(const std::string& path, Size size, Rational fps,
                                                       const ClipOptions& options) {
  std::unique_ptr<ClipWriter> self(new ClipWriter());
  VIDGEN_TRY(video, VideoEncoder::open(size, fps, options.encode));
  VIDGEN_TRY(muxer, Muxer::create(path, 0));
  self->path_ = path;
  VIDGEN_TRY(stream, muxer->add(video->raw(), Rational(1) / fps));
  self->video_stream_ = stream;
  if (options.sound > 0) {
    VIDGEN_TRY(audio, AudioEncoder::open());
    VIDGEN_TRY(second, muxer->add(audio->raw(), Rational(1, kSampleRate)));
    self->audio_ = std::move(audio);
    self->audio_stream_ = second;
  }
  VIDGEN_CHECK(muxer->start());
  self->pool_ = std::make_unique<FramePool>(size.width, size.height);
  self->video_ = std::move(video);
  self->muxer_ = std::move(muxer);
  self->packet_ = make_packet();
  return self;
}

ClipWriter::~ClipWriter() {
  muxer_.reset();
  if (!finished_ && !path_.empty()) ::unlink(path_.c_str());
}

Status ClipWriter::write(const YuvPlanes& planes) {
  Frame frame = pool_->make();
  copy_planes(planes, frame.planes());
  VIDGEN_CHECK(video_->send(frame));
  ++frames_;
  return drain();
}

Status ClipWriter::drain() {
  for (;;) {
    VIDGEN_TRY(more, video_->receive(packet_.get()));
    if (!more) return {};
    VIDGEN_CHECK(muxer_->write(video_stream_, packet_.get()));
  }
}

Status ClipWriter::write_sound(const float* pairs, Samples count) {
  sound_.insert(sound_.end(), pairs, pairs + 2 * count);
  const auto block = static_cast<std::size_t>(audio_->frame_size());
  while (sound_.size() >= 2 * block) VIDGEN_CHECK(send_sound(block));
  return {};
}

Status ClipWriter::send_sound(std::size_t count) {
  VIDGEN_CHECK(audio_->send(sound_.data(), static_cast<int>(count)));
  sound_.erase(sound_.begin(), sound_.begin() + static_cast<std::ptrdiff_t>(2 * count));
  return drain_sound();
}

Status ClipWriter::drain_sound() {
  for (;;) {
    VIDGEN_TRY(more, audio_->receive(packet_.get()));
    if (!more) return {};
    VIDGEN_CHECK(muxer_->write(audio_stream_, packet_.get()));
  }
}

Status ClipWriter::finish() {
  VIDGEN_CHECK(video_->send_end());
  VIDGEN_CHECK(drain());
  if (audio_) {
    if (!sound_.empty()) VIDGEN_CHECK(send_sound(sound_.size() / 2));
    VIDGEN_CHECK(audio_->send_end());
    VIDGEN_CHECK(drain_sound());
  }
  VIDGEN_CHECK(muxer_->finish());
  finished_ = true;
  return {};
}

}  // namespace vidgen::av
