// SPDX-License-Identifier: Apache-2.0
// Placement, words, grain and bars: where they lie and what they leave alone.
#include <gtest/gtest.h>

#include <cmath>

#include "clips.hpp"
#include "media/composer.hpp"
#include "media/finish.hpp"
#include "media/placer.hpp"
#include "media/titles.hpp"

namespace vidgen::media {
namespace {

TEST(Place, KeepsShapes) {
  const Size hd(1920, 1080);
  EXPECT_TRUE(place(Size(1024, 576), 1, Fit::fit, hd).covers(hd));
  EXPECT_EQ(place(Size(1024, 576), 1, Fit::fit, hd).from, (Rect{0, 0, 1024, 576}));
  const Placement tall = place(Size(1080, 1920), 1, Fit::fit, hd);
  EXPECT_EQ(tall.to, (Rect{656, 0, 608, 1080}));
  const Placement crop = place(Size(1080, 1920), 1, Fit::fill, hd);
  EXPECT_EQ(crop.from.width, 1080);
  EXPECT_EQ(crop.from.height, 608);
  EXPECT_TRUE(crop.covers(hd));
  EXPECT_TRUE(place(Size(832, 480), 1, Fit::blur, hd).covers(hd));                // 2.5 % off: cropped, no bars
  EXPECT_TRUE(place(Size(720, 576), Rational(64, 45), Fit::fit, hd).covers(hd));  // wide pixels
}

TEST(Place, AllSizesStayInside) {
  for (int w = 1; w < 70; w += 3)
    for (int h = 1; h < 70; h += 5)
      for (const Fit fit : {Fit::fit, Fit::fill, Fit::blur}) {
        const Placement p = place(Size(w, h), 1, fit, Size(64, 36));
        EXPECT_GE(p.from.x, 0);
        EXPECT_GE(p.from.y, 0);
        EXPECT_LE(p.from.x + p.from.width, w);
        EXPECT_LE(p.from.y + p.from.height, h);
        EXPECT_LE(p.to.x + p.to.width, 64);
        EXPECT_LE(p.to.y + p.to.height, 36);
        EXPECT_GT(p.from.width * p.from.height * p.to.width * p.to.height, 0);
      }
}

TEST(Place, BarsAreBlackAndBlurIsNot) {
  av::FramePool pool(40, 80);
  const av::Frame in = pool.make();
  av::fill_planes(in.planes(), 180, 100, 140);
  Placer placer(Size(160, 90));
  auto fit = placer.run(in, 1, Fit::fit);
  ASSERT_TRUE(fit);
  EXPECT_EQ(fit->planes().data[0][0], 16);
  EXPECT_EQ(fit->planes().data[1][0], 128);
  EXPECT_NEAR(fit->planes().data[0][45 * fit->planes().stride[0] + 80], 180, 1);
  auto blur = placer.run(in, 1, Fit::blur);
  ASSERT_TRUE(blur);
  EXPECT_GT(blur->planes().data[0][0], 60);
  EXPECT_NEAR(blur->planes().data[0][45 * blur->planes().stride[0] + 80], 180, 1);
}

// One sprite, where the test says.
class OneSprite : public TitleRenderer {
 public:
  explicit OneSprite(Sprite sprite) : sprite_(std::move(sprite)) {}
  Result<std::unique_ptr<TitleLayer>> layout(const Title&, Size, Rational) override {
    struct Layer : TitleLayer {
      Sprite sprite;
      std::vector<Sprite> frame(Frames) override { return {sprite}; }
    };
    auto layer = std::make_unique<Layer>();
    layer->sprite = sprite_;
    return std::unique_ptr<TitleLayer>(std::move(layer));
  }
  std::string version() const override { return "test"; }

 private:
  Sprite sprite_;
};

av::Frame painted(const Sprite& sprite, av::FramePool& pool) {
  Timeline t;
  t.size = Size(pool.width(), pool.height());
  Title title;
  title.length = 5;
  t.titles.push_back(title);
  auto painter = TitlePainter::make(t, std::make_shared<OneSprite>(sprite));
  EXPECT_TRUE(painter);
  const av::Frame out = pool.make();
  av::fill_planes(out.planes(), 80, 128, 128);
  EXPECT_TRUE(painter->shows(4));
  EXPECT_FALSE(painter->shows(5));
  EXPECT_TRUE(painter->paint(0, out.planes()));
  return out;
}

Sprite white(int w, int h, int alpha) {
  auto bitmap = std::make_shared<Bitmap>();
  bitmap->width = w;
  bitmap->height = h;
  bitmap->stride = w * 4;
  bitmap->pixels.assign(static_cast<std::size_t>(w * h * 4), static_cast<std::uint8_t>(alpha));
  Sprite s;
  s.bitmap = bitmap;
  return s;
}

TEST(Titles, LieWhereTheyShouldAtAnyParity) {
  av::FramePool pool(32, 32);
  for (int y = -3; y <= 30; y += 3)
    for (int x = -3; x <= 30; ++x) {
      Sprite s = white(5, 5, 255);
      s.x = x;
      s.y = y;
      const av::Frame f = painted(s, pool);
      for (int py = 0; py < 32; ++py)
        for (int px = 0; px < 32; ++px) {
          const bool in = px >= x && px < x + 5 && py >= y && py < y + 5;
          ASSERT_EQ(f.planes().data[0][py * f.planes().stride[0] + px], in ? 235 : 80) << x << "," << y;
        }
      ASSERT_EQ(f.planes().data[1][0], 128);
    }
}

TEST(Titles, AlphaAndClip) {
  av::FramePool pool(32, 32);
  Sprite s = white(8, 8, 255);
  s.alpha = 0.5;
  EXPECT_NEAR(painted(s, pool).planes().data[0][0], 157, 1);  // half way from 80 to 235
  s = white(8, 8, 128);
  EXPECT_NEAR(painted(s, pool).planes().data[0][0], 158, 1);
  s = white(8, 8, 255);
  s.clip_top = 2;
  s.clip_bottom = 4;
  const av::Frame f = painted(s, pool);
  const auto row = [&](int y) { return int{f.planes().data[0][y * f.planes().stride[0]]}; };
  EXPECT_EQ(row(1), 80);
  EXPECT_EQ(row(2), 235);
  EXPECT_EQ(row(3), 235);
  EXPECT_EQ(row(4), 80);
}

TEST(Titles, ColoursAreBt709) {
  av::FramePool pool(16, 16);
  Sprite s = white(8, 8, 255);
  auto red = std::make_shared<Bitmap>(*s.bitmap);
  for (std::size_t i = 0; i < red->pixels.size(); i += 4) red->pixels[i] = red->pixels[i + 1] = 0;
  s.bitmap = red;
  const av::Frame f = painted(s, pool);
  EXPECT_NEAR(f.planes().data[0][0], 63, 1);
  EXPECT_NEAR(f.planes().data[1][0], 102, 1);
  EXPECT_NEAR(f.planes().data[2][0], 240, 1);
}

TEST(Grain, IsTheSameForAFrameAndOtherForTheNext) {
  Finish finish;
  finish.grain = 3;
  auto finisher = Finisher::make(finish, Size(64, 64));
  ASSERT_TRUE(finisher);
  av::FramePool pool(64, 64);
  const av::Frame a = pool.make(), b = pool.make(), c = pool.make();
  for (const av::Frame* f : {&a, &b, &c}) av::fill_planes(f->planes(), 120, 128, 128);
  finisher->apply(7, a.planes());
  finisher->apply(7, b.planes());
  finisher->apply(8, c.planes());
  int differ = 0;
  double sum = 0, squares = 0;
  for (int y = 0; y < 64; ++y)
    for (int x = 0; x < 64; ++x) {
      const int at = y * a.planes().stride[0] + x;
      ASSERT_EQ(a.planes().data[0][at], b.planes().data[0][at]);
      differ += a.planes().data[0][at] != c.planes().data[0][at] ? 1 : 0;
      const double d = a.planes().data[0][at] - 120.0;
      sum += d;
      squares += d * d;
    }
  EXPECT_GT(differ, 2000);
  EXPECT_NEAR(sum / 4096, 0, 0.3);
  EXPECT_NEAR(std::sqrt(squares / 4096), 3, 0.3);
  EXPECT_EQ(a.planes().data[1][0], 128);
}

TEST(Bars, AreBlackOverTheGrain) {
  Finish finish;
  finish.grain = 3;
  finish.bars = "2.0";
  auto finisher = Finisher::make(finish, Size(192, 108));
  ASSERT_TRUE(finisher);
  EXPECT_EQ(finisher->bar(), 6);
  av::FramePool pool(192, 108);
  const av::Frame f = pool.make();
  av::fill_planes(f.planes(), 120, 90, 90);
  finisher->apply(0, f.planes());
  for (int x = 0; x < 192; ++x) {
    EXPECT_EQ(f.planes().data[0][5 * f.planes().stride[0] + x], 16);
    EXPECT_EQ(f.planes().data[0][102 * f.planes().stride[0] + x], 16);
    EXPECT_GT(f.planes().data[0][6 * f.planes().stride[0] + x], 90);
  }
  EXPECT_EQ(f.planes().data[1][2 * f.planes().stride[1]], 128);
  EXPECT_EQ(f.planes().data[1][3 * f.planes().stride[1]], 90);
}

// A fade of n frames around b covers [b - floor(n/2), b + ceil(n/2)), and not a frame more.
TEST(Composer, ATransitionCoversItsFramesExactly) {
  test::Folder folder;
  test::ClipSpec spec;
  spec.luma = 40;
  test::make_clip(folder / "a.mp4", spec);
  spec.luma = 200;
  test::make_clip(folder / "b.mp4", spec);
  for (const Frames frames : {1, 2, 5, 6}) {
    Timeline t;
    t.size = Size(320, 180);
    t.fps = 24;
    for (const char* id : {"a", "b"}) {
      TimelineSource source;
      source.id = id;
      source.path = folder / (source.id + ".mp4");
      t.sources.push_back(source);
      TimelineItem item;
      item.source = id;
      item.start = 12 * static_cast<Frames>(t.video.size());
      item.length = 12;
      item.source_in = t.video.empty() ? Rational(0) : Rational(1, 4);
      t.video.push_back(item);
    }
    TimelineTransition fade;
    fade.kind = "fade";
    fade.at = 12;
    fade.frames = frames;
    t.transitions.push_back(fade);
    t.frames = 24;
    auto composer = Composer::make(t, AssembleOptions());
    ASSERT_TRUE(composer) << composer.error().describe();
    for (Frames n = 0; n < 24; ++n) {
      const auto frame = (*composer)->frame(n);
      ASSERT_TRUE(frame) << frame.error().describe();
      const int luma = frame->planes().data[0][0];
      SCOPED_TRACE(std::to_string(frames) + " frames, frame " + std::to_string(n));
      if (n < 12 - frames / 2) {
        EXPECT_NEAR(luma, 40, 2);
      } else if (n >= 12 + (frames + 1) / 2) {
        EXPECT_NEAR(luma, 200, 2);
      } else {
        EXPECT_GT(luma, 45);
        EXPECT_LT(luma, 195);
      }
    }
  }
}

// The second item shows an earlier place of the file that the first one is reading.
TEST(Composer, GoesBackInAFileThatIsOpen) {
  test::Folder folder;
  test::ClipSpec spec;
  spec.frames = 48;
  test::make_clip(folder / "a.mp4", spec);
  Timeline t;
  t.size = Size(320, 180);
  t.fps = 24;
  t.sources.emplace_back().id = "a";
  t.sources[0].path = folder / "a.mp4";
  const int starts[] = {30, 5, 12};
  for (const int start : starts) {
    TimelineItem item;
    item.source = "a";
    item.start = 10 * static_cast<Frames>(t.video.size());
    item.length = 10;
    item.source_in = Rational(start, 24);
    t.video.push_back(item);
  }
  t.frames = 30;
  auto composer = Composer::make(t, AssembleOptions());
  ASSERT_TRUE(composer);
  for (Frames n = 0; n < 30; ++n) {
    const auto frame = (*composer)->frame(n);
    ASSERT_TRUE(frame) << frame.error().describe();
    EXPECT_EQ(test::read_number(frame->planes()), starts[n / 10] + n % 10) << n;
  }
}

// Letters that no font has cost the film these words; without any font there is no film.
TEST(Titles, WordsWithoutAFontAreLeftOutAndNoted) {
  struct Renderer final : TitleRenderer {
    bool any = true;
    Result<std::unique_ptr<TitleLayer>> layout(const Title& title, Size, Rational) override {
      struct Layer : TitleLayer {
        std::vector<Sprite> frame(Frames) override { return {}; }
      };
      if (!any || title.text != "a") return Error(Errc::font_missing, "no font; install fonts-noto-cjk");
      return std::unique_ptr<TitleLayer>(std::make_unique<Layer>());
    }
    std::string version() const override { return "1"; }
  };
  Timeline t;
  t.size = Size(64, 36);
  t.frames = 4;
  t.titles.emplace_back().length = 4;
  t.titles[0].text = "\u3053\u3093";
  auto renderer = std::make_shared<Renderer>();
  av::FramePool pool(64, 36);
  const av::Frame f = pool.make();
  auto painter = TitlePainter::make(t, renderer);
  ASSERT_TRUE(painter);
  for (Frames n = 0; n < 4; ++n) ASSERT_TRUE(painter->paint(n, f.planes()));
  ASSERT_EQ(painter->notes().size(), 1u);
  EXPECT_TRUE(painter->notes()[0].starts_with("font_missing: ")) << painter->notes()[0];
  EXPECT_NE(painter->notes()[0].find("install fonts-noto-cjk"), std::string::npos);
  renderer->any = false;
  auto none = TitlePainter::make(t, renderer);
  ASSERT_TRUE(none);
  auto painted = none->paint(0, f.planes());
  ASSERT_FALSE(painted);
  EXPECT_EQ(painted.error().code(), Errc::font_missing);
}

// A title's own clock begins with the title, wherever it stands in the film.
TEST(Titles, CountTheirOwnFrames) {
  struct Layer final : TitleLayer {
    std::vector<Frames>* asked;
    std::vector<Sprite> frame(Frames n) override {
      asked->push_back(n);
      return {};
    }
  };
  struct Renderer final : TitleRenderer {
    std::vector<Frames> asked;
    Result<std::unique_ptr<TitleLayer>> layout(const Title&, Size, Rational) override {
      auto layer = std::make_unique<Layer>();
      layer->asked = &asked;
      return std::unique_ptr<TitleLayer>(std::move(layer));
    }
    std::string version() const override { return "1"; }
  };
  Timeline t;
  t.size = Size(64, 36);
  t.frames = 20;
  t.titles.emplace_back().start = 5;
  t.titles[0].length = 4;
  t.titles[0].text = "x";
  auto renderer = std::make_shared<Renderer>();
  auto painter = TitlePainter::make(t, renderer);
  ASSERT_TRUE(painter) << painter.error().describe();
  av::FramePool pool(64, 36);
  const av::Frame f = pool.make();
  for (Frames n = 0; n < 20; ++n) {
    EXPECT_EQ(painter->shows(n), n >= 5 && n < 9) << n;
    ASSERT_TRUE(painter->paint(n, f.planes()));
  }
  EXPECT_EQ(renderer->asked, (std::vector<Frames>{0, 1, 2, 3}));
}

TEST(Composer, KeepsNoMoreThanTwoFilesOpen) {
  test::Folder folder;
  Timeline t;
  t.size = Size(320, 180);
  for (int i = 0; i < 12; ++i) {
    test::ClipSpec spec;
    spec.frames = 12;
    TimelineSource source;
    source.id = std::to_string(i);
    source.path = folder / (source.id + ".mp4");
    test::make_clip(source.path, spec);
    t.sources.push_back(source);
    TimelineItem item;
    item.source = source.id;
    item.start = 12 * i;
    item.length = 12;
    t.video.push_back(item);
    if (i == 0) continue;
    TimelineTransition fade;
    fade.at = 12 * i;
    fade.frames = 4;
    t.transitions.push_back(fade);
  }
  t.frames = 144;
  auto composer = Composer::make(t, AssembleOptions());
  ASSERT_TRUE(composer);
  for (Frames n = 0; n < 144; ++n) {
    const auto frame = (*composer)->frame(n);
    ASSERT_TRUE(frame) << frame.error().describe();
    const bool fading = n >= 10 && n < 142 && (n % 12 >= 10 || n % 12 < 2);
    ASSERT_EQ((*composer)->open_sources(), fading ? 2u : 1u) << n;
  }
}

}  // namespace
}  // namespace vidgen::media
