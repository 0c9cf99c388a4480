// SPDX-License-Identifier: Apache-2.0
// Demuxer: opens one media file as hostile input and hands out its packets. The container is found by its first bytes,
// never by its name, and only those of a short list are opened; nothing else can be opened through it (protocols are
// refused, external references are off). It does not decode.
//
// Thread-safety: none; one owner. Errors: media_invalid, media_unsupported, media_limit, file_missing, cancelled.
#pragma once

#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>

#include "av/file_io.hpp"
#include "av/handles.hpp"
#include "vidgen/media.hpp"

namespace vidgen::av {

class Demuxer {
 public:
  static Result<std::unique_ptr<Demuxer>> open(const std::string& path, const MediaLimits& limits,
                                               std::stop_token stop = {});

  int video_stream() const { return video_; }  // -1: none
  int audio_stream() const { return audio_; }
  AVFormatContext* raw() const { return context_.get(); }
  const std::string& path() const { return path_; }
  std::int64_t bytes() const { return io_->size(); }
  const MediaLimits& limits() const { return limits_; }

  // Packets of all other streams are dropped without being read.
  void keep_only(int stream);
  // The next packet into `packet`; false at the end.
  Result<bool> read(AVPacket* packet);
  // To the key frame at or before `ticks` of `stream`.
  Status seek(int stream, std::int64_t ticks);
  // Opens the decoder of a stream: an allowed one, `threads` threads, stopping at damage.
  Result<CodecContext> open_decoder(int stream, int threads) const;
  // Ticks of `stream` at the file's time 0: the first shown moment of any stream.
  std::int64_t origin(int stream) const;

 private:
  Demuxer(std::string path, const MediaLimits& limits) : path_(std::move(path)), limits_(limits) {}
  Status start(std::string_view format, std::stop_token stop);
  Status check_limits() const;

  std::string path_;
  MediaLimits limits_;
  std::unique_ptr<FileIo> io_;
  InputContext context_;  // after io_: it reads through it until closed
  int video_ = -1, audio_ = -1;
};

}  // namespace vidgen::av
