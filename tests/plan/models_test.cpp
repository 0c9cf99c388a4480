// SPDX-License-Identifier: Apache-2.0
// Every row of models/: what it must say, and what it must not contradict.
#include <filesystem>
#include <fstream>

#include "fixtures.hpp"
#include "plan/clips.hpp"
#include "plan/model_json.hpp"
#include "plan/price.hpp"

namespace vidgen::plan::test {
namespace {

bool is_media(const ModelProfile& m) {
  return m.kind == ModelKind::video || m.kind == ModelKind::image;
}

TEST(Models, EveryRowSaysWhatItMust) {
  for (const auto& [name, m] : models().models) {
    SCOPED_TRACE(name);
    EXPECT_EQ(name, m.name);
    EXPECT_FALSE(m.provider.empty() || m.id.empty() || m.source.empty());
    EXPECT_TRUE(day_number(m.date)) << m.date;
    EXPECT_TRUE(m.reconcile == "native_key" || m.reconcile == "client_id" || m.reconcile == "list_reconcile" ||
                m.reconcile == "none");
    EXPECT_GE(m.concurrency, 1);
    EXPECT_GT(m.seconds_to_make, Rational(0));
    EXPECT_LE(m.references_min, m.references_max);
    if (is_media(m)) {
      EXPECT_FALSE(m.sizes.empty());
    }
    for (Size s : m.sizes) EXPECT_TRUE(s.width % 2 == 0 && s.height % 2 == 0) << s.to_string();
    if (m.provider != "local" && m.kind != ModelKind::llm) {
      EXPECT_EQ(m.fields.count("prompt"), 1u);
    }
    if (m.provider != "local" && m.first_frame != Need::no) {
      EXPECT_EQ(m.fields.count("first_frame"), 1u);
    }
    if (m.provider != "local" && m.last_frame != Need::no) {
      EXPECT_EQ(m.fields.count("last_frame"), 1u);
    }
    if (m.provider != "local" && m.seed_bits > 0) {
      EXPECT_EQ(m.fields.count("seed"), 1u);
    }
    // Without a seed or a picture nothing recognises a lost request.
    if (m.reconcile == "list_reconcile") {
      EXPECT_TRUE(m.seed_bits >= 31 || m.first_frame != Need::no);
    }
  }
}

TEST(Models, PricesAreSaneAndDated) {
  for (const auto& [name, m] : models().models) {
    SCOPED_TRACE(name);
    ASSERT_FALSE(m.prices.empty());
    for (const Price& p : m.prices) {
      EXPECT_TRUE(day_number(p.date)) << p.date;
      EXPECT_FALSE(p.source.empty());
      EXPECT_EQ(p.amount.is_zero(), p.kind == PriceKind::free);
      if (p.kind == PriceKind::per_gpu_second) {
        EXPECT_LT(p.typical_units, p.worst_units);
      }
      if (p.kind != PriceKind::per_token && p.kind != PriceKind::per_character) {
        EXPECT_LE(p.amount, usd(1));
      }
    }
    if (m.kind != ModelKind::video) continue;
    const Cost cost = cost_of(m, m.sizes.front(), m.longest_seconds());
    EXPECT_LE(cost.likely, usd(4));
    EXPECT_LE(cost.most, usd(5));
  }
}

TEST(Models, DurationsAreConsistent) {
  for (const auto& [name, m] : models().models) {
    if (m.kind != ModelKind::video && m.kind != ModelKind::music) continue;
    SCOPED_TRACE(name);
    EXPECT_GT(m.shortest_seconds(), Rational(0));
    EXPECT_LE(m.shortest_seconds(), m.longest_seconds());
    if (m.duration.kind == Duration::Kind::grid) {
      for (std::size_t i = 1; i < m.duration.values.size(); ++i)
        EXPECT_LT(m.duration.values[i - 1], m.duration.values[i]);
      EXPECT_FALSE(m.duration.field.empty());
    }
    if (m.duration.kind == Duration::Kind::range) {
      EXPECT_GT(m.duration.step, Rational(0));
    }
    if (m.frames > 0) {
      EXPECT_GT(m.fps, Rational(0));
    }
    EXPECT_EQ(m.clip_seconds(10000), m.longest_seconds());
  }
}

TEST(Models, NamesAndAliasesAreUnique) {
  std::set<std::string> seen;
  for (const auto& [name, m] : models().models) {
    EXPECT_TRUE(seen.insert(name).second) << name;
    for (const std::string& alias : m.aliases) EXPECT_TRUE(seen.insert(alias).second) << alias;
  }
}

TEST(Models, RetiredOnesNameTheirSuccessor) {
  int retired = 0;
  for (const auto& [name, m] : models().models) {
    if (m.retired.empty()) continue;
    ++retired;
    EXPECT_TRUE(day_number(m.retired)) << name;
    auto next = models().find(m.replaced_by);
    ASSERT_TRUE(next) << name;
    EXPECT_TRUE(next->retired.empty()) << name;
    EXPECT_EQ(next->kind, m.kind) << name;
  }
  EXPECT_EQ(retired, 3);
  EXPECT_EQ(model("sora").retired, "2026-09-24");
  EXPECT_EQ(model("gpt-4-turbo").retired, "2026-10-23");
  EXPECT_EQ(model("gen2").replaced_by, "gen4-turbo");
}

TEST(Models, TheDescribedSystemsModelsAreThere) {
  for (const char* name :
       {"stability-ai/sdxl", "anotherjesse/zeroscope-v2-xl", "lucataco/animate-diff", "zsxkib/animate-diff",
        "wavespeedai/wan-2.1-i2v-480p", "runway", "meta/musicgen", "gpt-4-turbo", "openai/sora-2"})
    EXPECT_TRUE(models().find(name)) << name;
  EXPECT_EQ(model(kDefaultModel).id, "wan-video/wan-2.2-i2v-fast");
  EXPECT_EQ(model(kLocalModel).provider, "local");
  int video = 0;
  for (const auto& [name, m] : models().models) video += m.kind == ModelKind::video && m.retired.empty() ? 1 : 0;
  EXPECT_GE(video, 25);
  EXPECT_EQ(model("zeroscope").longest_seconds(), Rational(3));
  EXPECT_EQ(model("animatediff").longest_seconds(), Rational(2));
}

TEST(Models, AnUnknownNameSaysWhatIsNear) {
  auto m = models().find("hailou");
  ASSERT_FALSE(m);
  EXPECT_EQ(m.error().code(), Errc::model_unknown);
  EXPECT_NE(m.error().message().find("hailuo"), std::string::npos) << m.error().message();
}

TEST(Models, SizesFollowTheFilmsAspect) {
  const ModelProfile local = model(kLocalModel);
  EXPECT_EQ(local.size_for(Size(1920, 1080)), Size(1280, 720));
  EXPECT_EQ(local.size_for(Size(1080, 1920)), Size(720, 1280));
  EXPECT_EQ(local.size_for(Size(1080, 1080)), Size(960, 960));
  EXPECT_EQ(local.size_for(Size(1080, 1350)), Size(858, 1072));
  const Size wide = local.size_for(Size(2520, 1080));
  EXPECT_TRUE(wide.width % 2 == 0 && wide.height % 2 == 0);
  EXPECT_NEAR(static_cast<double>(wide.width) / wide.height, 2520.0 / 1080.0, 0.01);
  EXPECT_EQ(model("wan").size_for(Size(1080, 1920)), Size(720, 1280));
}

TEST(Models, StaleRowsAreNamed) {
  EXPECT_EQ(stale_rows(models(), "2026-11-21")->size(), 0u);
  const auto later = stale_rows(models(), "2028-01-01");
  EXPECT_NE(std::find(later->begin(), later->end(), "wan-2.2-i2v-fast"), later->end());
  EXPECT_EQ(std::find(later->begin(), later->end(), "sora-2"), later->end());
  EXPECT_FALSE(stale_rows(models(), "2026-02-30"));
  EXPECT_EQ(*day_number("1970-01-01"), 0);
  EXPECT_EQ(*day_number("2000-03-01"), 11017);
}

TEST(Models, AFolderReplacesRowsByName) {
  const std::string folder = testing::TempDir() + "vidgen_models";
  std::filesystem::create_directories(folder);
  const char* row = R"({"schema":"vidgen.model/1","models":[{"name":"hailuo-02","provider":"replicate","id":"me/own",
    "kind":"video","takes":{"first_frame":"needs"},"duration":{"kind":"grid","values":[4],"field":"seconds"},
    "returns":{"fps":25,"sizes":["640x360"]},"fields":{"prompt":"text","first_frame":"image"},
    "prices":[{"kind":"per_clip","usd":"0.25","date":"2026-11-01","source":"me"}],
    "reconcile":"list_reconcile","date":"2026-11-01","source":"me"}]})";
  std::ofstream(folder + "/mine.json") << row;
  auto set = ModelSet::load(folder);
  ASSERT_TRUE(set) << set.error().describe();
  EXPECT_EQ(set->find("hailuo-02")->id, "me/own");
  EXPECT_TRUE(set->find("wan"));
  std::ofstream(folder + "/mine.json") << R"({"schema":"vidgen.model/1","models":[{"nmae":"x"}]})";
  auto bad = ModelSet::load(folder);
  ASSERT_FALSE(bad);
  EXPECT_NE(bad.error().describe().find("mine.json"), std::string::npos);
  std::filesystem::remove_all(folder);
  EXPECT_EQ(ModelSet::load(folder).error().code(), Errc::file_missing);
}

}  // namespace
}  // namespace vidgen::plan::test
