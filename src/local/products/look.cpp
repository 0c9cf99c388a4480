// SPDX-License-Identifier: Apache-2.0
// Colour and material words to looks.
#include <algorithm>
#include <array>
#include <vector>

#include "local/products/product.hpp"

namespace vidgen::local {
namespace {

struct ColorWord {
  std::string_view word;
  std::uint32_t rgb;
};

// Tones that a designer would pick for the word, not the screen's primaries.
constexpr ColorWord kColors[] = {
    {"red", 0xb8262c},       {"crimson", 0xa31d2c},  {"scarlet", 0xc7301f},    {"burgundy", 0x6d1f2d},
    {"maroon", 0x6a2024},    {"wine", 0x6b2034},     {"ruby", 0x9c1b3a},       {"coral", 0xe8765f},
    {"salmon", 0xe89a86},    {"orange", 0xe2702c},   {"terracotta", 0xb95f3d}, {"rust", 0xa3502c},
    {"copper", 0xb8754a},    {"bronze", 0x9a7346},   {"amber", 0xd9922e},      {"peach", 0xf0b896},
    {"apricot", 0xefae78},   {"yellow", 0xefc13c},   {"mustard", 0xc9982f},    {"lemon", 0xf0dc62},
    {"gold", 0xe3bf83},      {"golden", 0xe3bf83},   {"brass", 0xd2a45c},      {"green", 0x3d7a50},
    {"forest", 0x2c4f3c},    {"emerald", 0x1f7a58},  {"olive", 0x6d6b3a},      {"sage", 0x94a58c},
    {"mint", 0xa9d3bd},      {"lime", 0xa4c84a},     {"khaki", 0xa39a72},      {"teal", 0x1e7378},
    {"turquoise", 0x3bb2ac}, {"aqua", 0x6fc6c4},     {"cyan", 0x3fb0cc},       {"blue", 0x2f61ab},
    {"navy", 0x1f2f52},      {"cobalt", 0x2347a0},   {"azure", 0x4a90d0},      {"indigo", 0x363a80},
    {"denim", 0x46618a},     {"purple", 0x65489a},   {"violet", 0x6c4fb0},     {"plum", 0x5d3355},
    {"lavender", 0xb3a5d6},  {"lilac", 0xc0a6d0},    {"magenta", 0xb5357c},    {"pink", 0xe6a3b0},
    {"fuchsia", 0xc23a86},   {"rose", 0xd59a9a},     {"blush", 0xe8c2b8},      {"brown", 0x6a4630},
    {"chocolate", 0x4a2e20}, {"tan", 0xb98d62},      {"caramel", 0xb0763f},    {"chestnut", 0x6f3f2a},
    {"cognac", 0x8c4e28},    {"beige", 0xd8c7a9},    {"sand", 0xd5c09a},       {"cream", 0xf0e6d2},
    {"ivory", 0xf3ecdc},     {"white", 0xf3f0ea},    {"black", 0x202125},      {"ebony", 0x222022},
    {"charcoal", 0x3b3e45},  {"graphite", 0x474a51}, {"grey", 0x8b9096},       {"gray", 0x8b9096},
    {"slate", 0x5c6875},     {"silver", 0xcdd1d5},   {"titanium", 0xa8a59f},
};

struct MaterialWord {
  std::string_view word;
  Material material;
};

constexpr MaterialWord kMaterials[] = {
    {"steel", Material::steel},     {"stainless", Material::steel},   {"metal", Material::steel},
    {"metallic", Material::steel},  {"aluminium", Material::steel},   {"aluminum", Material::steel},
    {"chrome", Material::steel},    {"titanium", Material::steel},    {"matte", Material::matte},
    {"matt", Material::matte},      {"rubber", Material::matte},      {"silicone", Material::matte},
    {"concrete", Material::matte},  {"glossy", Material::satin},      {"satin", Material::satin},
    {"enamel", Material::satin},    {"lacquered", Material::satin},   {"plastic", Material::plastic},
    {"ceramic", Material::ceramic}, {"stoneware", Material::ceramic}, {"porcelain", Material::ceramic},
    {"clay", Material::ceramic},    {"leather", Material::leather},   {"suede", Material::leather},
    {"canvas", Material::fabric},   {"fabric", Material::fabric},     {"knit", Material::fabric},
    {"cotton", Material::fabric},   {"wool", Material::fabric},       {"nylon", Material::fabric},
    {"gold", Material::gold},       {"golden", Material::gold},       {"brass", Material::gold},
    {"glass", Material::glass},     {"crystal", Material::glass},     {"wood", Material::wood},
    {"wooden", Material::wood},     {"oak", Material::wood},          {"walnut", Material::wood},
    {"bamboo", Material::wood},     {"carbon", Material::matte},      {"iron", Material::matte},
    {"stone", Material::matte},     {"paper", Material::matte},       {"marble", Material::ceramic},
    {"platinum", Material::steel},  {"silver", Material::steel},      {"copper", Material::gold},
    {"bronze", Material::gold},
};

// What a material alone says of the colour, for products that are otherwise something else.
struct MaterialTone {
  std::string_view category;
  Material material;
  std::uint32_t rgb;
};

constexpr MaterialTone kTones[] = {
    {"backpack", Material::leather, 0x80502e}, {"sofa", Material::leather, 0x7a4a2c},
    {"chair", Material::leather, 0x7a4a2c},    {"chair", Material::wood, 0xb58352},
    {"speaker", Material::wood, 0x8a5f3c},     {"bag", Material::fabric, 0xcdbf9f},
    {"headphones", Material::wood, 0x7d5534},  {"book", Material::leather, 0x5f3722},
    {"mug", Material::glass, 0xdfe6e6},
};

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words(1);
  for (const char c : text) {
    if (is_letter(c)) {
      words.back().push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
    } else if (!words.back().empty()) {
      words.emplace_back();
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

template <std::size_t N, class Row>
const Row* find_row(const Row (&rows)[N], std::string_view word) {
  const auto* found = std::find_if(std::begin(rows), std::end(rows), [&](const Row& row) { return row.word == word; });
  return found == std::end(rows) ? nullptr : found;
}

Color modified(Color color, std::string_view word) {
  if (word == "dark") return mix(color, kBlack, .38);
  if (word == "deep") return mix(color, kBlack, .25);
  if (word == "light" || word == "soft") return mix(color, kWhite, .38);
  if (word == "pale" || word == "pastel") return mix(color, kWhite, .55);
  if (word == "sky" || word == "baby") return mix(color, kWhite, .5);
  if (word == "midnight") return mix(color, kBlack, .55);
  return color;
}

// All colours that the text names, in its order.
std::vector<Color> colors_in(std::string_view text) {
  std::vector<Color> found;
  for (std::size_t at = text.find('#'); at != std::string_view::npos; at = text.find('#', at + 1)) {
    if (const auto color = parse_color(text.substr(at, 7))) found.push_back(alpha(*color, 1));
  }
  const std::vector<std::string> words = words_of(text);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool compound = i + 1 < words.size() && find_row(kColors, words[i + 1]) != nullptr;
    if (compound && (words[i] == "rose" || words[i] == "forest" || words[i] == "navy")) {
      if (words[i] == "rose" && words[i + 1] == "gold") {
        found.emplace_back(0xd9a288);
        ++i;
        continue;
      }
      found.emplace_back(find_row(kColors, words[i])->rgb);
      ++i;
      continue;
    }
    if (const ColorWord* row = find_row(kColors, words[i])) {
      found.push_back(i > 0 ? modified(Color(row->rgb), words[i - 1]) : Color(row->rgb));
    }
  }
  return found;
}

Material material_in(std::string_view text) {
  for (const std::string& word : words_of(text)) {
    if (const MaterialWord* row = find_row(kMaterials, word)) return row->material;
  }
  return Material::own;
}

std::string capitalised(std::string_view text) {
  std::string out(text);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const bool first = i == 0 || out[i - 1] == ' ';
    if (first && out[i] >= 'a' && out[i] <= 'z') out[i] = static_cast<char>(out[i] - 'a' + 'A');
  }
  return out;
}

std::string lowered(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

std::string label_of(const Product& product) {
  if (!product.brand.empty()) return product.brand;
  if (!product.name.empty()) return capitalised(product.name);
  if (!product.category.empty()) return capitalised(product.category);
  return "Product";
}

}  // namespace

bool find_color(std::string_view text, Color& color) {
  const std::vector<Color> found = colors_in(text);
  if (!found.empty()) color = found.front();
  return !found.empty();
}

ProductLook product_look(const Product& product, std::uint64_t seed) {
  ProductLook look;
  look.seed = seed;
  look.brand = product.brand;
  look.name = lowered(product.name);
  look.label = label_of(product);
  std::vector<Color> colors = colors_in(product.colour);
  if (colors.empty()) colors = colors_in(product.material);
  look.colour_named = !colors.empty();
  if (look.colour_named) look.albedo = colors[0];
  look.accent_named = colors.size() > 1;
  if (look.accent_named) look.accent = colors[1];
  for (const std::string_view text : {std::string_view(product.material), std::string_view(product.colour)}) {
    if (look.material == Material::own) look.material = material_in(text);
  }
  for (const MaterialTone& tone : kTones) {
    if (look.colour_named || tone.category != product.category || tone.material != look.material) continue;
    look.albedo = Color(tone.rgb);
    look.colour_named = true;
  }
  return look;
}

double product_unit(const ProductRow& row, double height, double max_width) {
  return std::min(height / row.height, max_width / row.width);
}

void draw_macro_detail(Canvas& canvas, const ProductRow& row, const Light& light, const ProductLook& look) {
  if (row.detail != nullptr) row.detail(canvas, light, look);
}

}  // namespace vidgen::local
