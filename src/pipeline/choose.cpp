// SPDX-License-Identifier: Apache-2.0
// Which backend makes the film, and with which models.
#include <algorithm>

#include "base/try.hpp"
#include "pipeline/prepare.hpp"

VIDGEN_NAMESPACE_BEGIN
namespace {

constexpr const char* kLocalImage = "local-still";
constexpr const char* kLocalMusic = "local-composer";
constexpr const char* kHostedImage = "flux-schnell";
constexpr const char* kHostedMusic = "musicgen";

bool available(const BackendSet& backends, const std::string& name) {
  auto backend = backends.find(name);
  return backend && backend->unavailable().empty();
}

// Which backend the words of a request ask for; empty when they leave it open.
Result<std::string> asked_backend(const Request& request, const ModelSet& models) {
  std::string named = request.backend == "auto" ? std::string() : request.backend;
  if (request.model.empty()) return named;
  VIDGEN_TRY(model, models.find(request.model));
  if (!named.empty() && named != model.provider)
    return Error(Errc::invalid_argument,
                 "model " + model.name + " is " + model.provider + "'s, but --backend says " + named);
  return model.provider;
}

bool makes_clips(const std::string& provider, const ModelSet& models) {
  return std::any_of(models.models.begin(), models.models.end(), [&](const auto& entry) {
    const ModelProfile& m = entry.second;
    return m.provider == provider && m.kind == ModelKind::video && m.retired.empty();
  });
}

// The backend that makes the film when nobody asked for one, and why.
std::string default_backend(const BackendSet& backends, const ModelSet& models, std::string& why) {
  auto standard = models.find(kDefaultModel);
  std::string wanted = standard ? standard->provider : "replicate";
  auto hosted = backends.find(wanted);
  if (hosted && hosted->unavailable().empty()) {
    why = "the film is made by " + wanted + " because its key is set; --backend local makes it here for nothing";
    return wanted;
  }
  for (const auto& backend : backends.all())
    if (backend->name() != "local" && backend->unavailable().empty() && makes_clips(backend->name(), models)) {
      why = "the film is made by " + backend->name() + "; --backend local makes it here for nothing";
      return backend->name();
    }
  return "local";
}

std::string default_model(const std::string& backend, const ModelSet& models) {
  if (backend == "local") return kLocalModel;
  auto standard = models.find(kDefaultModel);
  if (standard && standard->provider == backend) return kDefaultModel;
  for (const auto& [name, model] : models.models)
    if (model.provider == backend && model.kind == ModelKind::video && model.retired.empty()) return name;
  return kDefaultModel;
}

// The model that makes what belongs to the clips: pictures, music. `standard` where its provider makes the clips, else
// one of the clips' own provider, else whatever can be had; `standard` when nothing can.
Result<ModelProfile> companion(const Chosen& chosen, ModelKind kind, const char* standard, const ModelSet& models,
                               const BackendSet& backends) {
  VIDGEN_TRY(usual, models.find(standard));
  if (usual.provider == chosen.backend) return usual;
  const ModelProfile* other = nullptr;
  for (const auto& [name, model] : models.models) {
    if (model.kind != kind || !model.retired.empty() || model.provider == "local") continue;
    if (model.provider == chosen.backend) return model;
    if (other == nullptr && available(backends, model.provider)) other = &model;
  }
  if (available(backends, usual.provider) || other == nullptr) return usual;
  return *other;
}

}  // namespace

Result<Chosen> choose(const Request& request, const ModelSet& models, const BackendSet& backends) {
  Chosen out;
  VIDGEN_TRY(asked, asked_backend(request, models));
  out.backend = asked.empty() ? default_backend(backends, models, out.why) : asked;
  VIDGEN_TRY(video, models.find(request.model.empty() ? default_model(out.backend, models) : request.model));
  if (video.kind != ModelKind::video)
    return Error(Errc::invalid_argument, video.name + " does not make clips; see: vidgen models");
  out.video = video;
  const bool local = out.backend == "local";
  VIDGEN_TRY(image,
             local ? models.find(kLocalImage) : companion(out, ModelKind::image, kHostedImage, models, backends));
  VIDGEN_TRY(music,
             local ? models.find(kLocalMusic) : companion(out, ModelKind::music, kHostedMusic, models, backends));
  out.image = image;
  out.music = music;
  // Only the embedded composer tells its beats and its parts.
  const bool own = request.music_file.empty() && (request.cut_to_beat || request.stems);
  if (own && !available(backends, "local"))
    return Error(Errc::unsupported, std::string(request.cut_to_beat ? "--cut-to-beat" : "--stems") +
                                        " needs the embedded composer (backend \"local\"), which cannot be used here: "
                                        "install libvidgen-local, or leave it away");
  if (own) {
    VIDGEN_TRY(composer, models.find(kLocalMusic));
    out.music = composer;
  }
  // The embedded composer before silence.
  if (!available(backends, out.music.provider) && available(backends, "local")) {
    VIDGEN_TRY(composed, models.find(kLocalMusic));
    out.music = composed;
  }
  return out;
}

VIDGEN_NAMESPACE_END
