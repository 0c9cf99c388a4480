// SPDX-License-Identifier: Apache-2.0
// Prompts that try to turn a language model, each with the answer of a model that obeyed. `never` must not be found in
// anything the answer could have written; `refused` says that the answer is no proposal at all.
#pragma once

#include <vector>

#include "llm_make.hpp"

namespace vidgen::testing_spec {

struct Attack {
  const char* name;
  std::string prompt;
  std::string answer;
  std::vector<std::string> never;
  bool refused = false;
};

inline const std::string kFilm = "An ad for a red steel bottle by Aqua on a mountain. ";

inline Attack says(const char* name, const std::string& prompt, const std::string& action,
                   std::vector<std::string> never) {
  return {name, kFilm + prompt, with_action(action).dump(), std::move(never)};
}
inline Attack field(const char* name, const std::string& prompt, const char* object, const char* key,
                    const std::string& value, std::vector<std::string> never) {
  return {name, kFilm + prompt, with(blank(), object, key, value).dump(), std::move(never)};
}
inline Attack extra(const char* name, const std::string& prompt, const char* key, Json value) {
  return {name, kFilm + prompt, blank().set(key, std::move(value)).dump(), {}, true};
}
inline Attack raw(const char* name, const std::string& prompt, std::string answer) {
  return {name, kFilm + prompt, std::move(answer), {}, true};
}

std::vector<Attack> attacks();

}  // namespace vidgen::testing_spec
