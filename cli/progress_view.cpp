// SPDX-License-Identifier: Apache-2.0
#include "cli/progress_view.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace vidgen::cli {
namespace {

std::string clock(Rational seconds) {
  std::int64_t s = seconds.ceil();
  char text[32];
  std::snprintf(text, sizeof text, "%lld:%02lld", static_cast<long long>(s / 60), static_cast<long long>(s % 60));
  return text;
}

std::string percent(double fraction) {
  return std::to_string(static_cast<int>(fraction * 100)) + " %";
}

int columns() {
  winsize w{};
  return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &w) == 0 && w.ws_col > 20 ? w.ws_col : 80;
}

std::string readable(JobStatus status) {
  std::string s(to_string(status));
  std::replace(s.begin(), s.end(), '_', ' ');
  return s;
}

}  // namespace

ProgressView::ProgressView(const Session& session)
    : session_(session), terminal_(!session.json && ::isatty(STDERR_FILENO) != 0) {}
ProgressView::~ProgressView() {
  end();
}

void ProgressView::end() {
  if (drawn_) std::fputc('\n', stderr);
  drawn_ = false;
}

void ProgressView::bar(const Event& e) {
  constexpr int kCells = 24;
  int full = static_cast<int>(e.fraction * kCells + 0.5);
  std::string cells;
  for (int i = 0; i < kCells; ++i) cells += i < full ? "█" : "░";
  std::string text =
      " " + percent(e.fraction) + "  " + e.cost.to_string() + "  " + clock(e.eta) + " left  " + readable(e.status);
  text.resize(std::min<std::size_t>(text.size(), static_cast<std::size_t>(std::max(10, columns() - kCells - 1))));
  std::fprintf(stderr, "\r%s%s\033[K", cells.c_str(), text.c_str());
  std::fflush(stderr);
  drawn_ = true;
}

void ProgressView::show(const Event& e) {
  if (session_.json) return print_json(to_json(e));
  if (session_.quiet) return;
  if (e.kind == "note" || e.kind == "error") {
    end();
    if (e.kind == "note") say("note: " + e.message);
    return;
  }
  if (terminal_) return bar(e);
  int now = static_cast<int>(e.fraction * 100);
  bool tell = e.kind == "status" || e.kind == "plan" || now >= last_percent_ + 10;
  if (!tell) return;
  last_percent_ = now;
  std::string line = percent(e.fraction) + "  " + e.cost.to_string() + "  " + clock(e.eta) + " left  " +
                     (e.kind == "plan" ? e.message : readable(e.status));
  if (line != last_line_) say(line);
  last_line_ = line;
}

}  // namespace vidgen::cli
