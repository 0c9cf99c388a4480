// SPDX-License-Identifier: Apache-2.0
// The set of models: those compiled in, then a folder of the user's own.
#include <algorithm>

#include "base/files.hpp"
#include "base/try.hpp"
#include "embedded/models.hpp"
#include "plan/model_json.hpp"

VIDGEN_NAMESPACE_BEGIN
namespace {

Status add(ModelSet& set, std::string_view text, const std::string& where) {
  auto rows = plan::models_from_json(text);
  if (!rows) return rows.error().in("reading " + where);
  for (ModelProfile& row : *rows) {
    std::string name = row.name;
    set.models.insert_or_assign(std::move(name), std::move(row));
  }
  return {};
}

Result<std::vector<std::string>> json_files(const std::string& folder) {
  std::vector<std::string> out;
  auto entries = base::list_folder(folder);
  if (!entries)
    return Error(entries.error().code(),
                 "the folder of models \"" + folder + "\" cannot be read: " + entries.error().message());
  for (const base::FolderEntry& entry : *entries)
    if (!entry.is_folder && entry.name.ends_with(".json")) out.push_back(entry.path);
  return out;
}

// Edits that turn one name into the other.
std::size_t edits(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row[b.size()];
}

std::string nearest(const ModelSet& set, std::string_view name) {
  std::vector<std::pair<std::size_t, std::string>> ranked;
  for (const auto& [key, model] : set.models) {
    std::size_t best = edits(name, key);
    for (const std::string& alias : model.aliases) best = std::min(best, edits(name, alias));
    ranked.emplace_back(best, key);
  }
  std::sort(ranked.begin(), ranked.end());
  std::string out;
  for (std::size_t i = 0; i < ranked.size() && i < 3; ++i) out += (i ? ", " : "") + ranked[i].second;
  return out;
}

Result<ModelSet> read_built_in() {
  ModelSet set;
  for (const base::EmbeddedFile& file : embedded::models()) VIDGEN_CHECK(add(set, file.text, std::string(file.name)));
  return set;
}

}  // namespace

Result<ModelSet> ModelSet::load(const std::string& folder) {
  static const Result<ModelSet> built_in = read_built_in();
  if (!built_in) return built_in.error();
  ModelSet set = *built_in;
  if (folder.empty()) return set;
  VIDGEN_TRY(files, json_files(folder));
  for (const std::string& path : files) {
    VIDGEN_TRY(text, base::read_file(path, std::size_t{4} << 20));
    VIDGEN_CHECK(add(set, text, path));
  }
  return set;
}

Result<ModelProfile> ModelSet::find(std::string_view name) const {
  for (const auto& [key, model] : models)
    if (key == name) return model;
  for (const auto& [key, model] : models)
    if (std::find(model.aliases.begin(), model.aliases.end(), name) != model.aliases.end()) return model;
  return Error(Errc::model_unknown, "there is no model \"" + std::string(name.substr(0, 80)) + "\"; near it are " +
                                        nearest(*this, name.substr(0, 80)) + " (vidgen models lists them all)");
}

VIDGEN_NAMESPACE_END
