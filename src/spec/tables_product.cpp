// SPDX-License-Identifier: Apache-2.0
// What is filmed: product nouns, materials, colours, and the small words around them.
#include <algorithm>

#include "spec/tables.hpp"

namespace vidgen::spec {
namespace {

constexpr Row kCategories[] = {
    {"bottle", "bottle", 4}, {"water bottle", "bottle", 5}, {"flask", "bottle", 4}, {"thermos", "bottle", 4},
    {"wine bottle", "bottle", 5}, {"carafe", "bottle", 3}, {"tumbler", "bottle", 3}, {"decanter", "bottle", 3},
    {"whisky", "bottle", 2}, {"whiskey", "bottle", 2}, {"wine", "bottle", 2}, {"gin", "bottle", 2},
    {"olive oil", "bottle", 2}, {"shampoo", "bottle", 3}, {"whisky bottle", "bottle", 5},
    {"mug", "mug", 4}, {"coffee mug", "mug", 5}, {"cup", "mug", 3}, {"coffee cup", "mug", 5}, {"tea cup", "mug", 5},
    {"teacup", "mug", 4}, {"coffe mug", "mug", 5}, {"espresso cup", "mug", 5}, {"cup of coffee", "food", 2},
    {"cup of tea", "food", 2}, {"world cup", "event", 3},
    {"phone", "phone", 4}, {"smartphone", "phone", 5}, {"smart phone", "phone", 5}, {"iphone", "phone", 4},
    {"android phone", "phone", 5}, {"mobile phone", "phone", 5}, {"cell phone", "phone", 5}, {"cellphone", "phone", 4},
    {"phone case", "phone", 5}, {"iphone case", "phone", 5}, {"phone call", ""}, {"on a phone", ""}, {"on phone", ""},
    {"on your phone", ""}, {"phone number", ""},
    {"sneaker", "sneaker", 4}, {"shoe", "sneaker", 4}, {"running shoe", "sneaker", 5}, {"trainer", "sneaker", 3},
    {"boot", "sneaker", 3}, {"sandal", "sneaker", 3}, {"sneaker shoe", "sneaker", 5}, {"hiking boot", "sneaker", 5},
    {"shoe shop", "service", 4}, {"shoe store", "service", 4}, {"footwear", "sneaker", 3},
    {"headphones", "headphones", 4}, {"headphone", "headphones", 4}, {"headset", "headphones", 4},
    {"earbuds", "headphones", 4}, {"earphones", "headphones", 4}, {"airpods", "headphones", 4},
    {"headfones", "headphones", 4}, {"ear buds", "headphones", 4},
    {"watch", "watch", 4}, {"smartwatch", "watch", 5}, {"smart watch", "watch", 5}, {"wristwatch", "watch", 5},
    {"timepiece", "watch", 4}, {"watch the", ""}, {"watch how", ""}, {"watch as", ""}, {"watch it", ""},
    {"laptop", "laptop", 4}, {"notebook computer", "laptop", 5}, {"macbook", "laptop", 4}, {"ultrabook", "laptop", 4},
    {"computer", "laptop", 3}, {"chromebook", "laptop", 4},
    {"backpack", "backpack", 4}, {"rucksack", "backpack", 4}, {"back pack", "backpack", 4},
    {"knapsack", "backpack", 4}, {"daypack", "backpack", 4}, {"school bag", "backpack", 4},
    {"lamp", "lamp", 4}, {"desk lamp", "lamp", 5}, {"table lamp", "lamp", 5}, {"floor lamp", "lamp", 5},
    {"lantern", "lamp", 4}, {"light bulb", "lamp", 4}, {"lightbulb", "lamp", 4}, {"chandelier", "lamp", 4},
    {"car", "car", 4}, {"sports car", "car", 5}, {"electric car", "car", 5}, {"suv", "car", 4}, {"vehicle", "car", 3},
    {"automobile", "car", 4}, {"sedan", "car", 4}, {"van", "car", 3}, {"truck", "car", 3}, {"car wash", "service", 4},
    {"food truck", ""}, {"street food truck", ""},
    {"perfume", "perfume", 5}, {"perfume bottle", "perfume", 6}, {"fragrance", "perfume", 5}, {"parfum", "perfume", 5},
    {"cologne", "perfume", 5}, {"eau de parfum", "perfume", 6}, {"eau de toilette", "perfume", 6},
    {"lipstick", "lipstick", 5}, {"lip gloss", "lipstick", 5}, {"lip balm", "lipstick", 5}, {"mascara", "lipstick", 3},
    {"jar", "jar", 4}, {"glass jar", "jar", 5}, {"skincare", "jar", 3}, {"skin care", "jar", 3}, {"cream", "jar", 3},
    {"face cream", "jar", 5}, {"hand cream", "jar", 5}, {"hand cream jar", "jar", 6}, {"skincare jar", "jar", 6},
    {"moisturiser", "jar", 4}, {"moisturizer", "jar", 4}, {"serum", "jar", 3}, {"lotion", "jar", 3},
    {"honey", "jar", 3}, {"jam", "jar", 3}, {"candle", "jar", 3}, {"scented candle", "jar", 4},
    {"ice cream", "food", 5}, {"cream cheese", "food", 5}, {"traffic jam", ""},
    {"book", "book", 3}, {"novel", "book", 3}, {"cookbook", "book", 4}, {"notebook", "book", 3}, {"diary", "book", 3},
    {"magazine", "book", 3}, {"book now", ""}, {"book a", ""}, {"book your", ""}, {"bookshop", "", 1},
    {"bookstore", "", 1},
    {"speaker", "speaker", 4}, {"bluetooth speaker", "speaker", 5}, {"smart speaker", "speaker", 5},
    {"loudspeaker", "speaker", 5}, {"soundbar", "speaker", 4}, {"keynote speaker", ""},
    {"chair", "chair", 4}, {"armchair", "chair", 4}, {"office chair", "chair", 5}, {"gaming chair", "chair", 5},
    {"rocking chair", "chair", 5}, {"stool", "chair", 4}, {"bench", "chair", 3},
    {"sofa", "sofa", 4}, {"couch", "sofa", 4}, {"settee", "sofa", 4},
    {"plant", "plant", 3}, {"houseplant", "plant", 4}, {"house plant", "plant", 4}, {"indoor plant", "plant", 4},
    {"flower", "plant", 2}, {"bouquet", "plant", 3}, {"succulent", "plant", 4}, {"cactus", "plant", 3},
    {"plant pot", "plant", 4}, {"flower pot", "plant", 4}, {"bonsai", "plant", 4}, {"plant based", ""},
    {"power plant", ""},
    {"bicycle", "bicycle", 5}, {"bike", "bicycle", 4}, {"mountain bike", "bicycle", 6}, {"road bike", "bicycle", 6},
    {"e bike", "bicycle", 6}, {"ebike", "bicycle", 5}, {"electric bike", "bicycle", 6}, {"city bike", "bicycle", 6},
    {"electric bicycle", "bicycle", 6}, {"road bicycle", "bicycle", 6}, {"motorbike", "product", 4},
    {"motorcycle", "product", 4},
    {"camera", "camera", 4}, {"dslr", "camera", 3}, {"dslr camera", "camera", 5}, {"camcorder", "camera", 4},
    {"action camera", "camera", 5}, {"camera move", ""}, {"camera movement", ""}, {"camera moves", ""},
    {"camera pan", ""}, {"camera zoom", ""}, {"camera angle", ""}, {"camera shot", ""}, {"the camera", "camera", 1},
    {"slow camera", ""},
    {"game controller", "game controller", 6}, {"gamepad", "game controller", 5}, {"controller", "game controller", 4},
    {"joystick", "game controller", 4}, {"gaming controller", "game controller", 6},
    {"toy", "toy", 4}, {"teddy bear", "toy", 5}, {"toy robot", "toy", 5}, {"toy train", "toy", 5}, {"toy car", "toy", 5},
    {"puzzle", "toy", 3}, {"doll", "toy", 4}, {"building blocks", "toy", 4}, {"board game", "toy", 4},
    {"bag", "bag", 4}, {"handbag", "bag", 4}, {"tote", "bag", 4}, {"tote bag", "bag", 5}, {"purse", "bag", 4},
    {"suitcase", "bag", 4}, {"duffel", "bag", 4}, {"luggage", "bag", 4}, {"briefcase", "bag", 4}, {"tea bag", "food", 3},
    {"jewellery", "jewellery", 4}, {"jewelry", "jewellery", 4}, {"ring", "jewellery", 3}, {"necklace", "jewellery", 4},
    {"earring", "jewellery", 4}, {"bracelet", "jewellery", 4}, {"pendant", "jewellery", 4}, {"brooch", "jewellery", 4},
    {"diamond ring", "jewellery", 5}, {"wedding ring", "jewellery", 5}, {"jewel", "jewellery", 3},
    {"key ring", "product", 3}, {"cufflinks", "jewellery", 4}, {"jewelery", "jewellery", 4},
    {"drink can", "drink can", 5}, {"beer can", "drink can", 5}, {"soda can", "drink can", 5}, {"can of", "drink can", 3},
    {"energy drink can", "drink can", 6}, {"energy drink", "drink can", 4}, {"soda", "drink can", 3},
    {"cola", "drink can", 3}, {"beer", "drink can", 3}, {"craft beer can", "drink can", 6}, {"soft drink", "drink can", 4},
    {"sparkling water", "drink can", 4}, {"aluminium can", "drink can", 5}, {"aluminum can", "drink can", 5},
    {"food", "food", 2}, {"chocolate", "food", 3}, {"burger", "food", 3}, {"pizza", "food", 3}, {"cake", "food", 3},
    {"bread", "food", 3}, {"granola", "food", 3}, {"granola bar", "food", 4}, {"snack", "food", 3}, {"cookie", "food", 3},
    {"coffee", "food", 2}, {"iced coffee", "food", 4}, {"coffee bean", "food", 4}, {"tea", "food", 2},
    {"green tea", "food", 3}, {"pasta", "food", 3}, {"salad", "food", 3}, {"soup", "food", 3}, {"juice", "food", 3},
    {"smoothie", "food", 3}, {"lemonade", "food", 3}, {"cheese", "food", 3}, {"yogurt", "food", 3}, {"yoghurt", "food", 3},
    {"cereal", "food", 3}, {"sushi", "food", 3}, {"noodles", "food", 3}, {"taco", "food", 3}, {"donut", "food", 3},
    {"fruit", "food", 2}, {"muesli", "food", 3}, {"sandwich", "food", 3}, {"croissant", "food", 3}, {"meal", "food", 2},
    {"protein bar", "food", 4}, {"dog food", "food", 4}, {"milk", "food", 2}, {"sauce", "food", 3}, {"matcha", "food", 3},
    {"app", "app", 4}, {"mobile app", "app", 5}, {"software", "app", 3}, {"website", "app", 3}, {"web app", "app", 5},
    {"application", "app", 3}, {"saas", "app", 3}, {"platform", "app", 2}, {"plugin", "app", 3}, {"video game", "app", 4},
    {"mobile game", "app", 4}, {"dashboard", "app", 2}, {"chatbot", "app", 3},
    {"service", "service", 3}, {"agency", "service", 2}, {"firm", "service", 2}, {"law firm", "service", 3},
    {"shop", "service", 1}, {"store", "service", 1}, {"hotel", "service", 2}, {"resort", "service", 2},
    {"restaurant", "service", 1}, {"bakery", "service", 1}, {"salon", "service", 2}, {"clinic", "service", 2},
    {"gym", "service", 2}, {"school", "service", 1}, {"university", "service", 2}, {"bank", "service", 2},
    {"insurance", "service", 2}, {"consulting", "service", 2}, {"cleaning company", "service", 3},
    {"company", "service", 1}, {"startup", "service", 1}, {"airline", "service", 2}, {"delivery", "service", 2},
    {"yoga studio", "service", 3}, {"dental practice", "service", 3}, {"dentist", "service", 2},
    {"coffee shop", "service", 1}, {"plant shop", "service", 3}, {"course", "service", 2}, {"travel agency", "service", 3},
    {"subscription", "service", 2}, {"real estate", "service", 2}, {"barber", "service", 2}, {"charity", "service", 2},
    {"delivery service", "service", 4}, {"accounting service", "service", 4}, {"nonprofit", "service", 2},
    {"event", "event", 2}, {"conference", "event", 3}, {"festival", "event", 3}, {"concert", "event", 2},
    {"wedding", "event", 2}, {"workshop", "event", 2}, {"meetup", "event", 3}, {"exhibition", "event", 3},
    {"webinar", "event", 3}, {"summit", "event", 1}, {"marathon", "event", 2}, {"sale", "event", 1},
    {"black friday", "event", 2}, {"birthday", "event", 1}, {"anniversary", "event", 1}, {"hackathon", "event", 3},
    {"opening", "event", 1}, {"grand opening", "event", 2}, {"trade fair", "event", 3},
    {"idea", "idea", 2}, {"concept", "idea", 2}, {"campaign", "idea", 1}, {"movement", "idea", 1}, {"message", "idea", 1},
    {"story", "idea", 1}, {"vision", "idea", 1}, {"energy idea", "idea", 3}, {"brand story", ""}, {"story about", ""},
    {"instagram story", ""},
    // Nouns people film for which there is no category of their own.
    {"wallet", "product", 3}, {"sunglasses", "product", 3}, {"glasses", "product", 2}, {"coffee machine", "product", 5},
    {"coffee maker", "product", 5}, {"espresso machine", "product", 5}, {"machine", "product", 2},
    {"kettle", "product", 3}, {"projector", "product", 3}, {"knife", "product", 3}, {"kitchen knife", "product", 4},
    {"nail polish", "product", 4}, {"ball", "product", 2}, {"soccer ball", "product", 3}, {"football", "product", 2},
    {"basketball", "product", 2}, {"basketball court", ""}, {"drone", "product", 3}, {"tent", "product", 3},
    {"umbrella", "product", 3}, {"jacket", "product", 3}, {"shirt", "product", 3}, {"t shirt", "product", 3},
    {"dress", "product", 3}, {"hoodie", "product", 3}, {"jeans", "product", 3}, {"hat", "product", 3},
    {"scarf", "product", 3}, {"sock", "product", 3}, {"pen", "product", 3}, {"tablet", "product", 3},
    {"television", "product", 3}, {"tv", "product", 2}, {"monitor", "product", 3}, {"keyboard", "product", 3},
    {"printer", "product", 3}, {"fridge", "product", 3}, {"refrigerator", "product", 3}, {"vacuum", "product", 3},
    {"vacuum cleaner", "product", 4}, {"robot", "product", 3}, {"robot vacuum", "product", 4}, {"guitar", "product", 1},
    {"piano", "product", 1}, {"table", "product", 1}, {"bed", "product", 2}, {"mattress", "product", 3},
    {"pillow", "product", 3}, {"blanket", "product", 3}, {"rug", "product", 3}, {"mirror", "product", 2},
    {"clock", "product", 3}, {"toothbrush", "product", 3}, {"electric toothbrush", "product", 4},
    {"razor", "product", 3}, {"soap", "product", 3}, {"skateboard", "product", 3}, {"surfboard", "product", 3},
    {"scooter", "product", 3}, {"electric scooter", "product", 4}, {"helmet", "product", 3}, {"stroller", "product", 3},
    {"kitchenware", "product", 2}, {"pan", "product", 1}, {"frying pan", "product", 3}, {"blender", "product", 3},
    {"toaster", "product", 3}, {"oven", "product", 2}, {"grill", "product", 3}, {"hammock", "product", 3},
    {"yoga mat", "product", 4}, {"dumbbell", "product", 3}, {"power bank", "product", 4}, {"charger", "product", 3},
    {"sleeping bag", "product", 4}, {"necktie", "product", 3}, {"belt", "product", 3}, {"glove", "product", 3},
    {"vase", "product", 3}, {"teapot", "product", 3}, {"pot", "product", 1}, {"electric guitar", "product", 3},
};

constexpr Row kMaterials[] = {
    {"stainless steel", "steel"}, {"steel", "steel"}, {"titanium", "titanium"}, {"aluminium", "aluminium"},
    {"aluminum", "aluminium"}, {"copper", "copper"}, {"brass", "brass"}, {"bronze", "bronze"}, {"metal", "steel"},
    {"metallic", "steel"}, {"chrome", "steel"}, {"iron", "iron"}, {"silver", "silver"}, {"gold", "gold"},
    {"platinum", "platinum"}, {"ceramic", "ceramic"}, {"porcelain", "porcelain"}, {"clay", "ceramic"},
    {"stoneware", "ceramic"}, {"glass", "glass"}, {"glasses", ""}, {"crystal", "glass"}, {"wood", "wood"},
    {"wooden", "wood"}, {"oak", "wood"}, {"walnut", "wood"}, {"bamboo", "bamboo"}, {"leather", "leather"},
    {"linen", "fabric"}, {"cotton", "fabric"}, {"wool", "fabric"}, {"woolen", "fabric"}, {"silk", "fabric"},
    {"velvet", "fabric"}, {"denim", "fabric"}, {"canvas", "fabric"}, {"fabric", "fabric"}, {"plastic", "plastic"},
    {"marble", "marble"}, {"stone", "stone"}, {"concrete", "stone"}, {"paper", "paper"}, {"carbon", "carbon"},
    {"carbon fibre", "carbon"}, {"carbon fiber", "carbon"}, {"rubber", "rubber"}, {"cardboard", "paper"},
};

constexpr Row kColours[] = {
    {"red", "red"}, {"crimson", "crimson"}, {"scarlet", "scarlet"}, {"burgundy", "burgundy"}, {"maroon", "maroon"},
    {"orange", "orange"}, {"terracotta", "terracotta"}, {"coral", "coral"}, {"yellow", "yellow"}, {"mustard", "mustard"},
    {"gold", "gold"}, {"green", "green"}, {"olive", "olive"}, {"emerald", "emerald"}, {"mint", "mint"}, {"lime", "lime"},
    {"teal", "teal"}, {"turquoise", "turquoise"}, {"cyan", "cyan"}, {"blue", "blue"}, {"navy", "navy"},
    {"navy blue", "navy"}, {"indigo", "indigo"}, {"purple", "purple"}, {"violet", "violet"}, {"lavender", "lavender"},
    {"lilac", "lilac"}, {"pink", "pink"}, {"magenta", "magenta"}, {"brown", "brown"}, {"beige", "beige"},
    {"cream coloured", "cream"}, {"ivory", "ivory"}, {"white", "white"}, {"black", "black"}, {"grey", "grey"},
    {"gray", "grey"}, {"silver", "silver"}, {"charcoal", "charcoal"}, {"sky blue", "blue"}, {"light blue", "blue"},
    {"dark blue", "navy"}, {"rose gold", "rose gold"}, {"golden", ""}, {"black friday", ""}, {"green tea", ""},
    {"orange juice", ""}, {"green energy", ""}, {"go green", ""}, {"blue hour", ""}, {"black coffee", ""},
    {"white noise", ""}, {"red carpet", ""}, {"olive oil", ""}, {"red wine", ""}, {"white wine", ""}, {"mint tea", ""},
    {"gold medal", ""}, {"white paper", ""}, {"silver screen", ""}, {"lime juice", ""}, {"lavender field", ""},
    {"coral reef", ""}, {"green screen", ""}, {"red bull", ""}, {"black box", ""}, {"black and white", ""},
};

constexpr std::string_view kStops[] = {
    "a", "an", "the", "our", "my", "your", "his", "her", "their", "its", "this", "that", "these", "those", "some", "any",
    "one", "two", "three", "of", "for", "in", "on", "at", "by", "to", "from", "with", "about", "and", "or", "is", "are",
    "was", "as", "make", "makes", "made", "create", "show", "shows", "film", "video", "vidio", "clip", "ad", "ads",
    "advert", "advertise", "advertisement", "advertising", "commercial", "commerical", "spot", "teaser", "promo",
    "trailer", "reel", "reels", "announcement", "launch", "launching", "need", "needs", "want", "sell", "sells", "buy",
    "i", "we", "you", "it", "he", "she", "they", "please", "pls", "named", "called", "who", "which", "where", "then",
    "&", "introducing", "introduce", "present", "presenting", "meet", "drinking", "holding", "using", "wearing",
    "product", "name", "brand", "under", "over", "near", "into", "through", "like", "explain", "how", "what", "if",
    "but", "so", "when", "while", "not", "no", "without", "demo", "second", "seconds", "sec", "minute", "minutes",
    "s", "new", "promoting", "promote", "featuring", "features", "put", "place", "has", "have", "do", "does", "can",
    "just", "also", "very", "story", "campaign", "hello", "sir", "kindly", "reveal", "shot", "shots", "scene", "scenes",
    "drop", "test", "for", "sale", "x", "system", "now", "free", "all", "every", "me", "us", "good", "next"};

constexpr std::string_view kDropped[] = {
    "new", "newest", "latest", "luxury", "luxurious", "premium", "elegant", "beautiful", "beautifull", "nice", "cool", "great",
    "best", "amazing", "awesome", "modern", "stylish", "minimal", "minimalist", "minimalistic", "simple", "clean",
    "handmade", "handcrafted", "matte", "glossy", "shiny", "dark", "bright", "colourful", "colorful", "cosy", "cozy",
    "warm", "soft", "light", "small", "big", "large", "tiny", "lovely", "perfect", "favourite", "favorite", "old",
    "pretty", "fresh", "exclusive", "epic", "cinematic", "fun", "funny", "dramatic", "energetic", "sleek", "quiet",
    "quietest", "reusable", "affordable", "cheap", "expensive", "fancy", "vertical", "square", "short", "quick", "slow",
    "fast", "high", "professional", "quality", "own", "vintage", "retro", "classic", "futuristic", "rugged", "natural",
    "calm", "playful", "ordinary", "single", "lonely", "first", "second", "third", "pastel", "emotional", "touching"};

constexpr std::string_view kTails[] = {"case", "pot", "set", "kit", "cover", "holder", "stand", "collection", "line",
                                       "box", "strap", "bundle", "refill"};

constexpr std::string_view kNeverBrand[] = {
    "i", "a", "an", "the", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january",
    "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
    "christmas", "easter", "halloween", "instagram", "insta", "facebook", "tiktok", "youtube", "linkedin", "snapchat",
    "twitter", "reels", "reel", "shorts", "story", "stories", "pinterest", "bluetooth", "wifi", "usb", "dslr", "rgb",
    "led", "hd", "uhd", "4k", "8k", "ai", "diy", "ceo", "paris", "london", "berlin", "tokyo", "york", "new", "rome",
    "milan", "europe", "america", "asia", "africa", "alps", "scandinavian", "japanese", "italian", "french", "german",
    "swiss", "english", "american", "nordic", "spanish", "chinese", "korean", "indian", "mediterranean", "then", "make",
    "show", "please", "create", "video", "film", "ad", "system", "ignore", "black", "we", "my", "our", "it", "hi-fi",
    "android", "iphone", "ios", "windows", "mac", "apple", "cta", "logo", "no", "and", "or", "for", "in", "on", "with"};

constexpr Row kUsualPlaces[] = {
    {"bottle", "mountain"}, {"mug", "cafe"},           {"phone", "studio"},   {"sneaker", "street"},
    {"headphones", "studio"}, {"watch", "studio"},     {"laptop", "desk"},    {"backpack", "forest"},
    {"lamp", "desk"},       {"car", "city"},           {"perfume", "studio"}, {"lipstick", "studio"},
    {"jar", "studio"},      {"book", "desk"},          {"speaker", "living_room"}, {"chair", "living_room"},
    {"sofa", "living_room"}, {"plant", "living_room"}, {"bicycle", "street"}, {"camera", "mountain"},
    {"game_controller", "living_room"}, {"toy", "living_room"}, {"bag", "street"}, {"jewellery", "studio"},
    {"food", "kitchen"},    {"drink_can", "beach"},    {"app", "desk"},       {"service", "city"},
    {"event", "stage"},     {"idea", "stage"},         {"product", "studio"}};

}  // namespace

std::span<const Row> category_rows() { return kCategories; }
std::span<const Row> material_rows() { return kMaterials; }
std::span<const Row> colour_rows() { return kColours; }

std::string_view usual_place(std::string_view category) {
  for (const Row& row : kUsualPlaces)
    if (row.phrase == category) return row.value;
  return "studio";
}

bool is_modifier_stop(std::string_view word) { return is_any(word, kStops); }
bool is_dropped_modifier(std::string_view word) { return is_any(word, kDropped); }
bool is_tail_noun(std::string_view word) { return is_any(word, kTails); }
bool is_never_brand(std::string_view word) { return is_any(word, kNeverBrand); }

}  // namespace vidgen::spec
