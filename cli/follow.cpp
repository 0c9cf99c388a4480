// SPDX-License-Identifier: Apache-2.0
#include "cli/follow.hpp"

#include <unistd.h>

#include <iostream>

#include "cli/progress_view.hpp"

namespace vidgen::cli {
namespace {

int tell_film(const Session& session, const Film& film) {
  if (session.json) {
    auto parsed = base::Json::parse(to_json(film));
    done(session, parsed ? *parsed : base::Json::object());
  } else {
    for (const std::string& part : film.missing) say("delivered without: " + part);
    say(std::to_string(film.frames) + " frames, " + film.size.to_string() + ", " + film.cost.to_string() + ", " +
        (film.reused ? "nothing made anew" : "made by " + film.backend) + ", job " + film.job);
    print_data(film.path);
  }
  return film.missing.empty() ? 0 : 3;
}

// The command that is printed works as it stands, from the same folder.
Error with_workspace(const Session& session, const Error& error) {
  if (error.code() != Errc::interrupted || session.workspace.empty()) return error;
  std::string quoted;
  for (char c : session.workspace) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return Error(error.code(), error.message() + " --workspace '" + quoted + "'");
}

}  // namespace

int follow(const Session& session, Signals& signals, Job job) {
  signals.on_stop([job]() mutable { job.interrupt(); });
  ProgressView view(session);
  while (auto event = job.next_event()) view.show(*event);
  view.end();
  Result<Film> film = job.wait();
  if (!film) return fail(session, with_workspace(session, film.error()));
  return tell_film(session, *film);
}

bool is_person_there() {
  return ::isatty(STDIN_FILENO) != 0 && ::isatty(STDERR_FILENO) != 0;
}

bool agrees(const std::string& question) {
  std::cerr << question << " [y/N] ";
  std::string answer;
  std::getline(std::cin, answer);
  return answer == "y" || answer == "Y" || answer == "yes";
}

}  // namespace vidgen::cli
