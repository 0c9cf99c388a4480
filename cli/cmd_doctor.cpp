// SPDX-License-Identifier: Apache-2.0
// vidgen doctor: what is installed, what is missing, what is old. It changes nothing.
#include <sys/statvfs.h>
#include <unistd.h>

#include <cstdlib>
#include <ctime>

#include "av/versions.hpp"
#include "av/video_encoder.hpp"
#include "base/soundfont.hpp"
#include "cli/session.hpp"
#include "journal/postgres.hpp"
#include "plan/model_json.hpp"
#include "vidgen/local.hpp"

namespace vidgen::cli {
namespace {

using base::Json;

struct Line {
  std::string what, state, detail;  // state: ok, warn, bad
};

std::string today() {
  std::time_t now = std::time(nullptr);
  std::tm tm{};
  ::gmtime_r(&now, &tm);
  char text[16];
  std::strftime(text, sizeof text, "%Y-%m-%d", &tm);
  return text;
}

// Enough of a key to recognise it, never enough to use it.
Line key_line(const char* name) {
  const char* value = std::getenv(name);
  if (value == nullptr || *value == '\0') return {name, "ok", "not set"};
  std::string s = value;
  return {name, "ok", s.size() < 12 ? "set" : s.substr(0, 3) + "…" + " (" + std::to_string(s.size()) + " characters)"};
}

Line ffmpeg_line() {
  std::string file = av::library_file();
  if (char* real = ::realpath(file.c_str(), nullptr)) {
    file = real;
    std::free(real);
  }
  return {"FFmpeg", "ok", av::release() + ", " + av::library_licence() + (file.empty() ? "" : ", " + file)};
}

// What was found is what a film gets: it is opened, not only looked up.
Line encoder_line() {
  std::string name = av::h264_encoder_name();
  if (name.empty()) return {"H.264 encoder", "bad", "none: install an FFmpeg with libx264 or OpenH264"};
  if (name == "libx264") return {"H.264 encoder", "ok", "libx264 (GPL: a program that ships it must be GPL too)"};
  const std::string licence = name == "libopenh264" ? " (BSD; whoever sells films may owe for patents)" : "";
  return {"H.264 encoder", "ok", name + licence + "; libx264, which makes smaller films, is not there"};
}

Line aac_line() {
  std::string name = av::aac_encoder_name();
  if (name.empty()) return {"AAC encoder", "bad", "none: install an FFmpeg with one"};
  return {"AAC encoder", "ok", name == "aac" ? "aac, FFmpeg's own" : name};
}

Line font_line() {
  Title title;
  title.text = "Film";
  title.look = "cinematic";
  title.length = 60;
  auto titles = load_local_titles();
  auto layer = titles->layout(title, Size(640, 360), 30);
  if (!layer) return {"fonts", "bad", layer.error().message()};
  return {"fonts", "ok", "the type renderer has what it needs (" + titles->version() + ")"};
}

Line fluidsynth_line() {
  auto library = base::open_fluidsynth();
  return library ? Line{"FluidSynth", "ok", "plays the music"} : Line{"FluidSynth", "bad", library.error().message()};
}

Line soundfont_line(const std::string& wanted) {
  auto font = base::find_soundfont(wanted);
  return font ? Line{"sound font", "ok", *font} : Line{"sound font", "bad", font.error().message()};
}

// Without VIDGEN_JOURNAL nobody needs a server, nor libpq.
Line journal_line(const std::string& url) {
  if (url.empty())
    return {"journal", "ok",
            std::string("SQLite in the workspace; PostgreSQL (VIDGEN_JOURNAL) ") +
                (journal::find_libpq() ? "can be used" : "cannot be used: no libpq here, or a build without it")};
  auto found = journal::examine_postgres(url);
  if (!found) return {"journal", "bad", found.error().message()};
  return {"journal", found->find("fsync") == std::string::npos ? "ok" : "warn", *found};
}

Line disk_line(const std::string& folder) {
  struct statvfs v;
  std::string at = ::access(folder.c_str(), F_OK) == 0 ? folder : ".";
  if (::statvfs(at.c_str(), &v) != 0) return {"disk", "bad", "cannot read " + at};
  double gb = static_cast<double>(v.f_bavail) * static_cast<double>(v.f_frsize) / 1e9;
  bool writable = ::access(at.c_str(), W_OK) == 0;
  char text[64];
  std::snprintf(text, sizeof text, "%.1f GB free, %s", gb, writable ? "writable" : "not writable");
  return {"workspace " + folder, !writable ? "bad" : gb < 1 ? "warn" : "ok", text};
}

Line models_line(const std::string& folder) {
  auto set = ModelSet::load(folder);
  if (!set) return {"models", "bad", set.error().message()};
  auto stale = plan::stale_rows(*set, today());
  if (!stale) return {"models", "bad", stale.error().message()};
  std::string names;
  for (const std::string& name : *stale) names += (names.empty() ? "" : ", ") + name;
  if (names.empty()) return {"models", "ok", std::to_string(set->models.size()) + " rows, all checked within a year"};
  return {"models", "warn", "not checked for over a year: " + names};
}

Line clock_line() {
  // A clock before this version was written would break leases and signatures.
  return today() < "2026-11" ? Line{"clock", "warn", "says " + today()} : Line{"clock", "ok", today()};
}

std::vector<Line> examine(const Session& session) {
  Config config = session.config();
  std::vector<Line> lines;
  lines.push_back({"vidgen", "ok", kVersion});
  lines.push_back(ffmpeg_line());
  for (const auto& [name, version] : av::library_versions()) lines.push_back({name, "ok", version});
  lines.push_back(encoder_line());
  lines.push_back(aac_line());
  lines.push_back(font_line());
  lines.push_back(fluidsynth_line());
  lines.push_back(soundfont_line(config.soundfont));
  lines.push_back(models_line(config.model_folder));
  lines.push_back(journal_line(config.journal_url));
  lines.push_back(disk_line(config.workspace));
  lines.push_back(clock_line());
  for (const char* key : {"REPLICATE_API_TOKEN", "OPENAI_API_KEY", "RUNWAYML_API_SECRET", "FAL_KEY"})
    lines.push_back(key_line(key));
  for (const auto& backend : config.backends.all()) {
    const std::string why = backend->unavailable();
    lines.push_back({"backend " + backend->name(), "ok", why.empty() ? "can be used" : "cannot be used: " + why});
  }
  return lines;
}

int doctor(const Session& session) {
  bool bad = false;
  Json list = Json::array();
  std::vector<std::vector<std::string>> rows;
  for (const Line& line : examine(session)) {
    bad = bad || line.state == "bad";
    Json j = Json::object();
    j.set("what", line.what).set("state", line.state).set("detail", line.detail);
    list.push(j);
    rows.push_back({line.state, line.what, line.detail});
  }
  if (!session.json) print_table(rows);
  Json result = Json::object();
  result.set("healthy", !bad).set("lines", list);
  done(session, result);
  return bad ? 1 : 0;
}

}  // namespace

void add_doctor(CLI::App& root, Session& session) {
  CLI::App* app = sub_command(root, session, "doctor", "what is installed, what is missing, what is old");
  app->callback([&session] { session.command = [&session] { return doctor(session); }; });
}

}  // namespace vidgen::cli
