// SPDX-License-Identifier: Apache-2.0
#include "media/film_file.hpp"

#include "base/try.hpp"

namespace vidgen::media {
namespace {
constexpr Samples kAhead = kSampleRate / 4;  // sound runs this far before the picture, so that players find both
}

Result<std::unique_ptr<FilmFile>> FilmFile::create(const std::string& path, Rational fps, Frames frames,
                                                   std::unique_ptr<Mixer> mixer, bool draft) {
  std::unique_ptr<FilmFile> self(new FilmFile());
  const std::int64_t room = frames > 0 ? av::index_room_for(frames, mixer ? mixer->total() : 0) : 0;
  VIDGEN_TRY(muxer, av::Muxer::create(path, room));
  self->muxer_ = std::move(muxer);
  self->mixer_ = std::move(mixer);
  self->fps_ = fps;
  self->draft_ = draft;
  self->packet_ = av::make_packet();
  return self;
}

Status FilmFile::start(const AVCodecContext* encoder) {
  VIDGEN_TRY(stream, muxer_->add(encoder, Rational(1) / fps_));
  video_stream_ = stream;
  return start_sound();
}

Status FilmFile::start(const AVCodecParameters* parameters) {
  VIDGEN_TRY(stream, muxer_->add(parameters, Rational(1) / fps_));
  video_stream_ = stream;
  return start_sound();
}

Status FilmFile::start_sound() {
  if (mixer_) {
    VIDGEN_TRY(encoder, av::AudioEncoder::open(draft_));
    audio_ = std::move(encoder);
    VIDGEN_TRY(stream, muxer_->add(audio_->raw(), Rational(1, kSampleRate)));
    audio_stream_ = stream;
    block_.resize(static_cast<std::size_t>(audio_->frame_size()) * 2);
  }
  return muxer_->start();
}

Status FilmFile::write(AVPacket* packet, Frames at) {
  if (audio_) VIDGEN_CHECK(sound_until(sample_at(at, fps_) + kAhead));
  return muxer_->write(video_stream_, packet);
}

Status FilmFile::sound_until(Samples at) {
  while (mixer_->done() < at && mixer_->done() < mixer_->total()) {
    VIDGEN_TRY(n, mixer_->read(block_.data(), audio_->frame_size()));
    VIDGEN_CHECK(audio_->send(block_.data(), static_cast<int>(n)));
    VIDGEN_CHECK(drain_sound());
  }
  return {};
}

Status FilmFile::drain_sound() {
  for (;;) {
    VIDGEN_TRY(more, audio_->receive(packet_.get()));
    if (!more) return {};
    VIDGEN_CHECK(muxer_->write(audio_stream_, packet_.get()));
  }
}

Status FilmFile::finish() {
  if (audio_) {
    VIDGEN_CHECK(sound_until(mixer_->total()));
    VIDGEN_CHECK(audio_->send_end());
    VIDGEN_CHECK(drain_sound());
  }
  return muxer_->finish();
}

}  // namespace vidgen::media
