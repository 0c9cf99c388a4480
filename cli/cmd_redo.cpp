// SPDX-License-Identifier: Apache-2.0
// vidgen redo: another take of a shot, or an earlier one.
#include "base/try.hpp"
#include "cli/follow.hpp"
#include "cli/session.hpp"
#include "plan/redo.hpp"

namespace vidgen::cli {
namespace {

using base::Json;

struct Flags {
  std::string job, prompt, mode, budget;
  int shot = 0, take = 0;
  bool dry_run = false;
};

Result<RedoRequest> request_of(const Flags& flags) {
  RedoRequest out;
  out.shot = flags.shot;
  out.take = flags.take;
  out.prompt = flags.prompt;
  if (!flags.mode.empty()) {
    VIDGEN_TRY(mode, parse_redo_mode(flags.mode));
    out.mode = mode;
  }
  if (!flags.budget.empty()) {
    VIDGEN_TRY(money, Money::parse(flags.budget));
    out.budget = money;
  }
  return out;
}

std::string list_of(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
  return out;
}

int tell(const Session& session, const Flags& flags, const RedoPlan& redo) {
  const std::string& step = redo.plan.clips[static_cast<std::size_t>(flags.shot - 1)].step;
  if (session.json) {
    Json j = Json::object();
    j.set("job", flags.job).set("shot", flags.shot).set("take", plan::take_of(step)).set("step", step);
    j.set("mode", to_string(redo.mode));
    if (auto left = Json::parse(to_json(redo.refresh))) j.set("refresh", *left);
    if (auto plan = Json::parse(to_json(redo.plan))) j.set("plan", *plan);
    return done(session, j);
  }
  print_line("shot    " + std::to_string(flags.shot) + ": " + step + ", mode " + std::string(to_string(redo.mode)));
  print_line("to do   " + list_of(redo.refresh.stale));
  if (!redo.refresh.evicted.empty()) print_line("cleaned " + list_of(redo.refresh.evicted));
  print_line("cost    least " + redo.refresh.least.to_string() + ", likely " + redo.refresh.likely.to_string() +
             ", most " + redo.refresh.most.to_string());
  return 0;
}

// As `make` does it: a person is asked, a script is told which flag to give.
Status agree_on_price(const RedoPlan& redo, RedoRequest& request, const Config& config) {
  const Refresh& left = redo.refresh;
  if (request.budget || config.budget || left.most.is_zero() || !is_person_there()) return {};
  if (!agrees("This redo would likely cost " + left.likely.to_string() + ", at most " + left.most.to_string() +
              ", with " + redo.plan.model + " (mode " + std::string(to_string(redo.mode)) + "). Make it?"))
    return Error(Errc::budget, "nothing was bought");
  request.budget = left.most;
  return {};
}

int redo(const Session& session, const Flags& flags) {
  if (Status there = session.look(); !there) return fail(session, there.error());
  Result<RedoRequest> request = request_of(flags);
  if (!request) return fail(session, request.error());
  Signals signals;
  const Config config = session.config();
  Pipeline pipeline(config);
  auto plan = pipeline.redo_plan(flags.job, *request);
  if (!plan) return fail(session, plan.error());
  if (flags.dry_run) return tell(session, flags, *plan);
  if (Status agreed = agree_on_price(*plan, *request, config); !agreed) return fail(session, agreed.error());
  Result<Job> job = pipeline.redo(flags.job, *request);
  if (!job) return fail(session, job.error());
  return follow(session, signals, *job);
}

}  // namespace

void add_redo(CLI::App& root, Session& session) {
  CLI::App* app = sub_command(root, session, "redo", "make a shot of a film again, or show an earlier take of it");
  auto flags = std::make_shared<Flags>();
  app->add_option("job", flags->job, "the job's id (vidgen jobs)")->required()->type_name("JOB");
  app->add_option("--shot", flags->shot, "which, from 1 (vidgen show JOB)")->required()->type_name("N");
  app->add_option("--prompt", flags->prompt, "what the clip shows from now on")->type_name("TEXT");
  app->add_option("--mode", flags->mode,
                  "cascade (all that continues from it is made again too; the default), pin (between its neighbours' "
                  "frames), cut (it alone)")
      ->type_name("HOW")
      ->check(CLI::IsMember({"cascade", "pin", "cut"}));
  app->add_option("--take", flags->take, "show this earlier take again, from 1; costs nothing")->type_name("K");
  app->add_option("--budget", flags->budget, "US dollars that this redo may cost, beside what the job cost so far")
      ->type_name("USD");
  app->add_flag("--dry-run", flags->dry_run, "say what would be made and what it costs, and do nothing");
  app->add_flag("--quiet", session.quiet, "no progress");
  app->callback([&session, flags] { session.command = [&session, flags] { return redo(session, *flags); }; });
}

}  // namespace vidgen::cli
