// SPDX-License-Identifier: Apache-2.0
// What prompts say for a thing, as a line of each language. A line says what its phrase says and no more.
#include "spec/captions.hpp"

namespace vidgen::spec {
namespace {

constexpr BenefitRow kRows[] = {
    {"handmade", {"Made by hand", "Von Hand gemacht", "Fait à la main", "Hecho a mano", "手作り"}},
    {"handcrafted", {"Crafted by hand", "Von Hand gefertigt", "Fait à la main", "Hecho a mano", "手作り"}},
    {"hand painted", {"Painted by hand", "Von Hand bemalt", "Peint à la main", "Pintado a mano", "手描き"}},
    {"wireless", {"Wireless", "Kabellos", "Sans fil", "Inalámbrico", "ワイヤレス"}},
    {"waterproof", {"Waterproof", "Wasserdicht", "Imperméable", "Impermeable", "防水"}},
    {"lightweight", {"Lightweight", "Leicht", "Léger", "Ligero", "軽い"}},
    {"organic", {"Organic", "Bio", "Bio", "Ecológico", "オーガニック"}},
    {"vegan", {"Vegan", "Vegan", "Vegan", "Vegano", "ヴィーガン"}},
    {"sustainable", {"Sustainable", "Nachhaltig", "Durable", "Sostenible", "サステナブル"}},
    {"recycled", {"Recycled", "Recycelt", "Recyclé", "Reciclado", "リサイクル素材"}},
    {"reusable", {"Reusable", "Wiederverwendbar", "Réutilisable", "Reutilizable", "くり返し使える"}},
    {"refillable", {"Refillable", "Nachfüllbar", "Rechargeable", "Rellenable", "詰め替えできる"}},
    {"rechargeable", {"Rechargeable", "Wiederaufladbar", "Rechargeable", "Recargable", "充電式"}},
    {"foldable", {"Folds away", "Faltbar", "Pliable", "Plegable", "折りたためる"}},
    {"portable", {"Portable", "Tragbar", "Portable", "Portátil", "持ち運べる"}},
    {"insulated", {"Insulated", "Isoliert", "Isotherme", "Térmico", "保温"}},
    {"noise cancelling", {"Noise cancelling", "Ohne Lärm", "Sans bruit", "Sin ruido", "ノイズキャンセリング"}},
    {"noise canceling", {"Noise canceling", "Ohne Lärm", "Sans bruit", "Sin ruido", "ノイズキャンセリング"}},
    {"solar", {"Runs on sunlight", "Läuft mit Sonne", "Au soleil", "Con luz solar", "太陽の光で"}},
    {"fair trade", {"Fair trade", "Fair gehandelt", "Commerce équitable", "Comercio justo", "フェアトレード"}},
    {"gluten free", {"Gluten free", "Glutenfrei", "Sans gluten", "Sin gluten", "グルテンフリー"}},
    {"sugar free", {"Sugar free", "Zuckerfrei", "Sans sucre", "Sin azúcar", "砂糖不使用"}},
    {"fragrance free", {"Fragrance free", "Ohne Duftstoffe", "Sans parfum", "Sin perfume", "無香料"}},
    {"limited edition", {"Limited edition", "Limitierte Auflage", "Édition limitée", "Edición limitada", "限定版"}},
    {"self cleaning", {"Cleans itself", "Reinigt sich selbst", "Autonettoyant", "Se limpia solo", "自動洗浄"}},
    {"tickets on sale", {"Tickets on sale", "Karten erhältlich", "Billets en vente", "Entradas a la venta", "チケット発売中"}},
};

}  // namespace

std::span<const BenefitRow> benefit_rows() {
  return kRows;
}

std::string_view BenefitRow::line(std::string_view language) const {
  for (std::size_t i = 0; i < kCaptionLanguages.size(); ++i)
    if (kCaptionLanguages[i] == language) return lines[i];
  return lines[0];
}

}  // namespace vidgen::spec
