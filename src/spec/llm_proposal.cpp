// SPDX-License-Identifier: Apache-2.0
#include "spec/llm_proposal.hpp"

#include <algorithm>

#include "base/json.hpp"
#include "base/try.hpp"
#include "spec/llm_words.hpp"
#include "spec/text.hpp"
#include "spec/words.hpp"

namespace vidgen::spec {
namespace {

using base::Json;
using base::Reader;

constexpr std::size_t kMostKeys = 32, kMostErrorCharacters = 300;
constexpr std::string_view kWhite = " \t\r\n";

Error wrong(const std::string& what) {
  return Error(Errc::spec_invalid, what);
}

std::string_view trimmed(std::string_view text) {
  std::size_t first = text.find_first_not_of(kWhite);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(kWhite) - first + 1);
}

// What stands inside one ```json … ``` that is whole; text without a fence is itself.
Result<std::string_view> unfenced(std::string_view text) {
  constexpr std::string_view kFence = "```";
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  text = trimmed(text);
  if (!text.starts_with(kFence)) return text;
  std::size_t line = text.find('\n');
  if (line == text.npos || text.size() < line + 4 || !text.ends_with(kFence))
    return wrong("the answer: its Markdown fence is not closed; give the JSON object alone");
  return trimmed(text.substr(line + 1, text.size() - line - 4));
}

// Readers compare keys one by one, so a hostile object with thousands is refused first.
Status check_keys(const Json& object, const std::string& path) {
  if (!object.is_object()) return wrong(path + ": expected an object");
  if (object.members().size() <= kMostKeys) return {};
  return wrong(path + ": has " + std::to_string(object.members().size()) + " keys, far more than the schema");
}

Status check_list(const Json& list, const std::string& key, std::size_t most) {
  if (list.is_null()) return {};
  if (!list.is_array()) return wrong(key + ": expected a list");
  if (list.items().size() <= most) return {};
  return wrong(key + ": at most " + std::to_string(most) + ", found " + std::to_string(list.items().size()));
}

template <class T>
void optional(Reader& r, std::string_view key, std::optional<T>& out) {
  T value{};
  const Json& j = r.take(key);
  if (j.is_null()) return;
  r.get(key, value);
  out = std::move(value);
}

Status read_beats(const Json& list, Proposal& out) {
  VIDGEN_CHECK(check_list(list, "beats", kMostBeats));
  for (std::size_t i = 0; i < list.items().size(); ++i) {
    std::string path = "beats[" + std::to_string(i) + "]";
    VIDGEN_CHECK(check_keys(list.items()[i], path));
    ProposedBeat beat;
    Reader r(list.items()[i], Errc::spec_invalid, path);
    r.get("name", beat.name);
    optional(r, "action", beat.action);
    optional(r, "shot", beat.shot);
    optional(r, "camera", beat.camera);
    optional(r, "seconds", beat.seconds);
    VIDGEN_CHECK(r.finish(true));
    out.beats.push_back(std::move(beat));
  }
  return {};
}

Status read_reasons(const Json& list, Proposal& out) {
  VIDGEN_CHECK(check_list(list, "reasons", kMostProposedReasons));
  for (std::size_t i = 0; i < list.items().size(); ++i) {
    std::string path = "reasons[" + std::to_string(i) + "]";
    VIDGEN_CHECK(check_keys(list.items()[i], path));
    ProposedReason reason;
    Reader r(list.items()[i], Errc::spec_invalid, path);
    r.get("field", reason.field).get("why", reason.why);
    VIDGEN_CHECK(r.finish(true));
    out.reasons.push_back(std::move(reason));
  }
  return {};
}

// One object of the rows ("style"), whichever of them it holds.
Status read_object(const Json& object, std::string_view name, Proposal& out) {
  if (object.is_null()) return {};
  VIDGEN_CHECK(check_keys(object, std::string(name)));
  Reader r(object, Errc::spec_invalid, std::string(name));
  auto rows = proposed_fields();
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (rows[i].object == name) optional(r, rows[i].key, out.fields[i]);
  return r.finish(true);
}

Status read_root(const Json& root, Proposal& out) {
  VIDGEN_CHECK(check_keys(root, "the answer"));
  Reader r(root, Errc::spec_invalid);
  optional(r, "template", out.template_name);
  const Json& beats = r.take("beats");
  const Json& reasons = r.take("reasons");
  const Json& colours = r.take("colours");
  std::vector<std::string_view> objects;
  for (const ProposedField& row : proposed_fields())
    if (std::find(objects.begin(), objects.end(), row.object) == objects.end()) objects.push_back(row.object);
  for (std::string_view object : objects) (void)r.take(object);
  VIDGEN_CHECK(r.finish(true));
  VIDGEN_CHECK(check_list(colours, "colours", kMostProposedColours));
  if (!colours.is_null()) VIDGEN_CHECK(r.get("colours", out.colours).finish(true));
  VIDGEN_CHECK(read_beats(beats, out));
  for (std::string_view object : objects) VIDGEN_CHECK(read_object(root[object], object, out));
  return read_reasons(reasons, out);
}

// Keys are the model's own words: a complaint about one is cleaned and cut before anybody reads it.
Error bounded(const Error& error) {
  std::string text = error.message();
  text = first_invalid(text) == text.npos ? folded_spaces(text) : std::string("the answer: is not valid UTF-8");
  std::string out;
  for (std::size_t at = 0, n = 0; at < text.size() && n < kMostErrorCharacters; ++n)
    append_utf8(out, next_code_point(text, at));
  return wrong(out);
}

}  // namespace

Result<Proposal> read_proposal(std::string_view answer) {
  if (answer.size() > kMostProposalBytes)
    return wrong("the answer: " + std::to_string(answer.size()) + " bytes are too many; at most " +
                 std::to_string(kMostProposalBytes) + " are read");
  auto text = unfenced(answer);
  if (!text) return text.error();
  auto root = Json::parse(*text);
  if (!root) return bounded(wrong("the answer: " + root.error().message()));
  Proposal out;
  out.fields.resize(proposed_fields().size());
  if (Status s = read_root(*root, out); !s) return bounded(s.error());
  return out;
}

}  // namespace vidgen::spec
