// SPDX-License-Identifier: Apache-2.0
// Mixer: the film's sound, from its first sample to its last, exactly as many as the film is long. Every lane is placed
// to the sample, faded, and scaled by its gain points; the sum passes a soft limiter that leaves what is below -2 dB
// alone.
//
// 48 kHz stereo floats, interleaved. Thread-safety: none; one owner. Errors: the AudioReader's.
#pragma once

#include <memory>
#include <vector>

#include "av/audio_reader.hpp"
#include "vidgen/media.hpp"

namespace vidgen::media {

class Mixer {
 public:
  // Null when the timeline has no sound.
  static Result<std::unique_ptr<Mixer>> make(const Timeline& timeline, const AssembleOptions& options);
  // Up to `count` pairs into `out`, in order; 0 at the film's end.
  Result<Samples> read(float* out, Samples count);
  Samples total() const { return total_; }
  Samples done() const { return at_; }

 private:
  struct Voice {
    AudioItem item;
    std::string path;
    Samples end = 0;  // on the film's clock
    std::unique_ptr<av::AudioReader> reader;
    bool ended = false;
  };
  Status open(Voice& voice, Samples from);
  Status add(Voice& voice, float* out, Samples count);
  Result<Samples> pull(Voice& voice, float* out, Samples count);

  std::vector<Voice> voices_;
  std::vector<float> buffer_;
  AssembleOptions options_;
  Samples total_ = 0, at_ = 0;
};

// The gain of an item at a sample of the film: fades and gain points.
float gain_at(const AudioItem& item, Samples end, Samples at);

}  // namespace vidgen::media
