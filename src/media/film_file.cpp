// SPDX-License-Identifier: Apache-2.0
#include "media/film_file.hpp"

#include <cstdint>

#include "base/try.hpp"

namespace vidgen::media {
namespace {
constexpr Samples kAhead = kSampleRate / 4;  // sound runs this far before the picture, so that players find both
constexpr Samples kAll = INT64_MAX;
}

Result<std::unique_ptr<FilmFile>> FilmFile::create(const std::string& path, Rational fps, Frames frames,
                                                   std::unique_ptr<Sound> sound) {
  std::unique_ptr<FilmFile> self(new FilmFile());
  const std::int64_t room = frames > 0 ? av::index_room_for(frames, sound ? sound->samples() : 0) : 0;
  VIDGEN_TRY(muxer, av::Muxer::create(path, room));
  self->muxer_ = std::move(muxer);
  self->sound_ = std::move(sound);
  self->fps_ = fps;
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
  if (sound_) {
    VIDGEN_TRY(stream, sound_->add_to(*muxer_));
    audio_stream_ = stream;
  }
  return muxer_->start();
}

Status FilmFile::write(AVPacket* packet, Frames at) {
  VIDGEN_CHECK(sound_until(sample_at(at, fps_) + kAhead));
  return muxer_->write(video_stream_, packet);
}

Status FilmFile::sound_until(Samples at) {
  while (audio_stream_ >= 0 && heard_ < at) {
    VIDGEN_TRY(packet, sound_->next());
    heard_ = packet ? av::end_of(*packet) : kAll;
    if (packet) VIDGEN_CHECK(muxer_->write(audio_stream_, packet));
  }
  return {};
}

Status FilmFile::finish() {
  VIDGEN_CHECK(sound_until(kAll));
  return muxer_->finish();
}

}  // namespace vidgen::media
