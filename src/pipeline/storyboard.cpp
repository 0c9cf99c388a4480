// SPDX-License-Identifier: Apache-2.0
#include "pipeline/storyboard.hpp"

#include <algorithm>

#include "base/files.hpp"
#include "base/try.hpp"
#include "phases/thumbnail.hpp"
#include "pipeline/prepare.hpp"
#include "pipeline/soundtrack.hpp"
#include "pipeline/still_words.hpp"
#include "plan/clips.hpp"
#include "plan/coverage.hpp"
#include "plan/steps.hpp"
#include "vidgen/local.hpp"

VIDGEN_NAMESPACE_BEGIN
namespace {

constexpr int kLeastWidth = 160, kMostWidth = 1920;

// All that a board is made from.
struct Known {
  Known() = default;
  std::string job, film;  // film: the finished file, where it is there
  Request request;
  Spec spec;   // as it was written
  Plan plan;
  Spec shots;  // the same with a beat a shot, as the plan has them
  std::vector<std::string> images;  // files
};

Status check(const StoryboardOptions& options) {
  if (options.picture_width >= kLeastWidth && options.picture_width <= kMostWidth) return {};
  return Error(Errc::invalid_argument, "picture_width: " + std::to_string(options.picture_width) +
                                           " is outside 160 to 1920 pixels");
}

Result<Plan> plan_of(Core& core, const Services& services, const Request& request, const Spec& spec) {
  VIDGEN_TRY(chosen, choose(request, services.models, core.config().backends));
  return make_plan(request, spec, chosen, services, core.threads());
}

// The same film by another clip model.
Result<Plan> plan_on(Core& core, const Services& services, const Known& known, const std::string& model) {
  Request other = known.request;
  other.model = model;
  other.backend = "auto";
  return plan_of(core, services, other, known.spec);
}

std::shared_ptr<StoryboardPainter> painter_of(const Config& config) {
  for (const auto& backend : config.backends.all())
    if (auto painter = backend->storyboards()) return painter;
  return load_local_storyboards();
}

// Even, the longer side as asked.
Size picture_size(Size film, int longest) {
  const int most = std::max(film.width, film.height);
  const auto part = [&](int n) {
    return std::max(2, static_cast<int>(std::int64_t{n} * std::min(longest, most) / most / 2 * 2));
  };
  return Size(part(film.width), part(film.height));
}

// When a beat's words have come and have not gone.
Frames shown_frame(const Beat& beat) {
  return std::min(beat.length - 1, beat.length * 62 / 100);
}

class Pictures {
 public:
  Pictures(Core& core, const Services& services, const Known& known, int longest)
      : known_(known), size_(picture_size(known.spec.size, longest)), limits_(core.config().media),
        titles_(services.titles), painter_(painter_of(core.config())) {}

  Result<Bitmap> of(std::size_t beat) {
    const Beat& b = known_.shots.beats[beat];
    if (known_.film.empty()) return painted(beat, b);
    const Rational at = seconds_at(b.start + shown_frame(b), known_.spec.fps);
    VIDGEN_TRY(picture, phases::picture_at(known_.film, at, limits_));
    return phases::thumbnail(picture, size_.width);
  }

 private:
  Result<Bitmap> painted(std::size_t beat, const Beat& b) {
    const Spec& spec = known_.shots;
    GenerationRequest g;
    g.kind = ModelKind::image;
    g.role = "keyframe";
    g.size = size_;
    g.fps = spec.fps;
    g.beat_count = static_cast<int>(spec.beats.size());
    g.product = spec.product;
    g.setting = spec.setting;
    g.style = spec.style;
    g.captions = known_.request.captions;
    g.images = spec.images;
    g.seed = spec.seed;
    BeatSpan span;
    span.index = static_cast<int>(beat);
    span.beat = b;
    span.beat.start = 0;
    span.from = shown_frame(b);
    span.to = span.from + 1;
    g.spans.push_back(std::move(span));
    VIDGEN_TRY(still, painter_->still(g, known_.images));
    VIDGEN_CHECK(set_words(still, known_.plan.timeline, b.start + shown_frame(b), titles_.get()));
    return still;
  }

  const Known& known_;
  Size size_;
  MediaLimits limits_;
  std::shared_ptr<TitleRenderer> titles_;
  std::shared_ptr<StoryboardPainter> painter_;
};

StoryboardPanel panel_of(const Spec& spec, const Beat& beat) {
  StoryboardPanel out;
  out.name = beat.name;
  out.from = seconds_at(beat.start, spec.fps);
  out.to = seconds_at(beat.start + beat.length, spec.fps);
  out.shot = beat.shot;
  out.camera = beat.camera;
  out.caption = beat.caption;
  out.over = beat.over;
  for (const int i : beat.photographs) out.photographs.push_back(i + 1);
  return out;
}

Storyboard head_of(const Known& known) {
  const Spec& spec = known.shots;
  Storyboard out;
  out.job = known.job;
  out.title = spec.product.brand.empty() ? spec.product.name : spec.product.brand;
  out.prompt = spec.prompt;
  out.template_name = spec.template_name;
  out.model = known.plan.model;
  out.finished = !known.film.empty();
  out.size = spec.size;
  out.fps = spec.fps;
  out.seconds = seconds_at(spec.frames, spec.fps);
  for (const Beat& beat : spec.beats) out.panels.push_back(panel_of(spec, beat));
  return out;
}

void put_prices(Storyboard& board, const BeatPrices& prices, Money StoryboardPrice::*which) {
  for (std::size_t i = 0; i < board.panels.size(); ++i) board.panels[i].price.*which = prices.beats[i];
  board.shared.*which = prices.shared;
  board.total.*which = prices.total;
  board.most.*which = prices.most;
}

// The embedded painter covers a long beat with several shots; in one take there are none.
Spec shots_of(const Services& services, const Known& known) {
  const auto model = services.models.find(known.plan.model);
  const bool cut = model && plan::follows_film(*model) && known.plan.chains.size() > 1;
  return cut ? plan::covered(known.spec) : known.spec;
}

Result<Storyboard> board_of(Core& core, const Services& services, Known& known, const StoryboardOptions& options) {
  VIDGEN_CHECK(check(options));
  known.shots = shots_of(services, known);
  Storyboard out = head_of(known);
  put_prices(out, prices_of(known.plan, known.shots), &StoryboardPrice::own);
  if (!options.price_on.empty()) {
    VIDGEN_TRY(other, plan_on(core, services, known, options.price_on));
    out.price_on = other.model;
    put_prices(out, prices_of(other, known.shots), &StoryboardPrice::other);
  }
  out.painter = painter_of(core.config());
  Pictures pictures(core, services, known, options.picture_width);
  for (std::size_t i = 0; i < out.panels.size(); ++i) {
    VIDGEN_TRY(picture, pictures.of(i));
    out.panels[i].picture = std::move(picture);
  }
  return out;
}

// The spec and plan that the job has; those that it would have when it stopped before them.
Result<Known> known_of(Core& core, const Services& services, const JobRecord& record) {
  Known out;
  out.job = record.id;
  VIDGEN_TRY(request, request_from_json(record.request));
  out.request = std::move(request);
  if (record.spec.empty()) {
    VIDGEN_TRY(spec, make_spec(out.request, services.templates));
    VIDGEN_CHECK(look_at_images(spec, *services.store));
    out.spec = std::move(spec);
  } else {
    VIDGEN_TRY(spec, spec_from_json(record.spec));
    out.spec = std::move(spec);
  }
  VIDGEN_TRY(plan, record.plan.empty() ? plan_of(core, services, out.request, out.spec) : plan_from_json(record.plan));
  out.plan = std::move(plan);
  for (const std::string& image : out.spec.images) {
    VIDGEN_TRY(path, services.store->path(image.substr(image.find(':') + 1)));
    out.images.push_back(path);
  }
  const auto film = film_from_json(record.film);
  if (record.status == JobStatus::complete && film && base::file_exists(film->path)) out.film = film->path;
  return out;
}

// ---- prices

Frames overlap(const PlanClip& clip, const Beat& beat) {
  const Frames from = std::max(clip.start, beat.start);
  return std::max<Frames>(0, std::min(clip.start + clip.length, beat.start + beat.length) - from);
}

// Shares an amount by frames; what rounding leaves goes to the last that has any.
void share_out(Money amount, const PlanClip& clip, const Spec& spec, BeatPrices& out) {
  Frames all = 0;
  for (const Beat& beat : spec.beats) all += overlap(clip, beat);
  if (all == 0) {
    out.shared += amount;
    return;
  }
  Money left = amount;
  Frames seen = 0;
  for (std::size_t i = 0; i < spec.beats.size(); ++i) {
    const Frames part = overlap(clip, spec.beats[i]);
    if (part == 0) continue;
    seen += part;
    const Money mine = seen == all ? left : Money::micros(amount.micros() * part / all);
    out.beats[i] += mine;
    left = left - mine;
  }
}

// The one clip that takes what the step makes; null when there are several, or none.
const PlanClip* only_clip(const Plan& plan, const Step& step) {
  const PlanClip* found = nullptr;
  for (const PlanClip& clip : plan.clips) {
    const Step* maker = plan.find(clip.step);
    const bool takes = clip.step == step.id ||
                       (maker && std::find(maker->inputs.begin(), maker->inputs.end(), step.id) != maker->inputs.end());
    if (!takes) continue;
    if (found) return nullptr;
    found = &clip;
  }
  return found;
}

}  // namespace

BeatPrices prices_of(const Plan& plan, const Spec& spec) {
  BeatPrices out;
  out.beats.resize(spec.beats.size());
  for (const Step& step : plan.steps) {
    out.total += step.likely;
    out.most += step.most;
    const PlanClip* clip = only_clip(plan, step);
    if (clip)
      share_out(step.likely, *clip, spec, out);
    else
      out.shared += step.likely;
  }
  return out;
}

Result<Storyboard> board_of_request(const std::shared_ptr<Core>& core, const Request& request,
                                    const StoryboardOptions& options) {
  VIDGEN_CHECK(core->usable_here());
  VIDGEN_TRY(services, core->data());
  VIDGEN_TRY(files, adopt_files(request, nullptr));
  Known known;
  known.request = files.request;
  VIDGEN_TRY(read, make_spec(files.request, services->templates, files.photographs));
  VIDGEN_TRY(spec, with_music(std::move(read), files.request, own_music(request), core->config().media));
  known.spec = std::move(spec);
  VIDGEN_TRY(plan, plan_of(*core, *services, known.request, known.spec));
  known.plan = std::move(plan);
  known.images = request.images;
  return board_of(*core, *services, known, options);
}

Result<Storyboard> board_of_job(const std::shared_ptr<Core>& core, const JobRecord& record,
                                const StoryboardOptions& options) {
  VIDGEN_TRY(services, core->services());
  VIDGEN_TRY(known, known_of(*core, *services, record));
  return board_of(*core, *services, known, options);
}

Result<std::string> to_png(const Storyboard& board) {
  const auto painter = board.painter ? board.painter : load_local_storyboards();
  VIDGEN_TRY(sheet, painter->sheet(board));
  return sheet_bytes(sheet);
}

VIDGEN_NAMESPACE_END
