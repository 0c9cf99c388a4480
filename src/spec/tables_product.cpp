// SPDX-License-Identifier: Apache-2.0
// What belongs to a product: materials, colours, and the small words around its noun.
#include "spec/tables.hpp"

namespace vidgen::spec {
namespace {

constexpr Row kMaterials[] = {
    {"stainless steel", "steel"},
    {"steel", "steel"},
    {"titanium", "titanium"},
    {"aluminium", "aluminium"},
    {"aluminum", "aluminium"},
    {"copper", "copper"},
    {"brass", "brass"},
    {"bronze", "bronze"},
    {"metal", "steel"},
    {"metallic", "steel"},
    {"chrome", "steel"},
    {"iron", "iron"},
    {"silver", "silver"},
    {"gold", "gold"},
    {"platinum", "platinum"},
    {"ceramic", "ceramic"},
    {"porcelain", "porcelain"},
    {"clay", "ceramic"},
    {"stoneware", "ceramic"},
    {"glass", "glass"},
    {"glasses", ""},
    {"crystal", "glass"},
    {"wood", "wood"},
    {"wooden", "wood"},
    {"oak", "wood"},
    {"walnut", "wood"},
    {"bamboo", "bamboo"},
    {"leather", "leather"},
    {"linen", "fabric"},
    {"cotton", "fabric"},
    {"wool", "fabric"},
    {"woolen", "fabric"},
    {"silk", "fabric"},
    {"velvet", "fabric"},
    {"denim", "fabric"},
    {"canvas", "fabric"},
    {"fabric", "fabric"},
    {"plastic", "plastic"},
    {"marble", "marble"},
    {"stone", "stone"},
    {"concrete", "stone"},
    {"paper", "paper"},
    {"carbon", "carbon"},
    {"carbon fibre", "carbon"},
    {"carbon fiber", "carbon"},
    {"rubber", "rubber"},
    {"cardboard", "paper"},
};

constexpr Row kColours[] = {
    {"red", "red"},
    {"crimson", "crimson"},
    {"scarlet", "scarlet"},
    {"burgundy", "burgundy"},
    {"maroon", "maroon"},
    {"orange", "orange"},
    {"terracotta", "terracotta"},
    {"coral", "coral"},
    {"yellow", "yellow"},
    {"mustard", "mustard"},
    {"gold", "gold"},
    {"green", "green"},
    {"olive", "olive"},
    {"emerald", "emerald"},
    {"mint", "mint"},
    {"lime", "lime"},
    {"teal", "teal"},
    {"turquoise", "turquoise"},
    {"cyan", "cyan"},
    {"blue", "blue"},
    {"navy", "navy"},
    {"navy blue", "navy"},
    {"indigo", "indigo"},
    {"purple", "purple"},
    {"violet", "violet"},
    {"lavender", "lavender"},
    {"lilac", "lilac"},
    {"pink", "pink"},
    {"magenta", "magenta"},
    {"brown", "brown"},
    {"beige", "beige"},
    {"cream coloured", "cream"},
    {"ivory", "ivory"},
    {"white", "white"},
    {"black", "black"},
    {"grey", "grey"},
    {"gray", "grey"},
    {"silver", "silver"},
    {"charcoal", "charcoal"},
    {"sky blue", "blue"},
    {"light blue", "blue"},
    {"dark blue", "navy"},
    {"rose gold", "rose gold"},
    {"amber", "amber"},
    {"peach", "peach"},
    {"sage", "sage"},
    {"sage green", "sage"},
    {"rust", "rust"},
    {"khaki", "khaki"},
    {"graphite", "graphite"},
    {"mustard yellow", "mustard"},
    {"olive green", "olive"},
    {"forest green", "green"},
    {"emerald green", "emerald"},
    {"mint green", "mint"},
    {"wine red", "burgundy"},
    {"brick red", "terracotta"},
    {"hot pink", "magenta"},
    {"off white", "ivory"},
    {"golden", ""},
    {"black friday", ""},
    {"green tea", ""},
    {"orange juice", ""},
    {"green energy", ""},
    {"go green", ""},
    {"blue hour", ""},
    {"black coffee", ""},
    {"white noise", ""},
    {"red carpet", ""},
    {"olive oil", ""},
    {"red wine", ""},
    {"white wine", ""},
    {"mint tea", ""},
    {"gold medal", ""},
    {"white paper", ""},
    {"silver screen", ""},
    {"lime juice", ""},
    {"lavender field", ""},
    {"coral reef", ""},
    {"green screen", ""},
    {"red bull", ""},
    {"black box", ""},
    {"black and white", ""},
};

constexpr std::string_view kStops[] = {"a",           "an",         "the",        "our",       "my",
                                       "your",        "his",        "her",        "their",     "its",
                                       "this",        "that",       "these",      "those",     "some",
                                       "any",         "one",        "two",        "three",     "of",
                                       "for",         "in",         "on",         "at",        "by",
                                       "to",          "from",       "with",       "about",     "and",
                                       "or",          "is",         "are",        "was",       "as",
                                       "make",        "makes",      "made",       "create",    "show",
                                       "shows",       "film",       "video",      "vidio",     "clip",
                                       "ad",          "ads",        "advert",     "advertise", "advertisement",
                                       "advertising", "commercial", "commerical", "spot",      "teaser",
                                       "promo",       "trailer",    "reel",       "reels",     "announcement",
                                       "launch",      "launching",  "need",       "needs",     "want",
                                       "sell",        "sells",      "buy",        "i",         "we",
                                       "you",         "it",         "he",         "she",       "they",
                                       "please",      "pls",        "named",      "called",    "who",
                                       "which",       "where",      "then",       "&",         "introducing",
                                       "introduce",   "present",    "presenting", "meet",      "drinking",
                                       "holding",     "using",      "wearing",    "product",   "name",
                                       "brand",       "under",      "over",       "near",      "into",
                                       "through",     "like",       "explain",    "how",       "what",
                                       "if",          "but",        "so",         "when",      "while",
                                       "not",         "no",         "without",    "demo",      "second",
                                       "seconds",     "sec",        "minute",     "minutes",   "s",
                                       "new",         "promoting",  "promote",    "featuring", "features",
                                       "put",         "place",      "has",        "have",      "do",
                                       "does",        "can",        "just",       "also",      "very",
                                       "story",       "campaign",   "hello",      "sir",       "kindly",
                                       "reveal",      "shot",       "shots",      "scene",     "scenes",
                                       "drop",        "test",       "for",        "sale",      "x",
                                       "system",      "now",        "free",       "all",       "every",
                                       "me",          "us",         "good",       "next",      "riding",    "driving"};

constexpr std::string_view kDropped[] = {
    "new",        "newest",    "latest",     "luxury",       "luxurious", "premium",      "elegant",  "beautiful",
    "beautifull", "nice",      "cool",       "great",        "best",      "amazing",      "awesome",  "modern",
    "stylish",    "minimal",   "minimalist", "minimalistic", "simple",    "clean",        "handmade", "handcrafted",
    "matte",      "glossy",    "shiny",      "dark",         "bright",    "colourful",    "colorful", "cosy",
    "cozy",       "warm",      "soft",       "light",        "small",     "big",          "large",    "tiny",
    "lovely",     "perfect",   "favourite",  "favorite",     "old",       "pretty",       "fresh",    "exclusive",
    "epic",       "cinematic", "fun",        "funny",        "dramatic",  "energetic",    "sleek",    "quiet",
    "quietest",   "reusable",  "affordable", "cheap",        "expensive", "fancy",        "vertical", "square",
    "short",      "quick",     "slow",       "fast",         "high",      "professional", "quality",  "own",
    "vintage",    "retro",     "classic",    "futuristic",   "rugged",    "natural",      "calm",     "playful",
    "ordinary",   "single",    "lonely",     "first",        "second",    "third",        "pastel",   "emotional",
    "touching",   "seater"};

constexpr std::string_view kTails[] = {"case", "pot", "set",   "kit",    "cover",  "holder", "stand", "collection",
                                       "line", "box", "strap", "bundle", "refill", "glass",  "bottle"};

constexpr std::string_view kNeverBrand[] = {
    "i",         "a",         "an",           "the",       "monday",   "tuesday",  "wednesday", "thursday",
    "friday",    "saturday",  "sunday",       "january",   "february", "march",    "april",     "may",
    "june",      "july",      "august",       "september", "october",  "november", "december",  "christmas",
    "easter",    "halloween", "instagram",    "insta",     "facebook", "tiktok",   "youtube",   "linkedin",
    "snapchat",  "twitter",   "reels",        "reel",      "shorts",   "story",    "stories",   "pinterest",
    "bluetooth", "wifi",      "usb",          "dslr",      "rgb",      "led",      "hd",        "uhd",
    "4k",        "8k",        "ai",           "diy",       "ceo",      "paris",    "london",    "berlin",
    "tokyo",     "york",      "new",          "rome",      "milan",    "europe",   "america",   "asia",
    "africa",    "alps",      "scandinavian", "japanese",  "italian",  "french",   "german",    "swiss",
    "english",   "american",  "nordic",       "spanish",   "chinese",  "korean",   "indian",    "mediterranean",
    "then",      "make",      "show",         "please",    "create",   "video",    "film",      "ad",
    "system",    "ignore",    "black",        "we",        "my",       "our",      "it",        "hi-fi",
    "android",   "iphone",    "ios",          "windows",   "mac",      "apple",    "cta",       "logo",
    "no",        "and",       "or",           "for",       "in",       "on",       "with"};

}  // namespace

std::span<const Row> material_rows() {
  return kMaterials;
}
std::span<const Row> colour_rows() {
  return kColours;
}

bool is_modifier_stop(std::string_view word) {
  return is_any(word, kStops);
}
bool is_dropped_modifier(std::string_view word) {
  return is_any(word, kDropped);
}
bool is_tail_noun(std::string_view word) {
  return is_any(word, kTails);
}
bool is_never_brand(std::string_view word) {
  return is_any(word, kNeverBrand);
}

}  // namespace vidgen::spec
