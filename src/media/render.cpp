// SPDX-License-Identifier: Apache-2.0
#include "media/render.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

#include "av/video_encoder.hpp"
#include "base/try.hpp"
#include "media/composer.hpp"
#include "media/film_file.hpp"
#include "media/frame_queue.hpp"

namespace vidgen::media {
namespace {

constexpr std::int64_t kBytesAhead = 12 << 20;

std::size_t frames_ahead(Size size) {
  const std::int64_t bytes = std::int64_t{size.width} * size.height * 3 / 2;
  return static_cast<std::size_t>(std::clamp<std::int64_t>(kBytesAhead / bytes, 2, 16));
}

// Makes frames until the end, a failure, or nobody wants them any more.
class Maker {
 public:
  Maker(Composer& composer, Frames from, Frames to, std::size_t ahead)
      : queue_(ahead), thread_([this, &composer, from, to] {
          for (Frames n = from; n < to; ++n) {
            Result<av::Frame> frame = composer.frame(n);
            const bool failed = !frame;
            if (!queue_.push(std::move(frame)) || failed) break;
          }
          queue_.end();
        }) {}
  ~Maker() {
    queue_.close();
    thread_.join();
  }
  Maker(const Maker&) = delete;
  std::optional<Result<av::Frame>> next() { return queue_.pop(); }

 private:
  FrameQueue queue_;
  std::thread thread_;  // after the queue that it fills
};

// At most ten a second, and one at the end.
class Ticker {
 public:
  Ticker(const AssembleOptions& options, Frames total) : options_(options), total_(total) {}
  void tell(Frames done) {
    if (!options_.progress) return;
    const auto now = std::chrono::steady_clock::now();
    if (done < total_ && now - last_ < std::chrono::milliseconds(100)) return;
    last_ = now;
    AssembleProgress progress;
    progress.done = done;
    progress.total = total_;
    options_.progress(progress);
  }

 private:
  const AssembleOptions& options_;
  Frames total_;
  std::chrono::steady_clock::time_point last_;
};

struct Sink {
  std::unique_ptr<av::VideoEncoder> encoder;
  std::unique_ptr<FilmFile> file;
  av::Packet packet = av::make_packet();
  Frames packets = 0;

  Status drain() {
    for (;;) {
      VIDGEN_TRY(more, encoder->receive(packet.get()));
      if (!more) return {};
      VIDGEN_CHECK(file->write(packet.get(), packets++));
    }
  }
};

Status encode_all(Sink& sink, Maker& maker, Frames total, const AssembleOptions& options) {
  Ticker ticker(options, total);
  for (Frames done = 0;;) {
    if (options.stop.stop_requested()) return Error(Errc::cancelled, "rendering was stopped");
    std::optional<Result<av::Frame>> frame = maker.next();
    if (!frame) break;
    if (!*frame) return frame->error();
    VIDGEN_CHECK(sink.encoder->send(**frame));
    frame.reset();
    VIDGEN_CHECK(sink.drain());
    ticker.tell(++done);
  }
  VIDGEN_CHECK(sink.encoder->send_end());
  VIDGEN_CHECK(sink.drain());
  return sink.file->finish();
}

}  // namespace

Result<RenderResult> render_frames(const Timeline& timeline, Frames from, Frames to, const std::string& path, bool film,
                                   const AssembleOptions& options) {
  VIDGEN_TRY(composer, Composer::make(timeline, options));
  std::unique_ptr<Sound> sound;
  if (film) {
    VIDGEN_TRY(made, encoded_sound(timeline, options));
    sound = std::move(made);
  }
  Sink sink;
  VIDGEN_TRY(encoder, av::VideoEncoder::open(timeline.size, timeline.fps, options.encode));
  sink.encoder = std::move(encoder);
  VIDGEN_TRY(file, FilmFile::create(path, timeline.fps, film ? to - from : 0, std::move(sound)));
  sink.file = std::move(file);
  VIDGEN_CHECK(sink.file->start(sink.encoder->raw()));
  {
    Maker maker(*composer, from, to, frames_ahead(timeline.size));
    VIDGEN_CHECK(encode_all(sink, maker, to - from, options));
  }
  RenderResult out;
  out.frames = sink.packets;
  out.samples = sink.file->samples();
  out.encoder = sink.encoder->name();
  out.notes = composer->notes();
  if (const std::string& first = sink.encoder->instead_of(); !first.empty())
    out.notes.push_back("the H.264 encoder " + first + " is not there: " + out.encoder + " was taken");
  return out;
}

}  // namespace vidgen::media
