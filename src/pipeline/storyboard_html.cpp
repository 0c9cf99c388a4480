// SPDX-License-Identifier: Apache-2.0
// A storyboard as one HTML page that needs nothing else: no script, no font and no picture from anywhere.
#include "av/photograph.hpp"
#include "base/board_words.hpp"
#include "pipeline/storyboard_style.hpp"
#include "vidgen/storyboard.hpp"

VIDGEN_NAMESPACE_BEGIN
namespace {

// Prompts and captions are anybody's text.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') out += "&amp;";
    else if (c == '<') out += "&lt;";
    else if (c == '>') out += "&gt;";
    else if (c == '"') out += "&quot;";
    else if (c == '\n') out += "<br>";
    else out += c;
  }
  return out;
}

std::string base64(std::string_view bytes) {
  constexpr char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    unsigned v = 0;
    for (std::size_t k = 0; k < 3; ++k)
      v = v << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    for (int k = 3; k >= 0; --k) out += kDigits[v >> (6 * k) & 63];
  }
  for (std::size_t i = 0; i < (3 - bytes.size() % 3) % 3; ++i) out[out.size() - 1 - i] = '=';
  return out;
}

std::string element(std::string_view tag, std::string_view kind, const std::string& inside) {
  if (inside.empty()) return {};
  const std::string name(tag);
  return "<" + name + (kind.empty() ? "" : " class=\"" + std::string(kind) + "\"") + ">" + inside + "</" + name + ">\n";
}

std::string picture(const StoryboardPanel& panel, std::size_t number) {
  const auto bytes = av::encode_photograph(panel.picture);
  if (panel.picture.pixels.empty() || !bytes) return "<div class=\"none\"></div>\n";
  return "<img alt=\"Beat " + std::to_string(number) + ": " + escaped(panel.name) + "\" width=\"" +
         std::to_string(panel.picture.width) + "\" height=\"" + std::to_string(panel.picture.height) +
         "\" src=\"data:image/jpeg;base64," + base64(*bytes) + "\">\n";
}

std::string price(const StoryboardPrice& p, const Storyboard& board) {
  std::string out = element("b", "", base::price_text(p.own));
  if (!board.price_on.empty())
    out += element("span", "other", base::price_text(p.other) + " on " + escaped(board.price_on));
  return out;
}

std::string article(const Storyboard& board, std::size_t i) {
  const StoryboardPanel& p = board.panels[i];
  std::string head = element("span", "number", std::to_string(i + 1));
  head += element("h2", "", escaped(base::plain_words(p.name))) + element("time", "", base::span_text(p.from, p.to));
  std::string facts = element("li", "", escaped(base::plain_words(p.shot)));
  facts += element("li", "", escaped(base::plain_words(p.camera)));
  facts += element("li", "photo", base::photographs_text(p));
  std::string out = element("figure", "", picture(p, i + 1)) + element("header", "", head) + element("ul", "", facts);
  out += element("p", "over", escaped(p.over)) + element("blockquote", p.caption.empty() ? "silent" : "",
                                                         p.caption.empty() ? "no words" : escaped(p.caption));
  out += element("div", "price", price(p.price, board));
  return element("article", "", out);
}

// A bar as long as the film, with a field a beat.
std::string ruler(const Storyboard& board) {
  std::string out;
  for (std::size_t i = 0; i < board.panels.size(); ++i) {
    const StoryboardPanel& p = board.panels[i];
    const std::string length = std::to_string((p.to - p.from).to_double());
    out += "<i style=\"flex-grow:" + length + "\">" + std::to_string(i + 1) + "</i>";
  }
  return element("div", "ruler", out);
}

std::string row(const std::string& what, const StoryboardPrice& p, const Storyboard& board) {
  std::string out = element("th", "", escaped(what)) + element("td", "", base::price_text(p.own));
  if (!board.price_on.empty()) out += element("td", "", base::price_text(p.other));
  return element("tr", "", out);
}

std::string costs(const Storyboard& board) {
  StoryboardPrice beats;
  for (const StoryboardPanel& p : board.panels) beats.own += p.price.own, beats.other += p.price.other;
  std::string head = element("th", "", "Price") + element("td", "", escaped(board.model));
  if (!board.price_on.empty()) head += element("td", "", escaped(board.price_on));
  return element("table", "", element("tr", "head", head) + row("Beats", beats, board) +
                                  row("Music and references", board.shared, board) + row("Likely", board.total, board) +
                                  row("At most", board.most, board));
}

}  // namespace

std::string to_html(const Storyboard& board) {
  const std::string title = board.title.empty() ? "Storyboard" : base::plain_words(board.title);
  const bool upright = board.size.height > board.size.width;
  std::string articles;
  for (std::size_t i = 0; i < board.panels.size(); ++i) articles += article(board, i);
  std::string top = element("p", "kind", board.finished ? "Storyboard of the finished film" : "Storyboard");
  top += element("h1", "", escaped(title)) + element("p", "prompt", escaped(board.prompt));
  top += element("p", "facts", escaped(base::facts_text(board))) + ruler(board);
  const std::string job = board.job.empty() ? "" : "Job " + escaped(board.job);
  return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
         "<meta name=\"color-scheme\" content=\"light dark\">\n" +
         element("title", "", escaped(title) + " \xE2\x80\x93 storyboard") + element("style", "", kStoryboardStyle) +
         "</head>\n<body>\n" + element("header", "top", top) + element("main", upright ? "upright" : "", articles) +
         element("footer", "", costs(board) + element("p", "job", job)) + "</body>\n</html>\n";
}

VIDGEN_NAMESPACE_END
