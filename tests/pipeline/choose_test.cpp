// SPDX-License-Identifier: Apache-2.0
// Which models make a film, by the providers that have a key.
#include "pipeline/prepare.hpp"
#include "pipeline/refresh.hpp"

#include "vidgen/hosted.hpp"
#include "workspace.hpp"

namespace vidgen {
namespace {

struct Stand {
  // `local` for the embedded backend, else a provider that has its key.
  explicit Stand(const std::vector<std::string>& names) {
    for (const std::string& name : names) {
      if (name == "local") {
        config.backends.add(local_backend());
        continue;
      }
      HostedOptions options;
      options.key = "a-key";
      options.base_url = "https://provider.example";
      config.backends.add(*hosted_backend(name, options));
    }
  }
  Chosen chosen(const std::string& backend = "auto") const {
    Request request;
    request.backend = backend;
    auto found = choose(request, *ModelSet::load(), config.backends);
    EXPECT_TRUE(found) << found.error().describe();
    return found ? *found : Chosen();
  }
  Config config;
};

struct Row {
  std::vector<std::string> there;
  std::string backend, video, image, music;
};

TEST(Choose, WhatBelongsToTheClipsComesFromTheirProviderOrFromWhoeverHasIt) {
  const Row rows[] = {
      {{"local"}, "local", "local-animatic", "local-still", "local-composer"},
      {{"local", "replicate"}, "replicate", "wan-2.2-i2v-fast", "flux-schnell", "musicgen"},
      {{"local", "fal"}, "fal", "fal-wan-2.2-5b", "fal-flux-schnell", "local-composer"},
      {{"local", "fal", "replicate"}, "replicate", "wan-2.2-i2v-fast", "flux-schnell", "musicgen"},
      {{"local", "comfyui"}, "comfyui", "comfyui-wan-2.2-i2v", "comfyui-sdxl", "local-composer"},
      {{"local", "runway", "openai"}, "runway", "runway-gen4-turbo", "gpt-image-2.5", "local-composer"},
      {{"runway"}, "runway", "runway-gen4-turbo", "flux-schnell", "musicgen"},
  };
  for (const Row& row : rows) {
    const Chosen chosen = Stand(row.there).chosen();
    EXPECT_EQ(chosen.backend, row.backend) << row.there.back();
    EXPECT_EQ(chosen.video.name, row.video) << row.there.back();
    EXPECT_EQ(chosen.image.name, row.image) << row.there.back();
    EXPECT_EQ(chosen.music.name, row.music) << row.there.back();
  }
  EXPECT_EQ(Stand({"fal", "replicate"}).chosen("fal").image.name, "fal-flux-schnell");
  EXPECT_EQ(Stand({"fal", "replicate"}).chosen("fal").music.name, "musicgen");
}

// Only the embedded composer tells its beats and parts; the user's own music needs none.
TEST(Choose, BeatsAndStemsAreComposedHere) {
  const Stand both({"local", "replicate"}), hosted({"replicate"});
  const ModelSet models = *ModelSet::load();
  for (const bool stems : {false, true}) {
    Request request;
    request.cut_to_beat = !stems;
    request.stems = stems;
    EXPECT_EQ(choose(request, models, both.config.backends)->music.name, "local-composer");
    const Result<Chosen> refused = choose(request, models, hosted.config.backends);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), Errc::unsupported);
    EXPECT_NE(refused.error().message().find(stems ? "--stems" : "--cut-to-beat"), std::string::npos);
  }
  Request own;
  own.cut_to_beat = true;
  own.music_file = "sha256:" + std::string(64, 'a');
  EXPECT_TRUE(choose(own, models, hosted.config.backends));
}

TEST(Choose, AKeyThatIsMissingForThePicturesIsSaidBeforeAnythingIsBought) {
  Step picture;
  picture.kind = "still";
  picture.label = "a picture of the mug";
  picture.resource = "provider:replicate";
  Plan plan;
  plan.steps = {picture};
  const Stand stand({"runway"});
  const Status missing = usable(stand.chosen(), plan, stand.config);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code(), Errc::credentials);
  EXPECT_NE(missing.error().message().find("replicate"), std::string::npos);
  plan.steps.front().on_failure = OnFailure::degrade;
  EXPECT_TRUE(usable(stand.chosen(), plan, stand.config));
}

TEST(Choose, AMissingKeyIsNamedWithWhatNeedsIt) {
  Step clip;
  clip.kind = "clip";
  clip.resource = "provider:replicate";
  Plan plan;
  plan.steps = {clip};
  Stand stand({});
  stand.config.backends.add(*hosted_backend("replicate", HostedOptions()));
  const Status missing = usable(stand.chosen("replicate"), plan, stand.config);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code(), Errc::credentials);
  EXPECT_EQ(missing.error().message(),
            "replicate cannot be used: REPLICATE_API_TOKEN is not set (needed for: wan-2.2-i2v-fast)");
}

// What the sentence offers is tried: each change, made to the request, is admitted.
TEST(Admit, ABudgetThatIsTooSmallIsToldWhatWouldFit) {
  const Stand stand({"local", "replicate"});
  Services services;
  services.models = *ModelSet::load();
  services.templates = *TemplateSet::load();
  Request request;
  request.prompt = "a ceramic mug on a walnut desk, 30 seconds";
  request.budget = usd(0.40);
  const auto admitted = [&](const Request& r) {
    const Chosen chosen = *choose(r, services.models, stand.config.backends);
    const Spec spec = *make_spec(r, services.templates);
    const Plan plan = *make_plan(r, spec, chosen, services, 1);
    return admit(refresh_of(plan, KeptResults()), r, services, stand.config);
  };
  const Status refused = admitted(request);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code(), Errc::budget);
  const std::string& words = refused.error().message();
  const auto at = words.find("it would fit with ");
  ASSERT_NE(at, std::string::npos) << words;
  const auto offered = words.find(" seconds (", at);
  ASSERT_NE(offered, std::string::npos) << words;
  const int seconds = std::stoi(words.substr(words.find_last_of(' ', offered - 1) + 1));
  request.duration = std::chrono::seconds(seconds);
  EXPECT_TRUE(admitted(request)) << words;
  request.duration = std::chrono::seconds(seconds + 1);
  EXPECT_FALSE(admitted(request)) << "more seconds would have fitted too: " << words;
}

}  // namespace
}  // namespace vidgen
