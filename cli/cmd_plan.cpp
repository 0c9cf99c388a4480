// SPDX-License-Identifier: Apache-2.0
// vidgen plan: what a film would become and cost. No money, no network, no file written but a storyboard.
#include <algorithm>
#include <cstdio>

#include "cli/request_flags.hpp"
#include "cli/session.hpp"
#include "cli/storyboard.hpp"

namespace vidgen::cli {
namespace {

std::string seconds_text(Rational s) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f s", s.to_double());
  return text;
}

void print_beats(const Spec& spec) {
  std::vector<std::vector<std::string>> rows = {{"beat", "from", "length", "shot", "camera", "words"}};
  for (const Beat& b : spec.beats) {
    std::string words = b.caption;
    for (char& c : words)
      if (c == '\n') c = ' ';
    rows.push_back({b.name, seconds_text(seconds_at(b.start, spec.fps)), seconds_text(seconds_at(b.length, spec.fps)),
                    b.shot, b.camera, words});
  }
  print_table(rows);
}

// Of a step: whether its result is in the workspace.
std::string state_of(const Refresh& left, const std::string& step) {
  const auto in = [&](const std::vector<std::string>& ids) {
    return std::find(ids.begin(), ids.end(), step) != ids.end();
  };
  return in(left.evicted) ? "cleaned" : in(left.stale) ? "new" : "there";
}

void print_clips(const Plan& plan, const Refresh& left) {
  std::vector<std::vector<std::string>> rows = {{"clip", "chain", "from", "shows", "bought", "waste", "is"}};
  for (const PlanClip& c : plan.clips)
    rows.push_back({c.step, std::to_string(c.chain), seconds_text(seconds_at(c.start, plan.fps)),
                    seconds_text(seconds_at(c.length, plan.fps)), seconds_text(c.seconds), seconds_text(c.waste),
                    state_of(left, c.step)});
  print_table(rows);
}

void print_plan(const Spec& spec, const Plan& plan, const Refresh& left) {
  print_line(spec.template_name + ": " + std::to_string(plan.frames) + " frames at " + plan.fps.to_string() +
             " a second, " + spec.size.to_string() + ", " + spec.product.name + " (" + spec.product.category + "), " +
             spec.setting.place + (spec.setting.time.empty() ? "" : ", " + spec.setting.time));
  print_line("");
  print_beats(spec);
  print_line("");
  print_clips(plan, left);
  print_line("");
  print_line("clips   " + std::to_string(plan.clips.size()) + " from " + plan.model + ", continuity " +
             plan.continuity + ", waste " + seconds_text(plan.waste));
  print_line("cost    least " + plan.least.to_string() + ", likely " + plan.likely.to_string() + ", most " +
             plan.most.to_string() + "   (spec: " + plan.spec_source + ")");
  if (left.stale.size() < plan.steps.size())
    print_line("left    " + std::to_string(left.stale.size()) + " of " + std::to_string(plan.steps.size()) +
               " steps, " + std::to_string(left.evicted.size()) + " of them were cleaned: likely " +
               left.likely.to_string() + ", most " + left.most.to_string());
  print_line("time    about " + seconds_text(plan.eta));
  std::string path;
  for (const std::string& id : plan.critical_path) path += (path.empty() ? "" : " > ") + id;
  print_line("path    " + path);
  for (const std::string& t : plan.replaced_transitions) print_line("note    " + t);
  for (const std::string& n : plan.notes) print_line("note    " + n);
  for (const std::string& w : spec.warnings) print_line("note    " + w);
}

int plan(const Session& session, const RequestFlags& flags, bool reasons, const BoardFlags& board) {
  if (Status sound = check(board); !sound) return fail(session, sound.error());
  Result<Request> request = flags.request(session.settings);
  if (!request) return fail(session, request.error());
  Pipeline pipeline(session.config());
  if (board.wanted()) return write_board(session, board, pipeline.storyboard(*request, options_of(board)));
  Result<Spec> spec = pipeline.spec(*request);
  if (!spec) return fail(session, spec.error());
  Result<Plan> made = pipeline.plan(*request);
  if (!made) return fail(session, made.error());
  Result<Refresh> left = pipeline.refresh(*made);
  if (!left) return fail(session, left.error());
  if (session.json) {
    base::Json j = base::Json::object();
    auto spec_json = base::Json::parse(to_json(*spec)), plan_json = base::Json::parse(to_json(*made));
    j.set("clip_count", static_cast<std::int64_t>(made->clips.size())).set("cost_usd", made->likely.dollars());
    j.set("eta_seconds", made->eta.to_double());
    if (auto refresh = base::Json::parse(to_json(*left))) j.set("refresh", *refresh);
    if (spec_json) j.set("spec", *spec_json);
    if (plan_json) j.set("plan", *plan_json);
    return done(session, j);
  }
  print_plan(*spec, *made, *left);
  if (reasons) {
    print_line("");
    std::vector<std::vector<std::string>> rows = {{"field", "value", "because"}};
    for (const Reason& r : spec->reasons) rows.push_back({r.field, r.value, r.why});
    print_table(rows);
  }
  return 0;
}

}  // namespace

void add_plan(CLI::App& root, Session& session) {
  CLI::App* app = sub_command(root, session, "plan", "show beats, clips, price and time of a film; costs nothing");
  auto flags = add_request_flags(*app);
  auto reasons = std::make_shared<bool>(false);
  app->add_flag("--reasons", *reasons, "why each field of the spec has its value");
  auto board = std::make_shared<BoardFlags>();
  add_board_flags(*app, *board);
  app->callback([&session, flags, reasons, board] {
    session.command = [&session, flags, reasons, board] { return plan(session, *flags, *reasons, *board); };
  });
}

}  // namespace vidgen::cli
