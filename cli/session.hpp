// SPDX-License-Identifier: Apache-2.0
// Session: what every command shares: where output goes, how errors end, which pipeline is used. Data goes to stdout,
// everything else to stderr; with --json, stdout holds one JSON object a line and ends in exactly one `result`.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <string>

#include "base/json.hpp"
#include "cli/settings.hpp"
#include "vidgen/pipeline.hpp"

namespace vidgen::cli {

struct Session {
  bool json = false;
  bool quiet = false;
  std::string workspace;         // --workspace; empty: the settings'
  Settings settings;             // loaded before the command runs
  std::function<int()> command;  // set by the sub-command that was chosen

  // With the embedded backend.
  Config config() const;
  // Whether the workspace is there: commands that only look make none. Errc::not_found.
  Status look() const;
};

// Prints an error in the session's form and gives the exit code of its row.
int fail(const Session& session, const Error& error);
// Prints the one `result` object (--json), and gives 0.
int done(const Session& session, base::Json result);
void print_data(const std::string& line);  // to stdout as it is: a path
void print_json(const std::string& line);  // one object to stdout
void print_line(const std::string& line);  // to stdout for people, without control characters
void say(const std::string& line);         // to stderr, likewise

// A table of left-aligned columns to stdout.
void print_table(const std::vector<std::vector<std::string>>& rows);

// One row a command.
struct Command {
  const char* name;
  void (*add)(CLI::App& root, Session& session);
};
void add_make(CLI::App& root, Session& session);
void add_plan(CLI::App& root, Session& session);
void add_jobs(CLI::App& root, Session& session);
void add_show(CLI::App& root, Session& session);
void add_redo(CLI::App& root, Session& session);
void add_cost(CLI::App& root, Session& session);
void add_media(CLI::App& root, Session& session);
void add_lists(CLI::App& root, Session& session);
void add_config(CLI::App& root, Session& session);
void add_doctor(CLI::App& root, Session& session);
void add_completion(CLI::App& root, Session& session);

// A sub-command with the flags that all have.
CLI::App* sub_command(CLI::App& root, Session& session, const std::string& name, const std::string& what);

}  // namespace vidgen::cli
