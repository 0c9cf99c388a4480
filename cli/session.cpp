// SPDX-License-Identifier: Apache-2.0
#include "cli/session.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "vidgen/local.hpp"

namespace vidgen::cli {

Config Session::config() const {
  Config config = Config::from_env();
  config.workspace = workspace.empty() ? settings.get("workspace") : workspace;
  config.template_folder = settings.get("templates");
  config.model_folder = settings.get("models");
  config.language_model = settings.get("language_model");
  config.soundfont = settings.get("soundfont");
  if (auto budget = Money::parse(settings.get("budget"))) config.budget = *budget;
  if (auto most = Money::parse(settings.get("budget_per_account"))) config.limits.per_account = *most;
  if (auto most = Money::parse(settings.get("budget_per_day"))) config.limits.per_day = *most;
  if (int n = std::atoi(settings.get("threads").c_str()); n > 0) config.threads = n;
  LocalOptions options;
  options.soundfont = config.soundfont;
  config.backends.add(load_local_backend(options));
  return config;
}

Status Session::look() const {
  const Config config = this->config();
  const std::string& folder = config.workspace;
  const char* made_with_it = config.journal_url.empty() ? "/vidgen.db" : "/videos";
  if (::access((folder + made_with_it).c_str(), F_OK) == 0) return {};
  return Error(Errc::not_found,
               "there is no workspace " + folder + " here: give --workspace DIR; vidgen make makes one");
}

namespace {

// Words of users and providers are shown, never obeyed: a control character could move the cursor, rename the window or
// hide what follows. Each becomes `?`; in JSON, its escape. C1 controls are two bytes of UTF-8.
std::string harmless(const std::string& text, bool json) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const auto next = static_cast<unsigned char>(i + 1 < text.size() ? text[i + 1] : '\0');
    const bool c1 = c == 0xC2 && next >= 0x80 && next < 0xA0;
    if (!c1 && c != 0x7F && (c >= 0x20 || c == '\n' || c == '\t')) {
      out += text[i];
      continue;
    }
    char escape[8];
    std::snprintf(escape, sizeof escape, "\\u%04x", c1 ? next : c);
    out += json ? escape : "?";
    if (c1) ++i;
  }
  return out;
}

}  // namespace

void print_data(const std::string& line) {
  std::fwrite(line.data(), 1, line.size(), stdout);
  std::fputc('\n', stdout);
  std::fflush(stdout);
}

void print_json(const std::string& line) {
  print_data(harmless(line, true));
}
void print_line(const std::string& line) {
  print_data(harmless(line, false));
}

void say(const std::string& line) {
  const std::string text = harmless(line, false) + '\n';
  std::fwrite(text.data(), 1, text.size(), stderr);
}

int fail(const Session& session, const Error& error) {
  const ErrcRow& row = errc_row(error.code());
  if (session.json) {
    base::Json j = base::Json::object();
    j.set("type", "result").set("ok", false).set("code", row.name).set("message", error.describe());
    j.set("exit_code", row.exit_code).set("retryable", row.retryable);
    print_json(j.dump());
  } else {
    say("vidgen: " + error.describe());
  }
  return row.exit_code;
}

int done(const Session& session, base::Json result) {
  if (!session.json) return 0;
  base::Json j = base::Json::object();
  j.set("type", "result").set("ok", true);
  for (const auto& [key, value] : result.members())
    if (key != "type") j.set(key, value);
  print_json(j.dump());
  return 0;
}

void print_table(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (widths.size() <= i) widths.push_back(0);
      widths[i] = std::max(widths[i], row[i].size());
    }
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      line += row[i];
      if (i + 1 < row.size()) line.append(widths[i] - row[i].size() + 2, ' ');
    }
    print_line(line);
  }
}

CLI::App* sub_command(CLI::App& root, Session& session, const std::string& name, const std::string& what) {
  CLI::App* app = root.add_subcommand(name, what);
  app->add_flag("--json", session.json, "one JSON object a line on stdout, the last one of type `result`");
  app->add_option("--workspace", session.workspace, "folder of journal, store and films (default: films)")
      ->type_name("DIR");
  return app;
}

}  // namespace vidgen::cli
