// SPDX-License-Identifier: Apache-2.0
// The parts of the music: what each holds, and that they add up.
#include <map>

#include "pieces.hpp"

namespace vidgen::local::test {
namespace {

Music with_stems(const Score& score, double lufs = -14) {
  RenderOptions options;
  options.stems = true;
  options.target_lufs = lufs;
  return render(score, options).value();
}

const Stem* find(const Music& music, std::string_view name) {
  for (const Stem& stem : music.stems)
    if (stem.name == name) return &stem;
  return nullptr;
}

double level_db(const std::vector<float>& x) {
  double sum = 1e-20;
  for (float v : x) sum += double{v} * v;
  return 10 * std::log10(sum / static_cast<double>(x.size()));
}

// To a millionth of full scale: a thirtieth of what 16 bits can tell.
TEST(Stems, AddUpToTheMixBeforeTheLimiterInEveryStyle) {
  for (const StyleRow& row : style_rows()) {
    const Score score = compose(plan_of(row.name, 14, {4, 8, 11})).value();
    const Music music = with_stems(score);
    ASSERT_GE(music.stems.size(), 4u) << row.name;
    std::vector<double> sum(music.interleaved.size(), 0.0);
    for (const Stem& stem : music.stems) {
      ASSERT_EQ(stem.interleaved.size(), sum.size()) << row.name << " " << stem.name;
      for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += stem.interleaved[i];
    }
    double most = 0;
    for (std::size_t i = 0; i < sum.size(); ++i) most = std::max(most, std::abs(sum[i] - music.before_limiter[i]));
    EXPECT_LE(most, 1.0 / 32768) << row.name;
    EXPECT_LE(most, 2e-5) << row.name;
    std::printf("%-11s %zu stems, at most %.1e off\n", std::string(row.name).c_str(), music.stems.size(), most);
  }
}

// The limiter takes peaks away and nothing else: elsewhere the stems are the film's music, to the sample.
TEST(Stems, LieUnderTheMusicSampleBySample) {
  const Music music = with_stems(compose(plan_of("corporate", 14, {4, 8, 11})).value());
  double own = 0, both = 0, other = 0, shifted = 0;
  for (std::size_t i = 2; i < music.interleaved.size(); ++i) {
    own += double{music.interleaved[i]} * music.interleaved[i];
    other += double{music.before_limiter[i]} * music.before_limiter[i];
    both += double{music.interleaved[i]} * music.before_limiter[i];
    shifted += double{music.interleaved[i]} * music.before_limiter[i - 2];
  }
  EXPECT_GT(both / std::sqrt(own * other), .985);
  EXPECT_GT(both, shifted) << "one sample late";
  EXPECT_GE(level_db(music.before_limiter), level_db(music.interleaved) - .1);
}

// Where the limiter has nothing to do they are as loud as the music.
TEST(Stems, HaveTheMusicsLevel) {
  for (const std::string_view style : {"cinematic", "ambient", "playful"}) {
    const Music music = with_stems(compose(plan_of(style, 14, {4, 8, 11})).value(), -23);
    double own = 0, both = 0;
    for (std::size_t i = 0; i < music.interleaved.size(); ++i) {
      own += double{music.before_limiter[i]} * music.before_limiter[i];
      both += double{music.interleaved[i]} * music.before_limiter[i];
    }
    EXPECT_NEAR(both / own, 1, .01) << style;
  }
}

TEST(Stems, TheMusicIsTheSameWithAndWithoutThem) {
  const Score score = compose(plan_of("pop", 10, {3, 6})).value();
  const Music with = with_stems(score), without = render(score, RenderOptions()).value();
  EXPECT_TRUE(without.stems.empty());
  EXPECT_TRUE(without.before_limiter.empty());
  ASSERT_EQ(with.interleaved.size(), without.interleaved.size());
  double most = 0;
  for (std::size_t i = 0; i < with.interleaved.size(); ++i)
    most = std::max(most, std::abs(double{with.interleaved[i]} - without.interleaved[i]));
  EXPECT_LE(most, 1.0 / 8192);
}

// Each holds its own: without a part's notes its stem is not there, and the others are.
TEST(Stems, HoldWhatTheirNamesSay) {
  Score score = compose(plan_of("cinematic", 20, {5, 9.5, 14})).value();
  const Music all = with_stems(score);
  for (const char* name : {"bass", "kick", "chords", "figures", "melody", "drums", "effects"})
    EXPECT_NE(find(all, name), nullptr) << name;
  const auto layers = find_style("cinematic").row->used_layers();
  const auto kind_of = [&](const Note& n) { return layers[static_cast<std::size_t>(n.layer)].kind; };
  std::erase_if(score.notes, [&](const Note& n) { return kind_of(n) != LayerKind::melody; });
  score.drums.clear();
  score.effects.clear();
  const Music alone = with_stems(score);
  ASSERT_EQ(alone.stems.size(), 1u);
  EXPECT_EQ(alone.stems[0].name, "melody");
}

// Bass and kick are rounded off together; what each loses is its share.
TEST(Stems, SaturationOfTwoIsThatOfTheirSum) {
  StereoTrack a(4800), b(4800);
  for (std::size_t i = 0; i < a.size(); ++i) {
    a.left[i] = a.right[i] = .7f * std::sin(static_cast<float>(i) * .02f);
    b.left[i] = b.right[i] = .6f * std::sin(static_cast<float>(i) * .031f);
  }
  StereoTrack sum = a;
  add(sum, b);
  saturate(sum, .5);
  saturate({&a, &b}, .5);
  for (std::size_t i = 0; i < a.size(); ++i) ASSERT_NEAR(a.left[i] + b.left[i], sum.left[i], 1e-6) << i;
}

}  // namespace
}  // namespace vidgen::local::test
