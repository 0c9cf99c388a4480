// SPDX-License-Identifier: Apache-2.0
// Phase 1 by a language model: a paid step like any other, before the plan. Its answer is a proposal that is checked
// against the schema, the limits and the rules; one repair round is asked for. Whatever fails, the rules make the spec
// and the report says so.
#include "base/offload.hpp"
#include "base/try.hpp"
#include "pipeline/runner.hpp"
#include "pipeline/soundtrack.hpp"
#include "plan/price.hpp"
#include "plan/steps.hpp"
#include "spec/llm_prompt.hpp"
#include "spec/llm_schema.hpp"
#include "spec/llm_spec.hpp"

VIDGEN_NAMESPACE_BEGIN
namespace {

constexpr int kMostTokens = 4000;  // of an answer
constexpr int kBytesAToken = 3;    // at least, in the languages that models are used with
constexpr int kRounds = 2;         // the first and one repair
constexpr std::size_t kLargest = 256 << 10;

GenerationRequest proposal_request(const ModelProfile& model, const TemplateSet& templates, std::string user,
                                   std::uint64_t seed) {
  GenerationRequest g;
  g.kind = ModelKind::llm;
  g.model = model.name;
  g.role = "spec";
  g.fps = 0;
  g.prompt = std::move(user);
  g.llm.system = spec::llm_system_prompt(templates);
  g.llm.schema_name = spec::kProposalName;
  g.llm.schema = spec::llm_schema(templates);
  g.llm.max_tokens = kMostTokens;
  g.seed = seed;
  return g;
}

Money worst_price(const GenerationRequest& g, const ModelProfile& model) {
  const Price& price = plan::price_for(model, Size());
  const auto bytes = static_cast<std::int64_t>(g.prompt.size() + g.llm.system.size() + g.llm.schema.size() +
                                               g.llm.earlier.size() + g.llm.repair.size());
  const Rational in = Rational(price.amount.micros()) * Rational(bytes / kBytesAToken);
  const Rational out = Rational(price.output_amount.micros()) * Rational(g.llm.max_tokens);
  return Money::micros(((in + out) / Rational(1'000'000)).ceil());
}

Step proposal_step(const GenerationRequest& g, const ModelProfile& model, int round) {
  Step step = plan::new_step(std::string(kProposal) + "_" + std::to_string(round), kProposal, 1, to_json(g), {});
  step.resource = "provider:" + model.provider;
  step.seconds = model.seconds_to_make;
  step.most = step.likely = worst_price(g, model);
  step.label = round == 0 ? "reading the prompt with " + model.name : "asking " + model.name + " to mend its answer";
  Plan alone;
  plan::add_step(alone, std::move(step));
  return alone.steps.front();
}

}  // namespace

// The model that reads the prompt, or why the rules do.
Result<ModelProfile> Runner::language_model() const {
  const Config& config = core_->config();
  if (config.language_model == "rules") return Error(Errc::not_found, "");
  if (chosen_.backend == "local") return Error(Errc::not_found, "");  // it never spends
  const std::string name = config.language_model.empty() ? kDefaultLanguageModel : config.language_model;
  VIDGEN_TRY(model, services_->models.find(name));
  if (model.kind != ModelKind::llm)
    return Error(Errc::invalid_argument, model.name + " is no language model; see: vidgen models");
  auto backend = config.backends.find(model.provider);
  const std::string why = backend ? backend->unavailable() : "there is no backend " + model.provider;
  if (!why.empty()) return Error(config.language_model.empty() ? Errc::not_found : Errc::credentials, why);
  return model;
}

// The spec, and what its photographs are.
Async<Result<Spec>> Runner::settle_spec() {
  Result<Spec> spec = co_await read_prompt();
  if (!spec || spec->images.empty()) co_return spec;
  std::function<Result<Spec>()> look = [store = services_->store, looked = *spec]() mutable -> Result<Spec> {
    VIDGEN_CHECK(look_at_images(looked, *store));
    return looked;
  };
  co_return co_await base::on_pool<Result<Spec>>(core_->pool(), std::move(look));
}

Async<Result<Spec>> Runner::read_prompt() {
  Result<ModelProfile> model = language_model();
  if (!model && model.error().code() != Errc::not_found) co_return model.error();
  if (model) {
    Result<Spec> proposed = co_await spec_by_model(*model);
    if (proposed) co_return proposed;
    const Errc code = proposed.error().code();
    if (code == Errc::interrupted || code == Errc::cancelled || code == Errc::ambiguous) co_return proposed;
    notes_.push_back("the prompt was read by rules, because " + model->name + " failed: " + proposed.error().message());
    emit("note", notes_.back());
  }
  co_return make_spec(request_, services_->templates);
}

// The user's music is read from the store: the file may be gone by now.
Async<Result<Spec>> Runner::settle_music(Spec spec) {
  std::function<Result<Spec>()> work = [store = services_->store, request = request_, spec = std::move(spec),
                                        limits = core_->config().media, stop = state_->stop_token()]() -> Result<Spec> {
    std::string path;
    if (request.music_file.rfind("sha256:", 0) == 0) {
      VIDGEN_TRY(there, store->path(request.music_file.substr(7)));
      path = there;
    }
    return with_music(spec, request, path, limits, stop);
  };
  co_return co_await base::on_pool<Result<Spec>>(core_->pool(), std::move(work));
}

Async<Result<Spec>> Runner::spec_by_model(ModelProfile model) {
  const TemplateSet& templates = services_->templates;
  Result<std::string> user = spec::llm_user_message(request_, templates);
  if (!user) co_return user.error();
  GenerationRequest g = proposal_request(model, templates, *user, request_.seed.value_or(0));
  const std::optional<Money> budget = request_.budget ? request_.budget : core_->config().budget;
  Result<Spec> spec = Error(Errc::internal, "no round");
  for (int round = 0; round < kRounds; ++round) {
    const Step step = proposal_step(g, model, round);
    if (!budget || spent() + step.most > *budget)
      co_return Error(Errc::budget, "reading the prompt may cost " + step.most.to_string() + ", more than is allowed");
    std::vector<StepOutcome> inputs;
    auto fraction = std::make_shared<std::atomic<double>>(0.0);
    Result<StepOutcome> outcome = co_await carry_out_step(step, inputs, fraction);
    if (!outcome) co_return outcome.error();
    if (outcome->outputs.empty()) co_return Error(Errc::provider, model.name + " answered nothing");
    std::function<Result<std::string>()> read = [store = services_->store, sha = outcome->outputs.front().sha256] {
      return store->read(sha);
    };
    Result<std::string> answer = co_await base::on_pool<Result<std::string>>(core_->pool(), std::move(read));
    if (!answer) co_return answer.error();
    spec = answer->size() > kLargest ? Result<Spec>(Error(Errc::spec_invalid, "the answer is too long"))
                                     : spec::spec_from_proposal(*answer, request_, templates);
    if (spec || spec.error().code() != Errc::spec_invalid) break;
    g.llm.earlier = answer->substr(0, kLargest / 4);
    g.llm.repair = spec::llm_repair_message(spec.error().message());
  }
  if (spec) spec->images = request_.images;
  co_return spec;
}

VIDGEN_NAMESPACE_END
