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

namespace vidgen::av {

class Muxer {
 public:
  // `index_room`: bytes kept free at the front, so that the index lies before the pictures without moving them
  // (index_room_for()); 0: the index comes last.
  static Result<std::unique_ptr<Muxer>> create(const std::string& path, std::int64_t index_room);

  // Returns the stream's number. `tick`: seconds of one tick of the packets' times.
  Result<int> add(const AVCodecContext* encoder, Rational tick);
  Result<int> add(const AVCodecParameters* parameters, Rational tick);
  Status start();
  // Takes the packet's content. Packets of a stream come in DTS order; streams may be mixed loosely.
  Status write(int stream, AVPacket* packet);
  Status finish();

 private:
  explicit Muxer(std::unique_ptr<FileIo> io) : io_(std::move(io)) {}
  Status failed(int code) const;

  std::unique_ptr<FileIo> io_;
  OutputContext context_;
  std::int64_t index_room_ = 0;
  std::vector<Rational> ticks_;
};

// Enough for the index of so many frames and so much sound.
std::int64_t index_room_for(Frames frames, Samples samples);

}  // namespace vidgen::av
