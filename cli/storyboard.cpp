// SPDX-License-Identifier: Apache-2.0
#include "cli/storyboard.hpp"

#include "base/files.hpp"
#include "base/try.hpp"

namespace vidgen::cli {
namespace {

// What the file's name ends in, with its dot; empty when it has no ending.
std::string ending_of(const std::string& path) {
  const auto dot = path.rfind('.'), slash = path.rfind('/');
  const bool has = dot != std::string::npos && (slash == std::string::npos || dot > slash + 1) && dot > 0;
  return has ? path.substr(dot) : std::string();
}

std::string stem_of(const std::string& path) {
  return path.substr(0, path.size() - ending_of(path).size());
}

struct Written {
  std::string html, png;
};

Result<Written> write_both(const BoardFlags& flags, const Storyboard& board) {
  Written out;
  out.html = stem_of(flags.file) + ".html";
  out.png = stem_of(flags.file) + ".png";
  VIDGEN_TRY(png, to_png(board));
  VIDGEN_CHECK(base::write_file(out.html, to_html(board)));
  VIDGEN_CHECK(base::write_file(out.png, png));
  return out;
}

}  // namespace

void add_board_flags(CLI::App& app, BoardFlags& flags) {
  app.add_option("--storyboard", flags.file, "write the film on one page: FILE.html, and FILE.png beside it")
      ->type_name("FILE");
  app.add_option("--price-on", flags.price_on, "in the storyboard: also what it would cost on this clip model")
      ->type_name("MODEL");
}

Status check(const BoardFlags& flags) {
  if (!flags.price_on.empty() && !flags.wanted())
    return Error(Errc::invalid_argument, "--price-on belongs to a storyboard: add --storyboard FILE");
  const std::string ending = ending_of(flags.file);
  if (ending.empty() || ending == ".html" || ending == ".png") return {};
  return Error(Errc::invalid_argument, "--storyboard writes " + stem_of(flags.file) + ".html and .png, not " + ending +
                                           ": name it " + stem_of(flags.file));
}

StoryboardOptions options_of(const BoardFlags& flags) {
  StoryboardOptions options;
  options.price_on = flags.price_on;
  return options;
}

int write_board(const Session& session, const BoardFlags& flags, const Result<Storyboard>& board) {
  if (!board) return fail(session, board.error());
  const Result<Written> written = write_both(flags, *board);
  if (!written) return fail(session, written.error());
  if (!session.json) {
    print_data(written->html);
    print_data(written->png);
    return 0;
  }
  base::Json prices = base::Json::object();
  prices.set("model", board->model).set("likely_usd", board->total.own.dollars());
  if (!board->price_on.empty()) prices.set("price_on", board->price_on).set("other_usd", board->total.other.dollars());
  base::Json j = base::Json::object();
  j.set("html", written->html).set("png", written->png).set("finished", board->finished);
  return done(session, j.set("beats", static_cast<std::int64_t>(board->panels.size())).set("prices", prices));
}

}  // namespace vidgen::cli
