// SPDX-License-Identifier: Apache-2.0
// Muxer: packets to an .mp4 file whose bytes depend on the packets alone (no creation time, no version). Times before 0
// go into the edit list. The file is only whole after finish(); removing a half-written one is the caller's.
//
// Thread-safety: none; one owner. Errors: io, no_space, read_only.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "av/file_io.hpp"
#include "av/handles.hpp"
#include "vidgen/time.hpp"

struct AVCodecParameters;
struct AVDictionary;

namespace vidgen::av {

class Muxer {
 public:
  // `index_first`: the index is moved to the front at the end ("faststart").
  static Result<std::unique_ptr<Muxer>> create(const std::string& path, bool index_first);

  // Returns the stream's number. `tick`: seconds of one tick of the packets' times.
  Result<int> add(const AVCodecContext* encoder, Rational tick);
  Result<int> add(const AVCodecParameters* parameters, Rational tick);
  Status start();
  // Takes the packet's content. Packets of a stream come in DTS order; streams may be mixed loosely.
  Status write(int stream, AVPacket* packet);
  Status finish();

 private:
  explicit Muxer(std::unique_ptr<FileIo> io) : io_(std::move(io)) {}
  static int open_again(AVFormatContext* context, AVIOContext** pb, const char* url, int flags, AVDictionary**);
  static int close_again(AVFormatContext* context, AVIOContext* pb);
  Status failed(int code) const;

  std::unique_ptr<FileIo> io_;
  OutputContext context_;
  bool index_first_ = false;
  std::vector<Rational> ticks_;
};

}  // namespace vidgen::av
