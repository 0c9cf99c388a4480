// SPDX-License-Identifier: Apache-2.0
#include "backends/model_input.hpp"

#include <algorithm>
#include <cmath>

namespace vidgen::backends {
namespace {

using base::Json;

struct Ratio {
  const char* name;
  double value;
};
constexpr Ratio kRatios[] = {{"16:9", 16.0 / 9}, {"9:16", 9.0 / 16}, {"1:1", 1},        {"4:3", 4.0 / 3},
                             {"3:4", 3.0 / 4},   {"4:5", 4.0 / 5},   {"5:4", 5.0 / 4},  {"3:2", 3.0 / 2},
                             {"2:3", 2.0 / 3},   {"21:9", 21.0 / 9}, {"9:21", 9.0 / 21}};

// A length in the unit of the model's field: whole numbers stay whole.
Json length_value(const ModelProfile& model, Rational seconds) {
  Rational value = seconds;
  if (model.duration.unit == "frames") value = Rational((seconds * model.fps).round());
  if (value.den() == 1) return value.num();
  return value.to_double();
}

Json size_object(Size size) {
  Json j = Json::object();
  j.set("width", size.width).set("height", size.height);
  return j;
}

// What each of our words is worth in this call; null: nothing to say.
Json value_of(const std::string& word, const CreateCall& c) {
  const GenerationRequest& r = c.request;
  if (word == "prompt") return r.prompt;
  if (word == "negative_prompt") return r.negative_prompt.empty() ? Json() : Json(r.negative_prompt);
  if (word == "first_frame") return c.first_frame.empty() ? Json() : Json(c.first_frame);
  if (word == "last_frame") return c.last_frame.empty() ? Json() : Json(c.last_frame);
  if (word == "seed") {
    const std::uint64_t mask = c.model.seed_bits >= 31 ? 0x7fffffffU : (1ULL << c.model.seed_bits) - 1;
    return c.model.seed_bits > 0 ? Json(static_cast<std::int64_t>(c.seed & mask)) : Json();
  }
  if (word == "width") return r.size.empty() ? Json() : Json(r.size.width);
  if (word == "height") return r.size.empty() ? Json() : Json(r.size.height);
  if (word == "aspect") return r.size.empty() ? Json() : Json(aspect_words(r.size));
  if (word == "size") return r.size.empty() ? Json() : Json(c.model.size_for(r.size).to_string());
  if (word == "ratio") return r.size.empty() ? Json() : Json(ratio_words(c.model.size_for(r.size)));
  if (word == "image_size") return r.size.empty() ? Json() : size_object(c.model.size_for(r.size));
  if (word == "resolution") return r.size.empty() ? Json() : Json(resolution_words(r.size));
  if (word == "duration" && c.model.duration.kind != Duration::Kind::fixed && r.seconds > Rational(0))
    return length_value(c.model, r.seconds);
  if (word == "references" && !c.references.empty()) {
    if (c.model.references_max == 1) return c.references.front();
    Json list = Json::array();
    const auto most = std::min(c.references.size(), static_cast<std::size_t>(std::max(1, c.model.references_max)));
    for (std::size_t i = 0; i < most; ++i) list.push(c.references[i]);
    return list;
  }
  return Json();
}

}  // namespace

std::string aspect_words(Size size) {
  const double wanted = std::log(static_cast<double>(size.width) / size.height);
  const Ratio* best = kRatios;
  for (const Ratio& r : kRatios)
    if (std::abs(std::log(r.value) - wanted) < std::abs(std::log(best->value) - wanted)) best = &r;
  return best->name;
}

std::string ratio_words(Size size) {
  return std::to_string(size.width) + ":" + std::to_string(size.height);
}

std::string resolution_words(Size size) {
  return std::to_string(std::min(size.width, size.height)) + "p";
}

Json model_input(const CreateCall& call) {
  Json out = Json::object();
  for (const auto& [word, field] : call.model.fields) {
    if (!word.empty() && word.front() == '=') continue;
    Json value = value_of(word, call);
    if (!value.is_null()) out.set(field, std::move(value));
  }
  // Constants win: the row says what this model is to be used with.
  for (const auto& [word, text] : call.model.fields) {
    if (word.empty() || word.front() != '=') continue;
    auto value = Json::parse(text);
    out.set(word.substr(1), value ? *value : Json(text));
  }
  return out;
}

}  // namespace vidgen::backends
