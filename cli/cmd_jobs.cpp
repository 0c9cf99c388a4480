// SPDX-License-Identifier: Apache-2.0
// vidgen jobs, cancel, clean
#include <charconv>
#include <cstdio>

#include "base/try.hpp"
#include "cli/records.hpp"
#include "cli/session.hpp"

namespace vidgen::cli {
namespace {

using base::Json;

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

// "7d", "12h", "30m", "90s".
Result<std::chrono::seconds> parse_age(const std::string& text) {
  constexpr std::pair<char, std::int64_t> kUnits[] = {{'d', 86400}, {'h', 3600}, {'m', 60}, {'s', 1}};
  std::int64_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  for (const auto& [unit, seconds] : kUnits)
    if (error == std::errc() && count >= 0 && count < 1'000'000 && std::string(end) == std::string(1, unit))
      return std::chrono::seconds(count * seconds);
  return Error(Errc::invalid_argument, "--older-than: expected a number and d, h, m or s, such as 7d");
}

Json value_of(const CleanReport& report) {
  Json rows = Json::array(), j = Json::object();
  for (const CleanedJob& row : report.jobs) {
    Json one = Json::object();
    rows.push(one.set("job", row.job).set("blobs", row.blobs).set("bytes", row.bytes));
  }
  j.set("blobs", report.blobs).set("bytes", report.bytes).set("kept_blobs", report.kept_blobs);
  j.set("kept_bytes", report.kept_bytes).set("jobs", rows);
  return j;
}

void print_report(const CleanReport& report, bool dry_run) {
  std::vector<std::vector<std::string>> rows = {{"job", "blobs", "size"}};
  for (const CleanedJob& row : report.jobs)
    rows.push_back({row.job.empty() ? "(no job)" : row.job, std::to_string(row.blobs), megabytes(row.bytes)});
  if (rows.size() > 1) print_table(rows);
  print_line((dry_run ? "would remove " : "removed ") + std::to_string(report.blobs) + " blobs (" +
             megabytes(report.bytes) + "), keeping " + std::to_string(report.kept_blobs) + " (" +
             megabytes(report.kept_bytes) + ")");
}

int clean(const Session& session, const std::string& keep, const std::string& older_than, bool dry_run) {
  if (Status there = session.look(); !there) return fail(session, there.error());
  Keep policy = keep == "all" ? Keep::all : keep == "final" ? Keep::final_ : Keep::selected;
  auto age = older_than.empty() ? Result<std::chrono::seconds>(std::chrono::seconds(0)) : parse_age(older_than);
  if (!age) return fail(session, age.error());
  Pipeline pipeline(session.config());
  auto report = pipeline.clean(policy, dry_run, *age);
  if (!report) return fail(session, report.error());
  if (!session.json) print_report(*report, dry_run);
  return done(session, value_of(*report).set("dry_run", dry_run));
}

}  // namespace

void add_jobs(CLI::App& root, Session& session) {
  CLI::App* list = sub_command(root, session, "jobs", "list the jobs of the workspace");
  list->callback([&session] { session.command = [&session] { return jobs(session); }; });

  CLI::App* end = sub_command(root, session, "cancel", "end a job; what it made is kept");
  auto ended = std::make_shared<std::string>();
  end->add_option("job", *ended, "the job's id")->required()->type_name("JOB");
  end->callback([&session, ended] { session.command = [&session, ended] { return cancel(session, *ended); }; });

  CLI::App* sweep = sub_command(root, session, "clean", "remove what finished jobs no longer need from the store");
  auto keep = std::make_shared<std::string>("selected");
  auto dry = std::make_shared<bool>(false);
  sweep->add_option("--keep", *keep, "all (every take), selected (films and the clips in them) or final (films alone)")
      ->type_name("WHAT")
      ->check(CLI::IsMember({"all", "selected", "final"}));
  auto age = std::make_shared<std::string>();
  sweep->add_option("--older-than", *age, "only jobs of which nothing was heard for that long: 7d, 12h, 30m")
      ->type_name("TIME");
  sweep->add_flag("--dry-run", *dry, "say what would be removed, remove nothing");
  sweep->callback([&session, keep, age, dry] {
    session.command = [&session, keep, age, dry] { return clean(session, *keep, *age, *dry); };
  });
}

}  // namespace vidgen::cli
