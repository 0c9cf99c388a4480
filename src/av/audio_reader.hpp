// SPDX-License-Identifier: Apache-2.0
// AudioReader: a file's sound as 48 kHz stereo floats, interleaved, placed by its own times: priming and edit lists are
// applied, gaps are silence. Sample 0 is the file's time 0. It does not loop, mix or fade.
//
// Thread-safety: none; one owner. Errors: the Demuxer's. Damaged packets become silence of the same length.
#pragma once

#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "av/demuxer.hpp"

namespace vidgen::av {

class AudioReader {
 public:
  static Result<std::unique_ptr<AudioReader>> open(const std::string& path, const MediaLimits& limits,
                                                   std::stop_token stop = {});
  ~AudioReader();

  // Up to `count` sample pairs into `out`; fewer only at the end.
  Result<std::int64_t> read(float* out, std::int64_t count);
  // Drops sample pairs.
  Status skip(std::int64_t count);

 private:
  AudioReader() = default;
  Status decode_more();
  Status take(AVFrame* frame);
  Status resample(AVFrame* frame);

  std::unique_ptr<Demuxer> demuxer_;
  CodecContext decoder_;
  Resampler resampler_;
  Packet packet_;
  RawFrame frame_;
  int stream_ = -1;
  int rate_ = 0, format_ = -1, channels_ = 0;
  std::int64_t origin_ = 0, made_ = 0;  // sample pairs made so far
  bool ended_ = false, fed_all_ = false;
  std::vector<float> ready_;
  std::size_t ready_at_ = 0;
};

}  // namespace vidgen::av
