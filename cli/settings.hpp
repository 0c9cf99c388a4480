// SPDX-License-Identifier: Apache-2.0
// Settings: what is not on the command line. Each comes from the environment (VIDGEN_QUALITY), the folder's
// vidgen.toml, the user's file, or a default, in this order; flags win over all. Only the command reads files: the
// library takes a Config.
//
// The user's file is the one VIDGEN_CONFIG names, else $XDG_CONFIG_HOME/vidgen/vidgen.toml, else
// ~/.config/vidgen/vidgen.toml. A folder may come from anybody, so its file sets looks, sizes and models only: never
// money, never where requests go, never which files are read. Secrets have no setting at all.
//
// Errors: Errc::config_invalid, with file, line and the nearest name. Thread-safety: a value.
#pragma once

#include <map>
#include <span>
#include <string>

#include "vidgen/error.hpp"

namespace vidgen::cli {

struct SettingRow {
  const char* name;      // in files; its variable is VIDGEN_ and the name in capitals
  bool folder_may;       // may the current folder's file set it
  const char* fallback;  // empty: chosen by prompt, template or machine
  const char* what;
};
std::span<const SettingRow> setting_rows();

struct Setting {
  std::string value, origin;  // origin: "default", "VIDGEN_SIZE", "vidgen.toml:3"
};

class Settings {
 public:
  static Result<Settings> load();
  // The value, or empty when there is none.
  const std::string& get(const std::string& name) const;
  const Setting* find(const std::string& name) const;  // null: unset

 private:
  Status read(const std::string& path, bool of_folder);
  std::map<std::string, Setting> set_;
};

}  // namespace vidgen::cli
