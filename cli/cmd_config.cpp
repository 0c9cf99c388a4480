// SPDX-License-Identifier: Apache-2.0
// vidgen config show: every setting, its value, and where the value comes from.
#include "cli/session.hpp"

namespace vidgen::cli {
namespace {

int show(const Session& session, bool origin) {
  base::Json all = base::Json::object();
  std::vector<std::vector<std::string>> rows;
  for (const SettingRow& row : setting_rows()) {
    const Setting* set = session.settings.find(row.name);
    const std::string value = set != nullptr ? set->value : "", from = set != nullptr ? set->origin : "unset";
    base::Json one = base::Json::object();
    one.set("value", value).set("origin", from);
    all.set(row.name, one);
    rows.push_back({row.name, value.empty() ? "-" : value, origin ? from : row.what});
  }
  if (!session.json) print_table(rows);
  base::Json j = base::Json::object();
  j.set("settings", all);
  return done(session, j);
}

}  // namespace

void add_config(CLI::App& root, Session& session) {
  CLI::App* app = root.add_subcommand("config", "settings of files and environment");
  app->require_subcommand(1);
  CLI::App* list = sub_command(*app, session, "show", "each setting and its value");
  auto origin = std::make_shared<bool>(false);
  list->add_flag("--origin", *origin, "where each value comes from");
  list->footer(
      "A flag wins over the environment (VIDGEN_QUALITY), that over vidgen.toml in the current folder, that over the\n"
      "user's file (VIDGEN_CONFIG, else ~/.config/vidgen/vidgen.toml). A folder's file sets looks, sizes and models "
      "only.");
  list->callback([&session, origin] { session.command = [&session, origin] { return show(session, *origin); }; });
}

}  // namespace vidgen::cli
