// SPDX-License-Identifier: Apache-2.0
#include "spec/shot_words.hpp"

#include <algorithm>

#include "spec/captions.hpp"
#include "spec/words.hpp"

namespace vidgen::spec {
namespace {

struct WordRow {
  std::string_view word, text;
};

constexpr WordRow kShotWords[] = {{"wide", "wide shot"},
                                  {"medium_wide", "medium wide shot"},
                                  {"medium", "medium shot"},
                                  {"medium_close_up", "medium close-up"},
                                  {"close_up", "close-up"},
                                  {"tracking", "tracking shot"},
                                  {"extreme_close_up", "extreme close-up"},
                                  {"macro", "macro shot"},
                                  {"low_angle", "low angle"},
                                  {"top_down", "view from straight above"}};

constexpr WordRow kCameraWords[] = {{"static", "locked camera"},
                                    {"pan", "slow pan"},
                                    {"whip_pan", "fast whip pan"},
                                    {"tilt", "slow tilt"},
                                    {"push_in", "slow push-in"},
                                    {"pull_out", "slow pull-out"},
                                    {"orbit", "slow orbit"},
                                    {"crane_up", "camera rising"},
                                    {"crane_down", "camera sinking"},
                                    {"tracking", "camera moving alongside"},
                                    {"handheld", "gentle handheld camera"}};

template <std::size_t N>
std::string_view text_of(const WordRow (&rows)[N], std::string_view word) {
  for (const WordRow& row : rows)
    if (row.word == word) return row.text;
  return {};
}

}  // namespace

std::string_view shot_words(std::string_view shot) {
  return text_of(kShotWords, shot);
}
std::string_view camera_words(std::string_view camera) {
  return text_of(kCameraWords, camera);
}

std::string_view shot_size(std::string_view shot) {
  if (shot == "tracking") return "medium_wide";
  return shot == "extreme_close_up" ? std::string_view("macro") : shot;
}

void vary_sizes(std::vector<BeatTemplate>& beats) {
  constexpr std::string_view kOthers[] = {"medium", "close_up", "wide"};
  for (std::size_t i = 1; i < beats.size(); ++i) {
    if (shot_size(beats[i].shot) != shot_size(beats[i - 1].shot)) continue;
    std::size_t at = i + 1 == beats.size() ? i - 1 : i;
    auto is_beside = [&](std::string_view shot) {
      return (at > 0 && shot_size(beats[at - 1].shot) == shot) ||
             (at + 1 < beats.size() && shot_size(beats[at + 1].shot) == shot);
    };
    beats[at].shot = *std::find_if_not(std::begin(kOthers), std::end(kOthers), is_beside);
  }
}

std::string clip_prompt(const Spec& spec, const BeatTemplate& beat) {
  std::string out = fill(beat.prompt, spec);
  while (!out.empty() && (out.back() == '.' || out.back() == ' ')) out.pop_back();
  std::string shot(shot_words(beat.shot));
  if (!shot.empty() && shot[0] >= 'a' && shot[0] <= 'z') shot[0] = static_cast<char>(shot[0] - 32);
  out += ". " + shot + ", " + std::string(camera_words(beat.camera));
  if (!spec.style.lighting.empty()) out += ", " + spec.style.lighting;
  if (!spec.style.aesthetic.empty()) out += ", " + spec.style.aesthetic + " style";
  if (!spec.style.mood.empty()) out += ", " + spec.style.mood + " mood";
  std::string colours;
  for (const std::string& c : spec.style.palette) colours += (colours.empty() ? "" : " and ") + c;
  if (!colours.empty()) out += ", colours: " + colours;
  return out + ".";
}

}  // namespace vidgen::spec
