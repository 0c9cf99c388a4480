// SPDX-License-Identifier: Apache-2.0
// The Japanese lines, for prompts written in Japanese.
#include "spec/captions.hpp"

namespace vidgen::spec {
namespace {

constexpr CaptionRow kRows[] = {
    {"opening", "mountain", "sunrise", "", "", "世界が目覚める前に"},
    {"opening", "mountain", "", "", "", "道のはじまり"},
    {"opening", "desert", "", "", "", "どこまでも地平線"},
    {"opening", "beach", "", "", "", "潮の香り"},
    {"opening", "forest", "", "", "", "緑の奥へ"},
    {"opening", "cafe", "sunrise", "", "", "ゆっくりはじまる朝"},
    {"opening", "cafe", "", "", "", "窓辺の席で"},
    {"opening", "kitchen", "", "", "", "台所からはじまる"},
    {"opening", "living_room", "", "", "", "静かなひととき"},
    {"opening", "desk", "", "", "", "考える場所"},
    {"opening", "city", "night", "", "", "眠らない街"},
    {"opening", "city", "", "", "", "この街のどこかで"},
    {"opening", "street", "", "", "", "すぐそこの角で"},
    {"opening", "studio", "", "", "", "ひとつの光"},
    {"opening", "stage", "", "", "", "新しいもの"},
    {"opening", "", "", "", "energetic", "さあ、行こう"},
    {"opening", "", "", "", "calm", "深呼吸"},
    {"opening", "", "", "idea", "", "ひとつの考えから"},
    {"opening", "", "", "", "", "見てください"},
    {"detail", "", "", "food", "", "もうすぐです"},
    {"detail", "", "", "app", "", "指先で"},
    {"detail", "", "", "event", "", "そこにいる自分を"},
    {"detail", "", "", "", "", "もっと近くで"},
    {"detail", "", "", "", "", "細部まで"},
    {"detail", "", "", "", "", "こうして作られる"},
    {"use", "mountain", "", "", "", "昨日より遠くへ"},
    {"use", "kitchen", "", "", "", "朝のひとこま"},
    {"use", "", "", "food", "", "どうぞ"},
    {"use", "", "", "app", "", "手のひらに"},
    {"use", "", "", "", "energetic", "次はあなた"},
    {"use", "", "", "", "", "毎日のそばに"},
    {"use", "", "", "", "", "手をのばせばそこに"},
    {"use", "", "", "", "", "あるべき場所に"},
    {"motion", "", "", "", "", "もう一歩"},
    {"motion", "", "", "", "", "走りつづける"},
    {"motion", "", "", "", "", "もっと速く"},
    {"change", "", "", "", "", "いつもと違う一日"},
    {"change", "", "", "", "", "その違い"},
    {"message", "", "", "", "", "{brand}、登場。"},
    {"message", "", "", "event", "", "お待ちしています"},
    {"message", "", "", "", "", "新しいもの"},
    {"brand", "mountain", "", "", "", "広い景色のために"},
    {"brand", "", "", "", "luxurious", "静かな存在感"},
    {"brand", "", "", "", "elegant", "静かな存在感"},
    {"brand", "", "", "", "", "どこへでも一緒に"},
    {"brand", "", "", "", "", "そして、静けさ"},
    {"closing", "", "", "", "", "これが{brand}。"},
    {"closing", "", "", "event", "", "会場で"},
    {"closing", "", "", "idea", "", "あなたなら？"},
    {"closing", "", "", "", "", "その目で"},
};

}  // namespace

std::span<const CaptionRow> japanese_captions() {
  return kRows;
}

}  // namespace vidgen::spec
