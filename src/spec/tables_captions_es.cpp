// SPDX-License-Identifier: Apache-2.0
// The Spanish lines, for prompts written in Spanish.
#include "spec/captions.hpp"

namespace vidgen::spec {
namespace {

constexpr CaptionRow kRows[] = {
    {"opening", "mountain", "sunrise", "", "", "Antes de que despierte"},
    {"opening", "mountain", "", "", "", "Donde empieza el camino"},
    {"opening", "desert", "", "", "", "Solo horizonte"},
    {"opening", "beach", "", "", "", "Sal en el aire"},
    {"opening", "forest", "", "", "", "Hacia lo verde"},
    {"opening", "cafe", "", "", "", "Un sitio en la ventana"},
    {"opening", "kitchen", "sunrise", "", "", "La casa aún duerme"},
    {"opening", "kitchen", "", "", "", "Empieza en la cocina"},
    {"opening", "living_room", "dusk", "", "", "Por fin en casa"},
    {"opening", "living_room", "", "", "", "La hora tranquila"},
    {"opening", "desk", "", "", "", "Espacio para pensar"},
    {"opening", "city", "night", "", "", "La ciudad no duerme"},
    {"opening", "city", "", "", "", "En algún lugar"},
    {"opening", "street", "night", "", "", "Cuando cae la noche"},
    {"opening", "street", "", "", "", "A la vuelta"},
    {"opening", "studio", "", "", "", "Mira de cerca"},
    {"opening", "stage", "", "", "", "Algo nuevo"},
    {"opening", "", "", "", "energetic", "Allá vamos"},
    {"opening", "", "", "", "calm", "Respira"},
    {"opening", "", "", "idea", "", "Todo empieza pensando"},
    {"opening", "", "", "", "", "Mira"},
    {"detail", "", "", "food", "", "Ya casi"},
    {"detail", "", "", "app", "", "Toque a toque"},
    {"detail", "", "", "event", "", "Imagínate ahí"},
    {"detail", "", "", "idea", "", "Piénsalo bien"},
    {"detail", "", "", "", "", "Más de cerca"},
    {"detail", "", "", "", "", "Cada detalle"},
    {"detail", "", "", "", "", "Así está hecho"},
    {"use", "mountain", "", "", "", "Más lejos que ayer"},
    {"use", "kitchen", "", "", "", "Parte de tu mañana"},
    {"use", "", "", "food", "", "Sírvete"},
    {"use", "", "", "app", "", "En tu mano"},
    {"use", "", "", "", "energetic", "Te toca"},
    {"use", "", "", "", "", "Parte de tu día"},
    {"use", "", "", "", "", "Siempre a mano"},
    {"use", "", "", "", "", "En su sitio"},
    {"motion", "", "", "sneaker", "", "Un paso más"},
    {"motion", "", "", "", "", "Sigue en marcha"},
    {"motion", "", "", "", "", "Más rápido"},
    {"motion", "", "", "", "", "Siente el impulso"},
    {"change", "", "", "", "emotional", "Y algo cambia"},
    {"change", "", "", "", "", "Otro día"},
    {"change", "", "", "", "", "Ahí se nota"},
    {"message", "", "", "", "", "Llega {brand}."},
    {"message", "", "", "event", "", "Te esperamos"},
    {"message", "", "", "", "", "Algo nuevo"},
    {"brand", "mountain", "", "", "", "Para horizontes abiertos"},
    {"brand", "", "", "", "luxurious", "Sin decir nada más"},
    {"brand", "", "", "", "elegant", "Sin decir nada más"},
    {"brand", "", "", "", "", "Para donde vayas"},
    {"brand", "", "", "", "", "Y después, silencio"},
    {"closing", "", "", "", "", "Esto es {brand}."},
    {"closing", "", "", "event", "", "Nos vemos"},
    {"closing", "", "", "idea", "", "¿Y tú?"},
    {"closing", "", "", "", "", "Compruébalo"},
};

}  // namespace

std::span<const CaptionRow> spanish_captions() {
  return kRows;
}

}  // namespace vidgen::spec
