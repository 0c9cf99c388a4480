// SPDX-License-Identifier: Apache-2.0
// Phase 5: music, the film's segments as soon as their clips are there, its sound as soon as that can be mixed, and the
// master: all of them joined without encoding again, decoded once to prove it, with its poster and thumbnail.
#include <map>

#include "av/image.hpp"
#include "base/files.hpp"
#include "base/offload.hpp"
#include "base/try.hpp"
#include "media/segments.hpp"
#include "media/verify.hpp"
#include "phases/generate.hpp"
#include "phases/rows.hpp"
#include "phases/thumbnail.hpp"
#include "vidgen/pipeline.hpp"

namespace vidgen::phases {
namespace {

using base::Json;

Result<EncodeSettings> encode_of(const Json& params) {
  EncodeSettings e;
  base::Reader r(params["encode"], Errc::internal, "encode");
  r.get("encoder", e.encoder).get("preset", e.preset).get("crf", e.crf).get("threads", e.threads);
  VIDGEN_CHECK(r.finish(true));
  return e;
}

// The plan's timeline without what could not be made, and the blobs of its sources. Taken on the strand: the graph
// may not be looked at from the pool.
struct Material {
  Timeline timeline;
  std::map<std::string, std::string> blobs;  // a source's id -> sha256
};

Material material_of(const StepContext& context) {
  Material m;
  m.timeline = context.plan->timeline;
  std::erase_if(m.timeline.audio, [&](const AudioItem& item) {
    const StepOutcome* made = context.outcome_of(item.source);
    return made != nullptr && made->missing;
  });
  for (const TimelineSource& source : m.timeline.sources) {
    const StepOutcome* made = context.outcome_of(source.id);
    if (!source.sha256.empty())
      m.blobs[source.id] = source.sha256;
    else if (made != nullptr && !made->outputs.empty())
      m.blobs[source.id] = made->outputs.front().sha256;
  }
  return m;
}

AssembleOptions options_of(const std::shared_ptr<StepContext>& context, const Material& material) {
  AssembleOptions o;
  o.limits = context->config->media;
  o.titles = context->services->titles;
  o.stop = context->stop;
  o.find_source = [context, blobs = material.blobs](const TimelineSource& source) -> Result<std::string> {
    if (auto it = blobs.find(source.id); it != blobs.end()) return context->store->path(it->second);
    return Error(Errc::internal, "nothing was made for " + source.id + " yet");
  };
  o.find_grade = [context](const std::string& grade) -> Result<std::string> {
    if (grade.rfind("sha256:", 0) == 0) return context->store->read(grade.substr(7));
    if (const std::string* text = context->services->templates.find_lut(grade)) return *text;
    return Error(Errc::not_found, "there is no grade \"" + grade + "\"; see: vidgen templates");
  };
  o.progress = [context](const AssembleProgress& p) {
    if (p.total > 0) context->progress(static_cast<double>(p.done) / static_cast<double>(p.total));
  };
  return o;
}

Result<StepOutcome> render(const std::shared_ptr<StepContext>& context, const Material& material) {
  VIDGEN_TRY(params, Json::parse(context->step.params));
  AssembleOptions options = options_of(context, material);
  VIDGEN_TRY(encode, encode_of(params));
  options.encode = encode;
  VIDGEN_TRY(path, context->store->scratch(".mp4"));
  Frames from = params["start"].as_int(), to = from + params["length"].as_int();
  VIDGEN_TRY(file, media::render_segment(material.timeline, from, to, path, options));
  VIDGEN_TRY(asset, context->store->put_file(file.path, AssetKind::video, "video/mp4", false));
  Json facts = Json::object();
  facts.set("from", file.from).set("to", file.to).set("encoder", file.encoder);
  for (const std::string& note : file.notes) context->note(note);
  StepOutcome out;
  out.outputs.push_back(asset);
  out.facts = facts.dump();
  return out;
}

Result<StepOutcome> mix(const std::shared_ptr<StepContext>& context, const Material& material) {
  VIDGEN_TRY(params, Json::parse(context->step.params));
  AssembleOptions options = options_of(context, material);
  if (params.find("encode") != nullptr) {
    VIDGEN_TRY(encode, encode_of(params));
    options.encode = encode;
  }
  VIDGEN_TRY(path, context->store->scratch(".m4a"));
  VIDGEN_TRY(samples, media::render_sound(material.timeline, path, options));
  VIDGEN_TRY(asset, context->store->put_file(path, AssetKind::audio, "audio/mp4", false));
  StepOutcome out;
  out.outputs.push_back(asset);
  Json facts = Json::object();
  facts.set("samples", samples);
  out.facts = facts.dump();
  return out;
}

// The segments among a master's inputs.
Result<std::vector<media::SegmentFile>> segments_of(const StepContext& context) {
  std::vector<media::SegmentFile> out;
  for (const StepOutcome& input : context.inputs) {
    Json facts = facts_of(input);
    if (!facts.find("from") || input.outputs.empty()) continue;
    media::SegmentFile file;
    VIDGEN_TRY(path, context.store->path(input.outputs.front().sha256));
    file.path = path;
    file.from = facts["from"].as_int();
    file.to = facts["to"].as_int();
    out.push_back(file);
  }
  return out;
}

// The sound among a master's inputs. Plans of earlier versions have none there: it is made by the way.
Result<std::unique_ptr<media::Sound>> sound_of(const StepContext& context, const Timeline& timeline,
                                               const AssembleOptions& options) {
  for (const StepOutcome& input : context.inputs) {
    if (input.outputs.empty() || input.outputs.front().kind != AssetKind::audio) continue;
    VIDGEN_TRY(path, context.store->path(input.outputs.front().sha256));
    return media::copied_sound(path, context.stop);
  }
  return media::encoded_sound(timeline, options);
}

// The middle of the first beat that shows the product at work, else of the film's first third.
Rational poster_time(const Spec& spec) {
  for (const Beat& beat : spec.beats)
    if (beat.role == "middle") return seconds_at(beat.start + beat.length / 2, spec.fps);
  return seconds_at(spec.frames / 3, spec.fps);
}

Status add_pictures(const StepContext& context, const std::string& film, StepOutcome& out) {
  VIDGEN_TRY(poster, picture_at(film, poster_time(*context.spec), context.config->media));
  VIDGEN_TRY(png, av::encode_png(poster));
  VIDGEN_TRY(full, context.store->put(png, AssetKind::image, "image/png"));
  VIDGEN_TRY(small, av::encode_png(thumbnail(poster, 480)));
  VIDGEN_TRY(little, context.store->put(small, AssetKind::image, "image/png"));
  out.outputs.push_back(full);
  out.outputs.push_back(little);
  return {};
}

Result<StepOutcome> join(const std::shared_ptr<StepContext>& context, const Material& material) {
  const Timeline& timeline = material.timeline;
  VIDGEN_TRY(segments, segments_of(*context));
  VIDGEN_TRY(path, context->store->scratch(".mp4"));
  AssembleOptions options = options_of(context, material);
  options.progress = {};
  VIDGEN_TRY(sound, sound_of(*context, timeline, options));
  VIDGEN_TRY(report, media::join_segments(timeline, segments, std::move(sound), path, options));
  context->progress(0.5);
  const Samples samples = timeline.audio.empty() ? 0 : sample_at(timeline.frames, timeline.fps);
  VIDGEN_CHECK(media::verify_master(path, timeline.frames, samples, timeline.fps, context->stop));
  StepOutcome out;
  Status pictures = add_pictures(*context, path, out);
  if (!pictures) return pictures.error();
  VIDGEN_TRY(asset, context->store->put_file(path, AssetKind::video, "video/mp4", false));
  out.outputs.insert(out.outputs.begin(), asset);
  Json facts = Json::object();
  facts.set("frames", report.frames).set("samples", report.samples);
  out.facts = facts.dump();
  return out;
}

using Work = Result<StepOutcome> (*)(const std::shared_ptr<StepContext>&, const Material&);

template <Work work>
Async<Result<StepOutcome>> with_material(std::shared_ptr<StepContext> context) {
  std::function<Result<StepOutcome>()> run = [context, material = material_of(*context)] {
    return work(context, material);
  };
  return base::on_pool<Result<StepOutcome>>(context->pool, std::move(run));
}

}  // namespace

Phase refine_phase() {
  Phase phase = make_phase(5, "refine", JobStatus::refining);
  phase.kinds.push_back(std::make_shared<PlainKind>("music", &generate));
  phase.kinds.push_back(std::make_shared<PlainKind>("segment", &with_material<&render>));
  phase.kinds.push_back(std::make_shared<PlainKind>("sound", &with_material<&mix>));
  phase.kinds.push_back(std::make_shared<PlainKind>("master", &with_material<&join>));
  return phase;
}

}  // namespace vidgen::phases
