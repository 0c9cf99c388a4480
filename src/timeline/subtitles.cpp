// SPDX-License-Identifier: Apache-2.0
// SubRip and WebVTT text to captions of a timeline.
//   https://www.matroska.org/technical/subtitles.html (SRT), https://www.w3.org/TR/webvtt1/
#include <algorithm>
#include <charconv>

#include "base/try.hpp"
#include "vidgen/timeline.hpp"

VIDGEN_NAMESPACE_BEGIN
namespace {

constexpr std::size_t kMostBytes = 4 << 20, kMostLines = 20;

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    out.push_back(line);
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
  }
  return out;
}

Error bad(std::size_t line, const std::string& what) {
  return Error(Errc::timeline_invalid, "captions, line " + std::to_string(line + 1) + ": " + what);
}

std::string_view trimmed(std::string_view s) {
  while (!s.empty() && (s.front() == ' ' || s.front() == '\t')) s.remove_prefix(1);
  while (!s.empty() && (s.back() == ' ' || s.back() == '\t')) s.remove_suffix(1);
  return s;
}

// "01:02:03,450", "02:03.450": seconds; nullopt when it is neither.
std::optional<Rational> clock(std::string_view text) {
  std::int64_t parts[4] = {};  // the last is milliseconds
  int count = 0;
  const char *at = text.data(), *end = at + text.size();
  for (; count < 4; ++count) {
    auto [next, ec] = std::from_chars(at, end, parts[count]);
    if (ec != std::errc{} || next == at || parts[count] < 0 || parts[count] > 999) return std::nullopt;
    const bool last = next == end;
    const char mark = last ? '\0' : *next;
    if (last) {
      if (next - at != 3) return std::nullopt;
      break;
    }
    if (mark != ':' && mark != ',' && mark != '.') return std::nullopt;
    at = next + 1;
  }
  if (count < 2 || count > 3) return std::nullopt;
  const std::int64_t hours = count == 3 ? parts[0] : 0, minutes = parts[count - 2], seconds = parts[count - 1];
  if (minutes > 59 || seconds > 59) return std::nullopt;
  return Rational((hours * 3600 + minutes * 60 + seconds) * 1000 + parts[count], 1000);
}

// Words without their marks: <i>, <font …>, {\an8}.
std::string plain(std::string_view line) {
  std::string out;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char open = line[i];
    const bool mark = open == '<' || (open == '{' && i + 1 < line.size() && line[i + 1] == '\\');
    const std::size_t close = mark ? line.find(open == '<' ? '>' : '}', i) : line.npos;
    if (close != line.npos)
      i = close;
    else
      out += open;
  }
  return std::string(trimmed(out));
}

struct Cue {
  Cue() = default;
  Rational from, to;
  std::string text;
};

Result<Cue> times_of(std::string_view line, std::size_t number) {
  const std::size_t arrow = line.find("-->");
  std::string_view to = trimmed(line.substr(arrow + 3));
  to = to.substr(0, to.find_first_of(" \t"));  // places of WebVTT and of some editors follow
  const auto from_seconds = clock(trimmed(line.substr(0, arrow))), to_seconds = clock(to);
  if (!from_seconds || !to_seconds) return bad(number, "expected times such as 00:00:01,000 --> 00:00:03,500");
  if (*to_seconds <= *from_seconds) return bad(number, "it ends before it begins");
  Cue cue;
  cue.from = *from_seconds;
  cue.to = *to_seconds;
  return cue;
}

Result<std::vector<Cue>> cues_of(std::string_view text) {
  std::vector<Cue> out;
  const auto lines = lines_of(text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].find("-->") == lines[i].npos) continue;  // numbers, headers, notes
    VIDGEN_TRY(cue, times_of(lines[i], i));
    for (std::size_t rows = 0; i + 1 < lines.size() && !trimmed(lines[i + 1]).empty(); ++rows) {
      if (lines[i + 1].find("-->") != std::string_view::npos || rows == kMostLines)
        return bad(i + 1, "a caption ends with an empty line");
      const std::string words = plain(lines[++i]);
      if (!words.empty()) cue.text += (cue.text.empty() ? "" : "\n") + words;
    }
    if (!cue.text.empty()) out.push_back(std::move(cue));
  }
  std::stable_sort(out.begin(), out.end(), [](const Cue& a, const Cue& b) { return a.from < b.from; });
  return out;
}

}  // namespace

Result<std::vector<Title>> captions_from_subtitles(std::string_view text, Rational fps, Frames frames) {
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
  if (text.size() > kMostBytes) return Error(Errc::timeline_invalid, "captions: more than 4 MB are no captions");
  if (text.find('\0') != text.npos) return Error(Errc::timeline_invalid, "captions: this is not text in UTF-8");
  VIDGEN_TRY(cues, cues_of(text));
  if (cues.empty()) return Error(Errc::timeline_invalid, "captions: there is none; expected SubRip (.srt) or WebVTT");
  std::vector<Title> out;
  for (std::size_t i = 0; i < cues.size(); ++i) {
    Title title;
    title.start = frame_at(cues[i].from, fps);
    Frames end = std::min(frame_at(cues[i].to, fps), frames);
    if (i + 1 < cues.size()) end = std::min(end, frame_at(cues[i + 1].from, fps));  // one at a time
    title.length = end - title.start;
    if (title.length < 1) continue;  // after the film's end, or hidden by the next
    title.text = cues[i].text;
    title.place = "bottom";
    out.push_back(title);
  }
  return out;
}

VIDGEN_NAMESPACE_END
