// SPDX-License-Identifier: Apache-2.0
// vidgen make, vidgen resume
#include <unistd.h>

#include <cstdio>
#include <iostream>

#include "base/try.hpp"
#include "cli/progress_view.hpp"
#include "cli/request_flags.hpp"
#include "cli/session.hpp"
#include "cli/signals.hpp"

namespace vidgen::cli {
namespace {

int tell_film(const Session& session, const Film& film) {
  if (session.json) {
    auto parsed = base::Json::parse(to_json(film));
    done(session, parsed ? *parsed : base::Json::object());
  } else {
    for (const std::string& part : film.missing) say("delivered without: " + part);
    say(std::to_string(film.frames) + " frames, " + film.size.to_string() + ", " + film.cost.to_string() + ", " +
        (film.reused ? "nothing made anew" : "made by " + film.backend) + ", job " + film.job);
    print_data(film.path);
  }
  return film.missing.empty() ? 0 : 3;
}

// The command that is printed works as it stands, from the same folder.
Error with_workspace(const Session& session, const Error& error) {
  if (error.code() != Errc::interrupted || session.workspace.empty()) return error;
  std::string quoted;
  for (char c : session.workspace) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return Error(error.code(), error.message() + " --workspace '" + quoted + "'");
}

int follow(const Session& session, Signals& signals, Job job) {
  signals.on_stop([job]() mutable { job.interrupt(); });
  ProgressView view(session);
  while (auto event = job.next_event()) view.show(*event);
  view.end();
  Result<Film> film = job.wait();
  if (!film) return fail(session, with_workspace(session, film.error()));
  return tell_film(session, *film);
}

// Nothing is bought without a stated budget: a person is asked, a script is told which flag to give.
Status agree_on_price(Pipeline& pipeline, Request& request, const Config& config) {
  if (request.budget || config.budget) return {};
  VIDGEN_TRY(plan, pipeline.plan(request));
  if (plan.most.is_zero()) return {};
  if (::isatty(STDIN_FILENO) == 0 || ::isatty(STDERR_FILENO) == 0) return {};  // the pipeline refuses and says why
  std::cerr << "This film would likely cost " << plan.likely.to_string() << ", at most " << plan.most.to_string()
            << ", with " << plan.model << ". Make it? [y/N] ";
  std::string answer;
  std::getline(std::cin, answer);
  if (answer != "y" && answer != "Y" && answer != "yes") return Error(Errc::budget, "nothing was bought");
  request.budget = plan.most;
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
  again->add_option("--on-ambiguous", *unclear, "ask, retry or fail: the answer when a payment is unclear");
  again->callback([&session, id, budget, unclear] {
    session.command = [&session, id, budget, unclear] { return resume(session, *id, *budget, *unclear); };
  });
}

}  // namespace vidgen::cli
