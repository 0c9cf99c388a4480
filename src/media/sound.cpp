// SPDX-License-Identifier: Apache-2.0
#include "media/sound.hpp"

#include <vector>

#include "av/audio_encoder.hpp"
#include "av/sound_copy.hpp"
#include "base/try.hpp"
#include "media/mixer.hpp"
#include "media/part_file.hpp"

namespace vidgen::media {
namespace {

const Rational kTick(1, kSampleRate);

class Encoded : public Sound {
 public:
  Encoded(std::unique_ptr<Mixer> mixer, std::unique_ptr<av::AudioEncoder> encoder)
      : mixer_(std::move(mixer)),
        encoder_(std::move(encoder)),
        packet_(av::make_packet()),
        block_(static_cast<std::size_t>(encoder_->frame_size()) * 2) {}

  Result<int> add_to(av::Muxer& muxer) override { return muxer.add(encoder_->raw(), kTick); }
  Samples samples() const override { return mixer_->total(); }

  Result<AVPacket*> next() override {
    for (;;) {
      VIDGEN_TRY(more, encoder_->receive(packet_.get()));
      if (more) return packet_.get();
      if (ended_) return static_cast<AVPacket*>(nullptr);
      VIDGEN_CHECK(feed());
    }
  }

 private:
  Status feed() {
    ended_ = mixer_->done() == mixer_->total();
    if (ended_) return encoder_->send_end();
    VIDGEN_TRY(n, mixer_->read(block_.data(), encoder_->frame_size()));
    return encoder_->send(block_.data(), static_cast<int>(n));
  }

  std::unique_ptr<Mixer> mixer_;
  std::unique_ptr<av::AudioEncoder> encoder_;
  av::Packet packet_;
  std::vector<float> block_;
  bool ended_ = false;
};

class Copied : public Sound {
 public:
  explicit Copied(std::unique_ptr<av::SoundCopy> copy) : copy_(std::move(copy)) {}
  Result<int> add_to(av::Muxer& muxer) override { return muxer.add(copy_->parameters(), kTick); }
  Samples samples() const override { return copy_->samples(); }
  Result<AVPacket*> next() override { return copy_->next(); }

 private:
  std::unique_ptr<av::SoundCopy> copy_;
};

}  // namespace

Result<std::unique_ptr<Sound>> encoded_sound(const Timeline& timeline, const AssembleOptions& options) {
  VIDGEN_TRY(mixer, Mixer::make(timeline, options));
  if (!mixer) return std::unique_ptr<Sound>();
  VIDGEN_TRY(encoder, av::AudioEncoder::open(options.encode.quick()));
  return std::unique_ptr<Sound>(new Encoded(std::move(mixer), std::move(encoder)));
}

Result<std::unique_ptr<Sound>> copied_sound(const std::string& path, std::stop_token stop) {
  VIDGEN_TRY(copy, av::SoundCopy::open(path, std::move(stop)));
  return std::unique_ptr<Sound>(new Copied(std::move(copy)));
}

Result<Samples> render_sound(const Timeline& timeline, const std::string& out, const AssembleOptions& options) {
  VIDGEN_TRY(sound, encoded_sound(timeline, options));
  if (!sound) return Error(Errc::invalid_argument, "the timeline has no sound");
  PartFile part(out);
  VIDGEN_CHECK(part.create());
  VIDGEN_TRY(muxer, av::Muxer::create(part.path(), 0));
  VIDGEN_TRY(stream, sound->add_to(*muxer));
  VIDGEN_CHECK(muxer->start());
  for (;;) {
    if (options.stop.stop_requested()) return Error(Errc::cancelled, "the sound was stopped");
    VIDGEN_TRY(packet, sound->next());
    if (!packet) break;
    VIDGEN_CHECK(muxer->write(stream, packet));
  }
  VIDGEN_CHECK(muxer->finish());
  VIDGEN_CHECK(part.publish());
  return sound->samples();
}

}  // namespace vidgen::media
