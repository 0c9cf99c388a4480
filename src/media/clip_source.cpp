// SPDX-License-Identifier: Apache-2.0
#include "media/clip_source.hpp"

#include "base/try.hpp"

namespace vidgen::media {
namespace {
// Seeking pays when more than this would be decoded for nothing.
const Rational kSeekFrom(3, 2);
}  // namespace

Result<std::unique_ptr<ClipSource>> ClipSource::open(const std::string& path, const MediaLimits& limits,
                                                     std::stop_token stop) {
  VIDGEN_TRY(reader, av::VideoReader::open(path, limits, std::move(stop)));
  return std::unique_ptr<ClipSource>(new ClipSource(std::move(reader)));
}

bool ClipSource::reaches(Rational seconds) const {
  return !current_ || reader_->at_or_before(current_->ticks, seconds);
}

Rational ClipSource::fps() const {
  return reader_->average_fps();
}

// The first picture: from the key frame before `seconds` when that is far in, else from the file's start.
Status ClipSource::start(Rational seconds) {
  if (seconds >= kSeekFrom && reader_->seek(seconds)) {
    VIDGEN_TRY(first, reader_->next());
    if (first && reader_->at_or_before(first->ticks, seconds)) {
      current_ = std::move(first);
      return {};
    }
    VIDGEN_CHECK(reader_->seek(0));  // the index lied
  }
  VIDGEN_TRY(first, reader_->next());
  if (!first) return Error(Errc::media_invalid, reader_->demuxer().path() + " has no pictures");
  current_ = std::move(first);
  return {};
}

Status ClipSource::advance(Rational seconds) {
  if (!current_) VIDGEN_CHECK(start(seconds));
  for (;;) {
    if (!next_ && !ended_) {
      VIDGEN_TRY(picture, reader_->next());
      next_ = std::move(picture);
      ended_ = !next_;
    }
    if (!next_ || !reader_->at_or_before(next_->ticks, seconds)) return {};
    current_ = std::move(next_);
    next_.reset();
  }
}

Result<av::Frame> ClipSource::at(Rational seconds) {
  VIDGEN_CHECK(advance(seconds));
  if (!(shown_from_ == current_->frame)) {
    VIDGEN_TRY(frame, normaliser_.run(current_->frame));
    shown_ = frame;
    shown_from_ = current_->frame;
    aspect_ = shown_from_.pixel_aspect();
    if (reader_->rotation() % 180 != 0) aspect_ = Rational(1) / aspect_;
  }
  ran_out_ = ended_ && fps() > Rational(0) &&
             Rational(current_->ticks) * reader_->time_base() + Rational(3, 2) / fps() < seconds;
  return shown_;
}

}  // namespace vidgen::media
