// SPDX-License-Identifier: Apache-2.0
// TemplateSet: the compiled-in data, then a folder of the user's own. The only file of this room that reads the disk.
#include <algorithm>

#include "base/files.hpp"
#include "base/try.hpp"
#include "embedded/templates.hpp"
#include "spec/template_json.hpp"
#include "spec/words.hpp"
#include "vidgen/template.hpp"

VIDGEN_NAMESPACE_BEGIN
namespace {

constexpr std::size_t kLargestFile = 16u << 20;

std::string stem(std::string_view path) {
  std::string_view file = path.substr(path.rfind('/') + 1);
  return std::string(file.substr(0, file.rfind('.')));
}

Result<TemplateSet> read_built_in() {
  TemplateSet set;
  for (const base::EmbeddedFile& file : embedded::templates()) {
    if (file.name.ends_with(".cube")) {
      set.luts[stem(file.name)] = std::string(file.text);
    } else if (!file.name.starts_with("schema/")) {
      if (Status s = spec::add_document(set, file.text); !s) return s.error().in(std::string(file.name));
    }
  }
  return set;
}

// Files of the folder and of its luts/, sorted, so that the same folder always gives the same set.
Result<std::vector<std::string>> files_of(const std::string& folder) {
  std::vector<std::string> out, folders = {folder};
  for (std::size_t i = 0; i < folders.size(); ++i) {
    auto entries = base::list_folder(folders[i]);
    if (!entries)
      return Error(entries.error().code(),
                   "the folder of templates " + folder + " cannot be read: " + entries.error().message());
    for (const base::FolderEntry& entry : *entries) {
      if (entry.is_folder && entry.name == "luts" && i == 0) folders.push_back(entry.path);
      if (!entry.is_folder && (entry.name.ends_with(".json") || entry.name.ends_with(".cube")))
        out.push_back(entry.path);
    }
  }
  std::sort(out.begin(), out.end());
  return out;
}

Status add_file(TemplateSet& set, const std::string& path) {
  VIDGEN_TRY(text, base::read_file(path, kLargestFile));
  if (path.ends_with(".json")) return spec::add_document(set, text);
  std::string name = stem(path);
  if (!spec::is_name(name))
    return Error(Errc::template_invalid, "a grade's file name must be small letters, digits and _");
  set.luts[name] = std::move(text);
  return {};
}

template <class T>
const T* at(const std::map<std::string, T>& map, const std::string& name) {
  auto it = map.find(name);
  return it == map.end() ? nullptr : &it->second;
}

}  // namespace

Result<TemplateSet> TemplateSet::load(const std::string& folder) {
  static const Result<TemplateSet> built_in = read_built_in();
  if (!built_in) return built_in.error();
  TemplateSet set = *built_in;
  if (!folder.empty()) {
    VIDGEN_TRY(files, files_of(folder));
    for (const std::string& path : files)
      if (Status s = add_file(set, path); !s) return s.error().in("reading " + path);
  }
  VIDGEN_CHECK(spec::check_links(set));
  return set;
}

const Template* TemplateSet::find(const std::string& name) const {
  return at(templates, name);
}
const Archetype* TemplateSet::find_archetype(const std::string& name) const {
  return at(archetypes, name);
}
const BeatTemplate* TemplateSet::find_beat(const std::string& name) const {
  return at(beats, name);
}
const std::string* TemplateSet::find_lut(const std::string& name) const {
  return at(luts, name);
}

VIDGEN_NAMESPACE_END
