// SPDX-License-Identifier: Apache-2.0
// vidgen make, vidgen resume
#include "base/try.hpp"
#include "cli/follow.hpp"
#include "cli/request_flags.hpp"
#include "cli/session.hpp"
#include "cli/signals.hpp"

namespace vidgen::cli {
namespace {

// Nothing is bought without a stated budget: a person is asked, a script is told which flag to give.
Status agree_on_price(Pipeline& pipeline, Request& request, const Config& config) {
  if (request.budget || config.budget) return {};
  VIDGEN_TRY(plan, pipeline.plan(request));
  if (plan.most.is_zero()) return {};
  VIDGEN_TRY(left, pipeline.refresh(plan));
  if (left.most.is_zero() || !is_person_there()) return {};  // the pipeline refuses and says why
  if (!agrees("This film would likely cost " + left.likely.to_string() + ", at most " + left.most.to_string() +
              ", with " + plan.model + ". Make it?"))
    return Error(Errc::budget, "nothing was bought");
  request.budget = left.most;
  return {};
}

// The same order again, after a crash or a stop: the job that was begun for it.
Result<std::optional<Job>> begun_before(Pipeline& pipeline, const Request& request) {
  VIDGEN_TRY(known, pipeline.unfinished(request));
  if (!known) return std::optional<Job>();
  std::cerr << "going on with job " << known->id << ", which was begun for this and not finished (--new begins another)\n";
  if (request.budget) VIDGEN_CHECK(pipeline.set_budget(known->id, *request.budget));
  VIDGEN_TRY(job, pipeline.attach(known->id));
  return std::optional<Job>(std::move(job));
}

int make(const Session& session, const RequestFlags& flags, bool anew) {
  Result<Request> request = flags.request(session.settings);
  if (!request) return fail(session, request.error());
  Signals signals;
  Config config = session.config();
  Pipeline pipeline(config);
  Result<std::optional<Job>> begun = anew ? std::optional<Job>() : begun_before(pipeline, *request);
  if (!begun) return fail(session, begun.error());
  if (*begun) return follow(session, signals, **begun);
  if (Status agreed = agree_on_price(pipeline, *request, config); !agreed) return fail(session, agreed.error());
  Result<Job> job = pipeline.submit(*request);
  if (!job) return fail(session, job.error());
  return follow(session, signals, *job);
}

// What a person says to a job that waits for an answer.
Status answer(Pipeline& pipeline, const std::string& id, const std::string& budget, const std::string& on_ambiguous) {
  if (!budget.empty()) {
    VIDGEN_TRY(money, Money::parse(budget));
    VIDGEN_CHECK(pipeline.set_budget(id, money));
  }
  if (on_ambiguous.empty()) return {};
  VIDGEN_TRY(what, parse_on_ambiguous(on_ambiguous));
  return pipeline.set_on_ambiguous(id, what);
}

int resume(const Session& session, const std::string& id, const std::string& budget, const std::string& on_ambiguous) {
  if (Status there = session.look(); !there) return fail(session, there.error());
  Signals signals;
  Pipeline pipeline(session.config());
  if (Status said = answer(pipeline, id, budget, on_ambiguous); !said) return fail(session, said.error());
  Result<Job> job = pipeline.attach(id);
  if (!job) return fail(session, job.error());
  return follow(session, signals, *job);
}

}  // namespace

void add_make(CLI::App& root, Session& session) {
  CLI::App* app = sub_command(root, session, "make", "make a film from a prompt");
  auto flags = add_request_flags(*app);
  app->add_flag("--quiet", session.quiet, "no progress");
  auto anew = std::make_shared<bool>(false);
  app->add_flag("--new", *anew, "begin anew, also where a job for the same film was begun and not finished");
  app->callback([&session, flags, anew] {
    session.command = [&session, flags, anew] { return make(session, *flags, *anew); };
  });

  CLI::App* again = sub_command(root, session, "resume", "go on with a job that was stopped");
  auto id = std::make_shared<std::string>();
  again->add_option("job", *id, "the job's id (vidgen jobs)")->required()->type_name("JOB");
  auto budget = std::make_shared<std::string>();
  again->add_option("--budget", *budget, "US dollars that it may cost from now on, in all")->type_name("USD");
  auto unclear = std::make_shared<std::string>();
  again->add_option("--on-ambiguous", *unclear, "ask, retry or fail: the answer when a payment is unclear")
      ->type_name("HOW");
  again->callback([&session, id, budget, unclear] {
    session.command = [&session, id, budget, unclear] { return resume(session, *id, *budget, *unclear); };
  });
}

}  // namespace vidgen::cli
