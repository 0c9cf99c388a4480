// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iostream>

#include "av/versions.hpp"
#include "cli/session.hpp"
#include "spec/words.hpp"

namespace vidgen::cli {
namespace {

constexpr Command kCommands[] = {
    {"make, resume", &add_make},
    {"plan", &add_plan},
    {"jobs, cancel, clean", &add_jobs},
    {"show", &add_show},
    {"redo", &add_redo},
    {"cost", &add_cost},
    {"assemble, probe, check", &add_media},
    {"models, templates", &add_lists},
    {"config", &add_config},
    {"doctor", &add_doctor},
    {"completion", &add_completion},
};

constexpr int kUsage = 2;

std::vector<std::string> names_of(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* sub : app.get_subcommands([](const CLI::App*) { return true; }))
    names.push_back(sub->get_name());
  for (const CLI::Option* o : app.get_options())
    for (const std::string& name : o->get_lnames()) names.push_back("--" + name);
  return names;
}

// The word of the command line that nothing knows, and what it may have meant.
void hint(const CLI::App& root, int argc, char** argv) {
  const CLI::App* app = &root;
  for (int i = 1; i < argc; ++i) {
    std::string word = argv[i];
    std::vector<std::string> names = names_of(*app);
    std::string bare = word.substr(0, word.find('='));
    if (std::find(names.begin(), names.end(), bare) != names.end()) {
      if (app == &root && bare.rfind("--", 0) != 0) app = root.get_subcommand(bare);
      continue;
    }
    if (app != &root && bare.rfind("--", 0) != 0) continue;
    std::string_view near = spec::nearest(names, bare);
    if (!near.empty()) return say("did you mean " + std::string(near) + "?");
  }
}

int usage_error(const Session& session, CLI::App& root, const CLI::ParseError& error, int argc, char** argv) {
  if (error.get_exit_code() == 0) return root.exit(error, std::cout, std::cerr);  // --help, --version
  bool json = session.json || std::find(argv, argv + argc, std::string("--json")) != argv + argc;
  if (json) {
    Session s;
    s.json = true;
    return fail(s, Error(Errc::invalid_argument, error.what()));
  }
  say(std::string("vidgen: ") + error.what());
  hint(root, argc, argv);
  say("see: vidgen --help");
  return kUsage;
}

}  // namespace
}  // namespace vidgen::cli

int main(int argc, char** argv) {
  using namespace vidgen::cli;
  vidgen::av::silence();  // what is wrong with a file, our errors say
  CLI::App root("vidgen makes a finished film from one prompt, and keeps what it paid for", "vidgen");
  root.set_version_flag("--version", std::string("vidgen ") + vidgen::kVersion);
  root.require_subcommand(1);
  root.get_formatter()->column_width(34);
  root.footer(
      "Exit codes: 0 ok, 1 failed, 2 usage, 3 delivered with something missing, 4 provider or credentials,\n"
      "5 budget, 6 input refused, 7 needs attention, 130 interrupted (the state is saved).");
  Session session;
  for (const Command& command : kCommands) command.add(root, session);
  try {
    root.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return usage_error(session, root, error, argc, argv);
  }
  if (!session.command) return 0;
  if (!root.got_subcommand("completion")) {
    vidgen::Result<Settings> settings = Settings::load();
    if (!settings) return fail(session, settings.error());
    session.settings = *settings;
  }
  return session.command();
}
