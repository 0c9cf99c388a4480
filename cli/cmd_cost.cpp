// SPDX-License-Identifier: Apache-2.0
// vidgen cost: the ledger. What a job, its phases and clips, each job, and today came to: spent, reserved,
// unclear, and of what is spent what nobody uses.
#include <map>

#include "cli/session.hpp"
#include "flow/budget.hpp"
#include "plan/redo.hpp"

namespace vidgen::cli {
namespace {

using base::Json;
using Rows = std::vector<std::vector<std::string>>;

Json value_of(const Totals& t) {
  Json j = Json::object();
  j.set("spent_usd", t.spent.dollars()).set("reserved_usd", t.reserved.dollars());
  j.set("unclear_usd", t.unclear.dollars()).set("overrun_usd", t.overrun.dollars());
  j.set("orphaned_usd", t.orphaned.dollars());
  return j;
}

std::vector<std::string> row_of(const std::string& name, const Totals& t) {
  return {name, t.spent.to_string(), t.reserved.to_string(), t.unclear.to_string(), t.orphaned.to_string()};
}

std::int64_t today(const Config& config) {
  return day_of(config.clock->now_ms());
}

// Steps that no plan knows are the proposal's; takes that the film does not show are clips all the same.
int phase_of(const Plan& plan, const std::string& id) {
  if (const Step* step = plan.find(id)) return step->phase;
  for (const Step& step : plan.steps)
    if (plan::clip_of_take(step.id) == plan::clip_of_take(id)) return step.phase;
  return 1;
}

// What each phase of a job came to, by the plan that it has.
std::map<int, Totals> by_phase(const JobRecord& job, const std::vector<AttemptRecord>& attempts) {
  std::map<int, Totals> out;
  auto plan = plan_from_json(job.plan);
  for (const AttemptRecord& attempt : attempts) {
    flow::book(out[plan ? phase_of(*plan, attempt.step) : 1], attempt);
  }
  return out;
}

// What each clip came to, all its takes together, by the name of its first.
std::map<std::string, Totals> by_clip(const std::vector<AttemptRecord>& attempts) {
  std::map<std::string, Totals> out;
  for (const AttemptRecord& attempt : attempts)
    if (attempt.step.rfind("clip_", 0) == 0) flow::book(out[plan::clip_of_take(attempt.step)], attempt);
  return out;
}

// By which it was reserved; attempts of older versions have none.
std::string price_of(const AttemptRecord& a) {
  auto price = Json::parse(a.price);
  if (!price) return "";
  const std::string kind = (*price)["kind"].as_string(), usd = (*price)["usd"].as_string();
  return usd.empty() || kind == "free" ? kind : "$" + usd + " " + kind;
}

Json value_of(const AttemptRecord& a) {
  Json j = Json::object();
  j.set("step", a.step).set("attempt", a.attempt).set("state", a.state).set("provider", a.provider);
  j.set("provider_id", a.provider_id).set("reserved_usd", a.reserved.dollars()).set("spent_usd", a.settled.dollars());
  j.set("take", plan::take_of(a.step)).set("model", a.model).set("orphan", a.orphan);
  if (auto price = Json::parse(a.price)) j.set("price", *price);
  return j;
}

void print_attempts(const std::vector<AttemptRecord>& attempts) {
  Rows rows = {{"step", "attempt", "state", "provider", "price", "reserved", "spent"}};
  for (const AttemptRecord& a : attempts)
    rows.push_back({a.step, std::to_string(a.attempt), a.orphan ? a.state + ", orphan" : a.state, a.provider,
                    price_of(a), a.reserved.to_string(), a.settled.to_string()});
  if (rows.size() > 1) print_table(rows);
}

void print_sums(const std::map<int, Totals>& phases, const std::map<std::string, Totals>& clips, const Totals& sum) {
  Rows sums = {{"", "spent", "reserved", "unclear", "orphaned"}};
  for (const auto& [clip, totals] : clips) sums.push_back(row_of(clip, totals));
  for (const auto& [phase, totals] : phases) sums.push_back(row_of("phase " + std::to_string(phase), totals));
  sums.push_back(row_of("all", sum));
  print_table(sums);
}

int cost_of_job(const Session& session, const std::string& id) {
  if (Status there = session.look(); !there) return fail(session, there.error());
  const Config config = session.config();
  Pipeline pipeline(config);
  auto record = pipeline.job(id);
  if (!record) return fail(session, record.error());
  auto attempts = pipeline.attempts(id);
  if (!attempts) return fail(session, attempts.error());
  Totals sum;
  for (const AttemptRecord& attempt : *attempts) flow::book(sum, attempt);
  const std::map<int, Totals> phases = by_phase(*record, *attempts);
  const std::map<std::string, Totals> clips = by_clip(*attempts);
  if (!session.json) print_attempts(*attempts);
  if (!session.json) print_sums(phases, clips, sum);
  Json result = value_of(sum), lines = Json::array(), parts = Json::object(), shots = Json::object();
  for (const AttemptRecord& attempt : *attempts) lines.push(value_of(attempt));
  for (const auto& [phase, totals] : phases) parts.set(std::to_string(phase), value_of(totals));
  for (const auto& [clip, totals] : clips) shots.set(clip, value_of(totals));
  result.set("job", id).set("phases", parts).set("clips", shots).set("attempts", lines);
  return done(session, result);
}

int cost_of_all(const Session& session) {
  if (Status there = session.look(); !there) return fail(session, there.error());
  const Config config = session.config();
  Pipeline pipeline(config);
  auto jobs = pipeline.jobs();
  if (!jobs) return fail(session, jobs.error());
  auto journal = pipeline.journal();
  if (!journal) return fail(session, journal.error());
  Rows rows = {{"", "spent", "reserved", "unclear", "orphaned"}};
  Json list = Json::array();
  Books books;
  for (const JobRecord& job : *jobs) {
    auto of_job = (*journal)->books(job.id, today(config));
    if (!of_job) return fail(session, of_job.error());
    books = *of_job;
    rows.push_back(row_of(job.id, books.job));
    list.push(value_of(books.job).set("job", job.id));
  }
  rows.push_back(row_of("today (UTC)", books.day));
  rows.push_back(row_of("all", books.account));
  if (!session.json) print_table(rows);
  Json result = value_of(books.account);
  result.set("today", value_of(books.day)).set("jobs", list);
  return done(session, result);
}

}  // namespace

void add_cost(CLI::App& root, Session& session) {
  CLI::App* app =
      sub_command(root, session, "cost", "what a job came to, or all of them: spent, reserved, unclear, orphaned");
  auto id = std::make_shared<std::string>();
  app->add_option("job", *id, "the job's id; without it: every job, today and all")->type_name("JOB");
  app->callback([&session, id] {
    session.command = [&session, id] { return id->empty() ? cost_of_all(session) : cost_of_job(session, *id); };
  });
}

}  // namespace vidgen::cli
