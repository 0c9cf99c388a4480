// SPDX-License-Identifier: Apache-2.0
// The embedded provider's clips: their frames, what they continue from, and that nothing but the request decides them.
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "av/image.hpp"
#include "av/scaler.hpp"
#include "av/video_reader.hpp"
#include "clips.hpp"
#include "inputs.hpp"
#include "local/backend/work.hpp"
#include "store/file_store.hpp"
#include "vidgen/media.hpp"

namespace vidgen::local {
namespace {

constexpr int kBeat = 72;

// Frames [from, to) of one beat.
GenerationRequest request(Frames from, Frames to) {
  GenerationRequest r;
  r.kind = ModelKind::video;
  r.role = "clip";
  r.size = Size(320, 180);
  r.fps = 24;
  r.seconds = seconds_at(to - from, 24);
  r.beat_count = 3;
  r.product.category = "mug";
  r.setting.place = "cafe";
  r.seed = 7;
  BeatSpan span;
  span.index = 1;
  span.beat.name = "use";
  span.beat.length = kBeat;
  span.beat.shot = "medium";
  span.beat.camera = "pan";
  span.beat.role = "middle";
  span.beat.energy = "high";
  span.from = from;
  span.to = to;
  r.spans.push_back(span);
  return r;
}

class LocalClip : public testing::Test {
 protected:
  WorkContext context() const {
    WorkContext c;
    c.store = store_;
    return c;
  }
  WorkResult made(const GenerationRequest& r, const GenerationInputs& inputs = GenerationInputs()) const {
    auto result = do_work(r, inputs, context());
    EXPECT_TRUE(result) << result.error().describe();
    return result ? *result : WorkResult();
  }
  std::vector<Bitmap> frames_of(const WorkResult& clip) const {
    std::vector<Bitmap> out;
    auto reader = av::VideoReader::open(*store_->path(clip.outputs.at(0).sha256), MediaLimits());
    EXPECT_TRUE(reader);
    for (;;) {
      auto picture = (*reader)->next();
      EXPECT_TRUE(picture);
      if (!picture || !*picture) return out;
      out.push_back(*av::to_bitmap((*picture)->frame));
    }
  }
  Asset stored(const Bitmap& b) const { return *store_->put(*av::encode_png(b), AssetKind::image, "image/png"); }
  test::Folder folder_;
  std::shared_ptr<Store> store_ = *store::open_file_store(folder_ / "store");
};

double apart(const Bitmap& a, const Bitmap& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.pixels.size(); ++i) sum += std::abs(int{a.pixels[i]} - int{b.pixels[i]});
  return sum / static_cast<double>(a.pixels.size());
}

// Another take is another picture, whatever the framing; one that continues a clip goes on from its last frame all the same.
TEST_F(LocalClip, EveryTakeLooksDifferent) {
  for (const char* shot : {"medium", "macro", "low_angle", "top_down", "wide"}) {
    GenerationRequest r = request(0, 12);
    r.spans[0].beat.shot = shot;
    const std::vector<Bitmap> first = frames_of(made(r));
    r.take = 2;
    const std::vector<Bitmap> second = frames_of(made(r));
    EXPECT_GT(apart(first.back(), second.back()), 1.0) << shot;
    r.take = 3;
    EXPECT_GT(apart(second.back(), frames_of(made(r)).back()), 1.0) << shot;
  }
  GenerationRequest next = request(11, 23);
  next.repeats_first_frame = true;
  next.take = 2;
  GenerationInputs inputs;
  inputs.first_frame = stored(frames_of(made(request(0, 12))).back());
  const std::vector<Bitmap> continued = frames_of(made(next, inputs));
  EXPECT_LT(apart(*av::read_image(*store_->path(inputs.first_frame->sha256), MediaLimits()), continued.front()), 12.0);
}

TEST_F(LocalClip, OnlyTheRequestDecidesItsBytes) {
  const std::string first = made(request(0, 12)).outputs.at(0).sha256;
  EXPECT_EQ(made(request(0, 12)).outputs.at(0).sha256, first);
  EXPECT_NE(made(request(1, 13)).outputs.at(0).sha256, first);
  GenerationRequest peak = request(0, 12), other = peak;
  peak.setting.place = other.setting.place = "mountain";  // a seed picks among its views
  other.seed = peak.seed + 1;
  EXPECT_NE(made(other).outputs.at(0).sha256, made(peak).outputs.at(0).sha256);
}

TEST_F(LocalClip, HasTheFramesThatWereOrdered) {
  for (const Frames n : {1, 5, 24}) {
    const WorkResult clip = made(request(0, n));
    const auto info = probe(*store_->path(clip.outputs.at(0).sha256));
    ASSERT_TRUE(info);
    EXPECT_EQ(info->frames, n);
    EXPECT_EQ(info->size, Size(320, 180));
    EXPECT_EQ(info->fps, Rational(24));
  }
}

// A clip that continues another begins with the frame that the other ended with, and goes on from there.
TEST_F(LocalClip, ContinuesFromTheFirstImage) {
  const std::vector<Bitmap> whole = frames_of(made(request(0, 48)));
  ASSERT_EQ(whole.size(), 48u);
  ASSERT_GT(apart(whole[23], whole[24]), 0.2) << "the camera does not move enough for this test";
  GenerationRequest r = request(23, 47);
  r.has_first_frame = r.repeats_first_frame = true;
  GenerationInputs inputs;
  inputs.first_frame = stored(whole[23]);
  const WorkResult clip = made(r, inputs);
  EXPECT_TRUE(clip.remarks.empty()) << clip.remarks.front();
  const std::vector<Bitmap> seen = frames_of(clip);
  ASSERT_EQ(seen.size(), 24u);
  for (std::size_t i = 0; i < seen.size(); ++i) {
    EXPECT_LT(apart(seen[i], whole[23 + i]), apart(seen[i], whole[22 + i])) << i;
    EXPECT_LT(apart(seen[i], whole[23 + i]), apart(seen[i], whole[24 + i])) << i;
  }
}

// A first image from elsewhere is what the clip shows, and the report says so.
TEST_F(LocalClip, ShowsAForeignFirstImage) {
  Bitmap magenta;
  magenta.width = 320;
  magenta.height = 180;
  magenta.stride = 1280;
  for (int i = 0; i < 320 * 180; ++i) magenta.pixels.insert(magenta.pixels.end(), {220, 20, 220, 255});
  GenerationRequest r = request(0, 12);
  r.has_first_frame = true;
  GenerationInputs inputs;
  inputs.first_frame = stored(magenta);
  const WorkResult clip = made(r, inputs);
  ASSERT_EQ(clip.remarks.size(), 1u);
  EXPECT_NE(clip.remarks[0].find("photograph"), std::string::npos) << clip.remarks[0];
  const Bitmap middle = frames_of(clip).at(6);
  const std::uint8_t* p = middle.pixels.data() + 90 * middle.stride + 160 * 4;
  EXPECT_GT(p[0], 120);
  EXPECT_LT(p[1], 90);
  EXPECT_GT(p[2], 120);
}

TEST_F(LocalClip, AStopEndsItWithinAFrameAndLeavesNothing) {
  std::stop_source stop;
  int told = 0;
  WorkContext c = context();
  c.stop = stop.get_token();
  c.progress = [&](double) {
    ++told;
    stop.request_stop();
  };
  const auto clip = do_work(request(0, 48), GenerationInputs(), c);
  ASSERT_FALSE(clip);
  EXPECT_EQ(clip.error().code(), Errc::cancelled);
  EXPECT_EQ(told, 1);
  EXPECT_TRUE(store_->list()->empty());
  EXPECT_TRUE(std::filesystem::is_empty(folder_ / "store/tmp"));
}

// A photograph is loaded as the camera was held.
TEST_F(LocalClip, PhotographsAreUpright) {
  const std::string jpeg = test::make_jpeg(64, 32, [](int x, int) { return x < 32 ? 40 : 220; });
  ASSERT_FALSE(jpeg.empty());
  const Asset image = *store_->put(test::with_orientation(jpeg, 6, true), AssetKind::image, "image/jpeg");
  const auto photo = load_photo(image, *store_);
  ASSERT_TRUE(photo) << photo.error().describe();
  EXPECT_EQ((*photo)->width, 32);
  EXPECT_EQ((*photo)->height, 64);
  EXPECT_LT((*photo)->bgra_premultiplied.front(), 60);  // its left half is on top now
  EXPECT_GT((*photo)->bgra_premultiplied.end()[-4], 200);
}

}  // namespace
}  // namespace vidgen::local
