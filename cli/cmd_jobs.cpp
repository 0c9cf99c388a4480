// SPDX-License-Identifier: Apache-2.0
// vidgen jobs, show, cancel, clean
#include <algorithm>
#include <cstdio>
#include <ctime>

#include "cli/session.hpp"

namespace vidgen::cli {
namespace {

using base::Json;

std::string when(std::int64_t ms) {
  std::time_t t = static_cast<std::time_t>(ms / 1000);
  std::tm tm{};
  ::localtime_r(&t, &tm);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%d %H:%M", &tm);
  return text;
}

std::string prompt_of(const JobRecord& job) {
  auto request = request_from_json(job.request);
  return request ? request->prompt : std::string();
}

std::string shortened(std::string s, std::size_t most) {
  std::replace(s.begin(), s.end(), '\n', ' ');
  if (s.size() > most) s = s.substr(0, most - 1) + "…";
  return s;
}

int jobs(const Session& session) {
  Result<std::vector<JobRecord>> records = std::vector<JobRecord>();
  if (session.look()) records = Pipeline(session.config()).jobs();
  if (!records) return fail(session, records.error());
  Json list = Json::array();
  std::vector<std::vector<std::string>> rows = {{"job", "made", "status", "prompt"}};
  for (const JobRecord& job : *records) {
    Json j = Json::object();
    j.set("job", job.id).set("created_ms", job.created_ms).set("status", to_string(job.status));
    j.set("prompt", prompt_of(job));
    list.push(j);
    rows.push_back({job.id, when(job.created_ms), std::string(to_string(job.status)), shortened(prompt_of(job), 60)});
  }
  if (!session.json) print_table(rows);
  Json result = Json::object();
  result.set("jobs", list);
  return done(session, result);
}

void print_attempts(const std::vector<AttemptRecord>& attempts) {
  std::vector<std::vector<std::string>> rows = {{"step", "attempt", "state", "provider", "paid"}};
  for (const AttemptRecord& a : attempts)
    rows.push_back({a.step, std::to_string(a.attempt), a.state, a.provider, a.settled.to_string()});
  if (rows.size() > 1) print_table(rows);
}

int show(const Session& session, const std::string& id, bool storyboard) {
  if (storyboard)
    return fail(session, Error(Errc::unsupported,
                               "storyboards are not there yet; the keyframes lie in the job's animatic folder"));
  if (Status there = session.look(); !there) return fail(session, there.error());
  Pipeline pipeline(session.config());
  auto job = pipeline.job(id);
  if (!job) return fail(session, job.error());
  auto attempts = pipeline.attempts(id);
  if (!attempts) return fail(session, attempts.error());
  if (session.json) {
    Json j = Json::object();
    j.set("job", job->id).set("status", to_string(job->status)).set("reason", job->reason);
    for (auto [key, text] :
         {std::pair{"request", &job->request}, {"spec", &job->spec}, {"plan", &job->plan}, {"film", &job->film}})
      if (auto parsed = Json::parse(*text)) j.set(key, *parsed);
    return done(session, j);
  }
  print_line("job      " + job->id + " of " + when(job->created_ms));
  print_line("prompt   " + prompt_of(*job));
  print_line("status   " + std::string(to_string(job->status)) + (job->reason.empty() ? "" : " (" + job->reason + ")"));
  print_line("folder   " + pipeline.folder(id));
  if (auto film = film_from_json(job->film)) print_line("film     " + film->path);
  print_line("");
  print_attempts(*attempts);
  return 0;
}

int cancel(const Session& session, const std::string& id) {
  if (Status there = session.look(); !there) return fail(session, there.error());
  Pipeline pipeline(session.config());
  Status status = pipeline.cancel(id);
  if (!status) return fail(session, status.error());
  if (!session.json) say("job " + id + " is cancelled; what it made stays in the store until it is cleaned");
  Json j = Json::object();
  j.set("job", id).set("status", "cancelled");
  return done(session, j);
}

std::string megabytes(std::int64_t bytes) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f MB", static_cast<double>(bytes) / 1e6);
  return text;
}

int clean(const Session& session, const std::string& keep, bool dry_run) {
  if (Status there = session.look(); !there) return fail(session, there.error());
  Keep policy = keep == "all" ? Keep::all : keep == "final" ? Keep::final_ : Keep::selected;
  Pipeline pipeline(session.config());
  auto report = pipeline.clean(policy, dry_run);
  if (!report) return fail(session, report.error());
  if (!session.json)
    print_line((dry_run ? "would remove " : "removed ") + std::to_string(report->blobs) + " blobs (" +
               megabytes(report->bytes) + "), keeping " + std::to_string(report->kept_blobs) + " (" +
               megabytes(report->kept_bytes) + ")");
  Json j = Json::object();
  j.set("dry_run", dry_run).set("blobs", report->blobs).set("bytes", report->bytes);
  j.set("kept_blobs", report->kept_blobs).set("kept_bytes", report->kept_bytes);
  return done(session, j);
}

}  // namespace

void add_jobs(CLI::App& root, Session& session) {
  CLI::App* list = sub_command(root, session, "jobs", "list the jobs of the workspace");
  list->callback([&session] { session.command = [&session] { return jobs(session); }; });

  CLI::App* one = sub_command(root, session, "show", "everything about one job");
  auto id = std::make_shared<std::string>();
  auto board = std::make_shared<bool>(false);
  one->add_option("job", *id, "the job's id")->required()->type_name("JOB");
  one->add_flag("--storyboard", *board, "a picture of its beats");
  one->callback(
      [&session, id, board] { session.command = [&session, id, board] { return show(session, *id, *board); }; });

  CLI::App* end = sub_command(root, session, "cancel", "end a job; what it made is kept");
  auto ended = std::make_shared<std::string>();
  end->add_option("job", *ended, "the job's id")->required()->type_name("JOB");
  end->callback([&session, ended] { session.command = [&session, ended] { return cancel(session, *ended); }; });

  CLI::App* sweep = sub_command(root, session, "clean", "remove what finished jobs no longer need from the store");
  auto keep = std::make_shared<std::string>("selected");
  auto dry = std::make_shared<bool>(false);
  sweep->add_option("--keep", *keep, "all, selected (films and the clips in them) or final (films alone)")
      ->check(CLI::IsMember({"all", "selected", "final"}));
  sweep->add_flag("--dry-run", *dry, "say what would be removed, remove nothing");
  sweep->callback(
      [&session, keep, dry] { session.command = [&session, keep, dry] { return clean(session, *keep, *dry); }; });
}

}  // namespace vidgen::cli
