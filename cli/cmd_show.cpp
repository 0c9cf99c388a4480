// SPDX-License-Identifier: Apache-2.0
// vidgen show: a job, its shots with all their takes, and its attempts.
#include <algorithm>

#include "base/try.hpp"
#include "cli/records.hpp"
#include "cli/session.hpp"
#include "cli/storyboard.hpp"
#include "plan/redo.hpp"
#include "vidgen/generation.hpp"

namespace vidgen::cli {
namespace {

using base::Json;
using Rows = std::vector<std::vector<std::string>>;

struct Take {
  Take() = default;
  Step step;
  int number = 1;
  std::string how = "planned";
  bool selected = false;
  std::string state;  // "there", "cleaned", or "not made"
};

struct Shot {
  Shot() = default;
  std::string clip;
  PlanClip shown;
  std::vector<Take> takes;
};

std::string state_of(const Step& step, Journal& journal, const Store& store) {
  auto known = journal.result(step.key);
  auto outcome = known && *known ? step_outcome_from_json((*known)->outcome) : Error(Errc::not_found, "");
  if (!outcome) return "not made";
  const bool there = std::all_of(outcome->outputs.begin(), outcome->outputs.end(),
                                 [&](const Asset& blob) { return store.contains(blob.sha256); });
  return there ? "there" : "cleaned";
}

std::vector<Take> takes_of(const Plan& plan, const PlanClip& clip) {
  const std::string name = plan::clip_of_take(clip.step);
  std::vector<Take> out;
  for (const PlanTake& listed : plan.takes) {
    if (listed.clip != name) continue;
    Take take;
    take.step = listed.steps.back();
    take.number = listed.take;
    take.how = listed.how;
    out.push_back(std::move(take));
  }
  if (out.empty()) {
    Take only;
    if (const Step* step = plan.find(clip.step)) only.step = *step;
    out.push_back(std::move(only));
  }
  std::sort(out.begin(), out.end(), [](const Take& a, const Take& b) { return a.number < b.number; });
  for (Take& take : out) take.selected = take.step.id == clip.step;
  return out;
}

Result<std::vector<Shot>> shots_of(Pipeline& pipeline, const Plan& plan) {
  VIDGEN_TRY(journal, pipeline.journal());
  VIDGEN_TRY(store, pipeline.store());
  std::vector<Shot> out;
  for (const PlanClip& clip : plan.clips) {
    Shot shot;
    shot.clip = plan::clip_of_take(clip.step);
    shot.shown = clip;
    shot.takes = takes_of(plan, clip);
    for (Take& take : shot.takes) take.state = state_of(take.step, *journal, *store);
    out.push_back(std::move(shot));
  }
  return out;
}

std::string words_of(const Take& take) {
  auto request = generation_from_json(take.step.params);
  return request ? request->prompt : std::string();
}

Json value_of(const std::vector<Shot>& shots, const Plan& plan) {
  Json out = Json::array();
  for (std::size_t i = 0; i < shots.size(); ++i) {
    Json takes = Json::array(), shot = Json::object();
    for (const Take& take : shots[i].takes) {
      Json j = Json::object();
      j.set("take", take.number).set("step", take.step.id).set("how", take.how).set("selected", take.selected);
      takes.push(j.set("state", take.state).set("prompt", words_of(take)));
    }
    shot.set("shot", static_cast<std::int64_t>(i) + 1).set("clip", shots[i].clip);
    shot.set("from_seconds", seconds_at(shots[i].shown.start, plan.fps).to_double());
    shot.set("seconds", seconds_at(shots[i].shown.length, plan.fps).to_double());
    out.push(shot.set("takes", takes));
  }
  return out;
}

void print_shots(const std::vector<Shot>& shots) {
  Rows rows = {{"shot", "take", "", "step", "made by", "is", "words"}};
  for (std::size_t i = 0; i < shots.size(); ++i)
    for (const Take& take : shots[i].takes)
      rows.push_back({std::to_string(i + 1), std::to_string(take.number), take.selected ? "*" : "", take.step.id,
                      take.how, take.state, shortened(words_of(take), 60)});
  print_table(rows);
  print_line("");
}

void print_attempts(const std::vector<AttemptRecord>& attempts) {
  Rows rows = {{"step", "attempt", "state", "provider", "paid"}};
  for (const AttemptRecord& a : attempts)
    rows.push_back({a.step, std::to_string(a.attempt), a.state, a.provider, a.settled.to_string()});
  if (rows.size() > 1) print_table(rows);
}

Json value_of(const JobRecord& job) {
  Json j = Json::object();
  j.set("job", job.id).set("status", to_string(job.status)).set("reason", job.reason);
  for (auto [key, text] :
       {std::pair{"request", &job.request}, {"spec", &job.spec}, {"plan", &job.plan}, {"film", &job.film}})
    if (auto parsed = Json::parse(*text)) j.set(key, *parsed);
  return j;
}

void print_job(const JobRecord& job, const std::string& folder) {
  print_line("job      " + job.id + " of " + when(job.created_ms));
  print_line("prompt   " + prompt_of(job));
  print_line("status   " + std::string(to_string(job.status)) + (job.reason.empty() ? "" : " (" + job.reason + ")"));
  print_line("folder   " + folder);
  if (auto film = film_from_json(job.film)) print_line("film     " + film->path);
  print_line("");
}

int show(const Session& session, const std::string& id, const BoardFlags& board) {
  if (Status sound = check(board); !sound) return fail(session, sound.error());
  if (Status there = session.look(); !there) return fail(session, there.error());
  Pipeline pipeline(session.config());
  if (board.wanted()) return write_board(session, board, pipeline.storyboard(id, options_of(board)));
  auto job = pipeline.job(id);
  if (!job) return fail(session, job.error());
  auto attempts = pipeline.attempts(id);
  if (!attempts) return fail(session, attempts.error());
  auto plan = plan_from_json(job->plan);
  auto shots = plan ? shots_of(pipeline, *plan) : Result<std::vector<Shot>>(std::vector<Shot>());
  if (!shots) return fail(session, shots.error());
  if (session.json) return done(session, value_of(*job).set("shots", plan ? value_of(*shots, *plan) : Json::array()));
  print_job(*job, pipeline.folder(id));
  if (!shots->empty()) print_shots(*shots);
  print_attempts(*attempts);
  return 0;
}

}  // namespace

void add_show(CLI::App& root, Session& session) {
  CLI::App* app = sub_command(root, session, "show", "everything about one job, its shots and their takes");
  auto id = std::make_shared<std::string>();
  auto board = std::make_shared<BoardFlags>();
  app->add_option("job", *id, "the job's id")->required()->type_name("JOB");
  add_board_flags(*app, *board);
  app->callback(
      [&session, id, board] { session.command = [&session, id, board] { return show(session, *id, *board); }; });
}

}  // namespace vidgen::cli
