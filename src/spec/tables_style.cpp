// SPDX-License-Identifier: Apache-2.0
// How it feels: music, moods, aesthetics, and which template or archetype the words ask for.
#include "spec/tables.hpp"

namespace vidgen::spec {
namespace {

constexpr Row kMusic[] = {
    {"orchestral", "cinematic", 3}, {"orchestra", "cinematic", 3}, {"epic", "cinematic", 2}, {"cinematic", "cinematic", 1},
    {"cinema", "cinematic", 1}, {"film score", "cinematic", 3}, {"drums", "cinematic", 2}, {"strings", "cinematic", 2},
    {"classical", "cinematic", 3}, {"trailer music", "cinematic", 3}, {"dramatic", "cinematic", 1},
    {"corporate", "corporate", 2}, {"business", "corporate", 1}, {"motivational", "corporate", 2},
    {"pop", "pop", 2}, {"upbeat", "pop", 1}, {"upbeat pop", "pop", 4}, {"happy", "pop", 1}, {"rock", "pop", 2},
    {"funk", "pop", 2}, {"dance", "electronic", 1}, {"catchy", "pop", 1}, {"pop up", ""}, {"disco", "pop", 2},
    {"lofi", "lofi", 3}, {"lo fi", "lofi", 3}, {"hip hop", "lofi", 2}, {"chill", "lofi", 1}, {"chillhop", "lofi", 3},
    {"jazz", "lofi", 2}, {"jazz bar", ""}, {"smooth jazz", "lofi", 3}, {"trip hop", "lofi", 3}, {"laid back", "lofi", 1},
    {"ambient", "ambient", 3}, {"atmospheric", "ambient", 1}, {"meditative", "ambient", 2}, {"drone music", "ambient", 3},
    {"meditation music", "ambient", 3}, {"soundscape", "ambient", 2}, {"piano", "ambient", 1},
    {"electronic", "electronic", 3}, {"edm", "electronic", 3}, {"techno", "electronic", 3}, {"house music", "electronic", 3},
    {"synth", "electronic", 3}, {"synthwave", "electronic", 3}, {"synthesizer", "electronic", 3}, {"electro", "electronic", 3},
    {"trap", "electronic", 2}, {"dubstep", "electronic", 3}, {"drum and bass", "electronic", 3}, {"rave", "electronic", 2},
    {"acoustic", "acoustic", 3}, {"guitar", "acoustic", 2}, {"folk", "acoustic", 3}, {"country", "acoustic", 1},
    {"gitar", "acoustic", 2}, {"ukulele", "acoustic", 2}, {"unplugged", "acoustic", 3}, {"electric guitar", "pop", 2},
    {"luxury", "luxury", 2}, {"luxurious", "luxury", 2}, {"elegant", "luxury", 1}, {"waltz", "luxury", 2},
    {"sophisticated", "luxury", 1}, {"tech", "tech", 2}, {"technology", "tech", 1}, {"futuristic", "tech", 1},
    {"high tech", "tech", 2}, {"digital", "tech", 1}, {"playful", "playful", 2}, {"quirky", "playful", 2},
    {"whimsical", "playful", 2}, {"cheerful", "playful", 1}, {"childlike", "playful", 2}, {"funny", "playful", 1},
    {"silent film", "none", 2}, {"silent", "none", 1}, {"mute", "none", 2}, {"playful ukulele", "playful", 3},
};

constexpr Row kMoods[] = {
    {"energetic", "energetic", 3}, {"energy", "energetic", 2}, {"high energy", "energetic", 3}, {"fast", "energetic", 2},
    {"loud", "energetic", 2}, {"upbeat", "energetic", 2}, {"dynamic", "energetic", 2}, {"hype", "energetic", 2},
    {"aggressive", "energetic", 2}, {"wild", "energetic", 2}, {"hip hop", "energetic", 1}, {"powerful", "energetic", 2},
    {"sporty", "energetic", 2}, {"action", "energetic", 1}, {"adrenaline", "energetic", 3}, {"power", "", 1},
    {"energy drink", ""}, {"clean energy", ""}, {"fast food", ""}, {"breakfast", ""}, {"energy idea", ""},
    {"elegant", "elegant", 3}, {"elegance", "elegant", 3}, {"sophisticated", "elegant", 3}, {"refined", "elegant", 3},
    {"graceful", "elegant", 3}, {"classy", "elegant", 3}, {"chic", "elegant", 2}, {"sensual", "elegant", 2},
    {"luxury", "luxurious", 2}, {"luxurious", "luxurious", 2}, {"premium", "luxurious", 2}, {"opulent", "luxurious", 2},
    {"minimal", "minimal", 2}, {"minimalist", "minimal", 2}, {"minimalistic", "minimal", 2}, {"clean", "minimal", 1},
    {"emotional", "emotional", 3}, {"touching", "emotional", 3}, {"heartfelt", "emotional", 3}, {"nostalgic", "emotional", 3},
    {"nostalgia", "emotional", 3}, {"romantic", "emotional", 3}, {"sentimental", "emotional", 3}, {"tender", "emotional", 2},
    {"melancholic", "emotional", 3}, {"sad", "emotional", 2}, {"loving", "emotional", 2}, {"moving story", "emotional", 3},
    {"informative", "informative", 3}, {"explain", "informative", 3}, {"explainer", "informative", 3},
    {"educational", "informative", 3}, {"tutorial", "informative", 3}, {"step by step", "informative", 3},
    {"instructional", "informative", 3}, {"how it works", "informative", 3}, {"demo", "informative", 1},
    {"feature demo", "informative", 2}, {"playful", "playful", 3}, {"fun", "playful", 2}, {"funny", "playful", 3},
    {"cheerful", "playful", 3}, {"silly", "playful", 3}, {"quirky", "playful", 3}, {"humorous", "playful", 3},
    {"happy", "playful", 2}, {"joyful", "playful", 3}, {"whimsical", "playful", 3}, {"playfull", "playful", 3},
    {"calm", "calm", 3}, {"peaceful", "calm", 3}, {"quiet", "calm", 2}, {"relaxing", "calm", 3}, {"relaxed", "calm", 3},
    {"serene", "calm", 3}, {"gentle", "calm", 1}, {"tranquil", "calm", 3}, {"soothing", "calm", 3}, {"silence", "calm", 1},
    {"slow", "calm", 1}, {"meditative", "calm", 3}, {"zen", "calm", 2}, {"quiet place", "calm", 2}, {"slow motion", ""},
    {"dramatic", "dramatic", 3}, {"intense", "dramatic", 3}, {"epic", "dramatic", 2}, {"suspense", "dramatic", 3},
    {"thrilling", "dramatic", 3}, {"dark and", "dramatic", 1}, {"mysterious", "mysterious", 3}, {"mystery", "mysterious", 3},
    {"moody", "mysterious", 2}, {"inspiring", "inspiring", 3}, {"inspirational", "inspiring", 3}, {"uplifting", "inspiring", 3},
    {"motivational", "inspiring", 3}, {"motivating", "inspiring", 3}, {"hopeful", "inspiring", 3}, {"determination", "inspiring", 1},
    {"optimistic", "inspiring", 3}, {"empowering", "inspiring", 3}, {"cosy", "cosy", 3}, {"cozy", "cosy", 3},
    {"warm", "cosy", 1}, {"homely", "cosy", 2}, {"friendly", "cosy", 1}, {"comforting", "cosy", 2}, {"snug", "cosy", 2},
    {"serious", "serious", 3}, {"trustworthy", "serious", 2}, {"professional", "serious", 1}, {"solemn", "serious", 3},
    {"make it energy", "energetic", 3}, {"warm light", ""}, {"beautifull", ""},
};

constexpr Row kStyles[] = {
    {"cinematic", "cinematic", 3}, {"cinema", "cinematic", 2}, {"film look", "cinematic", 3}, {"minimal", "minimal", 3},
    {"minimalist", "minimal", 3}, {"minimalistic", "minimal", 3}, {"modern", "modern", 2}, {"sleek", "modern", 2},
    {"contemporary", "modern", 2}, {"vintage", "vintage", 3}, {"retro", "vintage", 3}, {"80s", "vintage", 2},
    {"90s", "vintage", 2}, {"futuristic", "futuristic", 3}, {"cyberpunk", "futuristic", 3}, {"sci fi", "futuristic", 3},
    {"rustic", "rustic", 3}, {"rugged", "rustic", 2}, {"natural", "natural", 2}, {"organic", "natural", 2},
    {"luxury", "luxurious", 2}, {"luxurious", "luxurious", 2}, {"industrial", "industrial", 3}, {"documentary", "documentary", 3},
    {"noir", "noir", 3}, {"pastel", "pastel", 3}, {"scandinavian", "Scandinavian", 3}, {"nordic", "Scandinavian", 2},
    {"japanese", "Japanese", 1}, {"bold", "bold", 1}, {"colourful", "colourful", 2}, {"colorful", "colourful", 2},
    {"elegant", "elegant", 1}, {"dreamy", "dreamy", 3}, {"moody", "moody", 2}, {"gritty", "gritty", 3}, {"clean", "clean", 1},
    {"warm", "warm", 1}, {"neon", "neon", 2}, {"playful", "playful", 1}, {"editorial", "editorial", 3},
};

constexpr Row kTemplates[] = {
    {"product showcase", "product_showcase", 9}, {"product video", "product_showcase", 3}, {"product film", "product_showcase", 3},
    {"showcase", "product_showcase", 4}, {"product shot", "product_showcase", 3}, {"macro", "product_showcase", 1},
    {"close up", "product_showcase", 1}, {"lifestyle ad", "lifestyle_ad", 9}, {"lifestyle", "lifestyle_ad", 5},
    {"enjoy", "lifestyle_ad", 2}, {"woman", "lifestyle_ad", 1}, {"friends", "lifestyle_ad", 2}, {"everyday", "lifestyle_ad", 2},
    {"daily life", "lifestyle_ad", 3}, {"daily", "lifestyle_ad", 1}, {"routine", "lifestyle_ad", 2}, {"cosy", "lifestyle_ad", 1},
    {"cozy", "lifestyle_ad", 1}, {"picnic", "lifestyle_ad", 2}, {"party", "lifestyle_ad", 1}, {"people", "lifestyle_ad", 1},
    {"announcement", "announcement", 8}, {"announce", "announcement", 8}, {"announcing", "announcement", 8},
    {"launch", "announcement", 4}, {"launching", "announcement", 5}, {"introducing", "announcement", 4},
    {"introduce", "announcement", 3}, {"we present", "announcement", 5}, {"presenting", "announcement", 4},
    {"coming soon", "announcement", 5}, {"teaser", "announcement", 4}, {"keynote", "announcement", 4}, {"opens", "announcement", 3},
    {"grand opening", "announcement", 5}, {"open new", "announcement", 4}, {"now open", "announcement", 5},
    {"opening soon", "announcement", 5}, {"tell people", "announcement", 3}, {"big news", "announcement", 5},
    {"conference", "announcement", 2}, {"event", "announcement", 2}, {"festival", "announcement", 2}, {"sale", "announcement", 2},
    {"big hype", "announcement", 2}, {"save the date", "announcement", 5}, {"invitation", "announcement", 4},
    {"available now", "announcement", 3}, {"new release", "announcement", 3}, {"drops", "announcement", 1},
};

}  // namespace

std::span<const Row> music_rows() { return kMusic; }
std::span<const Row> mood_rows() { return kMoods; }
std::span<const Row> style_rows() { return kStyles; }
std::span<const Row> template_rows() { return kTemplates; }

}  // namespace vidgen::spec
