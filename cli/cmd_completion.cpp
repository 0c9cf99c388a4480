// SPDX-License-Identifier: Apache-2.0
// vidgen completion bash|zsh|fish: a script made from the commands themselves, so that it never lags behind them.
#include "cli/session.hpp"

namespace vidgen::cli {
namespace {

std::string words_of(const CLI::App& app) {
  std::string out;
  for (const CLI::Option* o : app.get_options())
    for (const std::string& name : o->get_lnames()) out += (out.empty() ? "--" : " --") + name;
  return out;
}

std::string names_of(const CLI::App& root) {
  std::string out;
  for (const CLI::App* sub : root.get_subcommands([](const CLI::App*) { return true; }))
    out += (out.empty() ? "" : " ") + sub->get_name();
  return out;
}

std::string bash(const CLI::App& root) {
  std::string s = "_vidgen() {\n  local cur=${COMP_WORDS[COMP_CWORD]}\n";
  s += "  if [ \"$COMP_CWORD\" -eq 1 ]; then COMPREPLY=($(compgen -W \"" + names_of(root) +
       "\" -- \"$cur\")); return; fi\n";
  s += "  case ${COMP_WORDS[1]} in\n";
  for (const CLI::App* sub : root.get_subcommands([](const CLI::App*) { return true; }))
    s += "    " + sub->get_name() + ") COMPREPLY=($(compgen -W \"" + words_of(*sub) + "\" -- \"$cur\"));;\n";
  s += "  esac\n  [ ${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- \"$cur\"))\n}\ncomplete -F _vidgen vidgen";
  return s;
}

std::string zsh(const CLI::App& root) {
  return "autoload -U +X bashcompinit && bashcompinit\n" + bash(root);
}

std::string fish(const CLI::App& root) {
  std::string s = "complete -c vidgen -f -n __fish_use_subcommand -a '" + names_of(root) + "'";
  for (const CLI::App* sub : root.get_subcommands([](const CLI::App*) { return true; }))
    for (const CLI::Option* o : sub->get_options())
      for (const std::string& name : o->get_lnames())
        s += "\ncomplete -c vidgen -n '__fish_seen_subcommand_from " + sub->get_name() + "' -l " + name;
  return s;
}

}  // namespace

void add_completion(CLI::App& root, Session& session) {
  CLI::App* app = root.add_subcommand("completion", "print a completion script for a shell");
  auto shell = std::make_shared<std::string>();
  app->add_option("shell", *shell, "bash, zsh or fish")->required()->check(CLI::IsMember({"bash", "zsh", "fish"}));
  app->callback([&root, &session, shell] {
    session.command = [&root, shell] {
      print_line(*shell == "bash" ? bash(root) : *shell == "zsh" ? zsh(root) : fish(root));
      return 0;
    };
  });
}

}  // namespace vidgen::cli
