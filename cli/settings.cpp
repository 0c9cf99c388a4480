// SPDX-License-Identifier: Apache-2.0
#include "cli/settings.hpp"

#include <unistd.h>

#include <cstdlib>
#include <sstream>
#include <vector>

#include <toml++/toml.h>

#include "base/files.hpp"
#include "base/try.hpp"
#include "spec/words.hpp"

namespace vidgen::cli {
namespace {

constexpr const char* kFolderFile = "vidgen.toml";
constexpr std::int64_t kLargest = 1 << 20;

constexpr SettingRow kRows[] = {
    {"workspace", false, "films", "folder of journal, store and films"},
    {"budget", false, "", "US dollars that a film may cost"},
    {"budget_per_account", false, "", "US dollars that all films of the workspace may cost"},
    {"budget_per_day", false, "", "US dollars that the films of a day (UTC) may cost"},
    {"threads", false, "", "threads for work on this machine"},
    {"templates", false, "", "folder of your own templates"},
    {"models", false, "", "folder of your own models"},
    {"soundfont", false, "", "sound font of the composer"},
    {"backend", false, "auto", "auto, local or a provider's name"},
    {"on_ambiguous", false, "ask", "ask, retry or fail"},
    {"language_model", false, "", "reads the prompt; \"rules\": none does"},
    {"model", true, "", "the model that makes the clips"},
    {"template", true, "", "template or archetype"},
    {"duration", true, "", "length of the film"},
    {"size", true, "", "pixels; wins over aspect"},
    {"aspect", true, "", "16:9, 9:16, 1:1, 4:5 or 21:9"},
    {"fps", true, "", "frames a second of the film"},
    {"fps_mode", true, "duplicate", "duplicate or native"},
    {"continuity", true, "beat", "beat, take, hybrid, batch:N, none or anchored"},
    {"quality", true, "standard", "draft, standard or final"},
    {"preset", true, "", "the encoder's preset"},
    {"crf", true, "", "the encoder's quality, 0 to 51"},
    {"grade", true, "", "a grade's name"},
    {"captions", true, "true", "words in the picture: true or false"},
};

const SettingRow* row_of(std::string_view name) {
  for (const SettingRow& row : kRows)
    if (name == row.name) return &row;
  return nullptr;
}

std::string variable_of(const char* name) {
  std::string out = "VIDGEN_";
  for (; *name != '\0'; ++name) out += static_cast<char>(*name >= 'a' && *name <= 'z' ? *name - 'a' + 'A' : *name);
  return out;
}

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

std::string users_file() {
  if (std::string named = environment("VIDGEN_CONFIG"); !named.empty()) return named;
  std::string folder = environment("XDG_CONFIG_HOME");
  if (folder.empty()) folder = environment("HOME").empty() ? "" : environment("HOME") + "/.config";
  return folder.empty() ? "" : folder + "/vidgen/" + kFolderFile;
}

Error bad(const std::string& where, const std::string& what) {
  return Error(Errc::config_invalid, where + ": " + what);
}

Error unknown(const std::string& where, const std::string& key) {
  std::vector<std::string> names;
  for (const SettingRow& row : kRows) names.emplace_back(row.name);
  const std::string_view near = spec::nearest(names, key);
  return bad(where, "there is no setting \"" + key + "\"" +
                        (near.empty() ? std::string("; see vidgen config show")
                                      : "; did you mean " + std::string(near) + "?"));
}

Result<toml::table> parse(const std::string& path, const std::string& text) {
  try {
    return toml::parse(text, path);
  } catch (const toml::parse_error& e) {
    return bad(path + ":" + std::to_string(e.source().begin.line), std::string(e.description()));
  }
}

Result<std::string> text_of(const std::string& where, const std::string& key, const toml::node& node) {
  if (const auto* s = node.as_string()) return s->get();
  if (const auto* i = node.as_integer()) return std::to_string(i->get());
  if (const auto* b = node.as_boolean()) return std::string(b->get() ? "true" : "false");
  if (const auto* f = node.as_floating_point()) {
    std::ostringstream text;
    text.imbue(std::locale::classic());
    text << f->get();
    return text.str();
  }
  return bad(where, key + " must be a word or a number");
}

}  // namespace

std::span<const SettingRow> setting_rows() {
  return kRows;
}

Status Settings::read(const std::string& path, bool of_folder) {
  VIDGEN_TRY(text, base::read_file(path, kLargest));
  VIDGEN_TRY(table, parse(path, text));
  for (auto&& [key, node] : table) {
    const std::string name(key.str());
    const std::string where = path + ":" + std::to_string(node.source().begin.line);
    const SettingRow* row = row_of(name);
    if (row == nullptr) return unknown(where, name);
    if (of_folder && !row->folder_may)
      return bad(where, name + " may not be set by the file of a folder, which may come from anybody: set it in " +
                            users_file() + " or as " + variable_of(row->name));
    VIDGEN_TRY(value, text_of(where, name, node));
    set_[name] = Setting{value, where};
  }
  return {};
}

Result<Settings> Settings::load() {
  Settings out;
  for (const SettingRow& row : kRows)
    if (*row.fallback != '\0') out.set_[row.name] = Setting{row.fallback, "default"};
  const std::string user = users_file();
  if (!user.empty() && (!environment("VIDGEN_CONFIG").empty() || ::access(user.c_str(), F_OK) == 0))
    VIDGEN_CHECK(out.read(user, false));
  if (user != kFolderFile && ::access(kFolderFile, F_OK) == 0) VIDGEN_CHECK(out.read(kFolderFile, true));
  for (const SettingRow& row : kRows) {
    const std::string variable = variable_of(row.name);
    if (std::string value = environment(variable.c_str()); !value.empty())
      out.set_[row.name] = Setting{value, variable};
  }
  return out;
}

const Setting* Settings::find(const std::string& name) const {
  const auto it = set_.find(name);
  return it == set_.end() ? nullptr : &it->second;
}

const std::string& Settings::get(const std::string& name) const {
  static const std::string kNone;
  const Setting* setting = find(name);
  return setting != nullptr ? setting->value : kNone;
}

}  // namespace vidgen::cli
