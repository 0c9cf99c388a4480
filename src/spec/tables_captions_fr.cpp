// SPDX-License-Identifier: Apache-2.0
// The French lines, for prompts written in French.
#include "spec/captions.hpp"

namespace vidgen::spec {
namespace {

constexpr CaptionRow kRows[] = {
    {"opening", "mountain", "sunrise", "", "", "Avant que tout s’éveille"},
    {"opening", "mountain", "", "", "", "Là où part le sentier"},
    {"opening", "desert", "", "", "", "Rien que l’horizon"},
    {"opening", "beach", "", "", "", "Un goût de sel"},
    {"opening", "forest", "", "", "", "Plus loin dans le vert"},
    {"opening", "cafe", "sunrise", "", "", "Le matin prend son temps"},
    {"opening", "cafe", "", "", "", "Une place à la fenêtre"},
    {"opening", "kitchen", "", "", "", "Tout commence en cuisine"},
    {"opening", "living_room", "dusk", "", "", "Enfin chez soi"},
    {"opening", "living_room", "", "", "", "L’heure tranquille"},
    {"opening", "desk", "", "", "", "De la place pour penser"},
    {"opening", "city", "night", "", "", "La ville ne dort pas"},
    {"opening", "city", "", "", "", "Quelque part en ville"},
    {"opening", "street", "", "", "", "Au coin de la rue"},
    {"opening", "studio", "", "", "", "Regardez bien"},
    {"opening", "stage", "", "", "", "Du nouveau"},
    {"opening", "", "", "", "energetic", "C’est parti"},
    {"opening", "", "", "", "calm", "Respirez"},
    {"opening", "", "", "idea", "", "Au début, une pensée"},
    {"opening", "", "", "", "", "Regardez"},
    {"detail", "", "", "food", "", "Presque prêt"},
    {"detail", "", "", "app", "", "Du bout du doigt"},
    {"detail", "", "", "event", "", "Imaginez-vous là"},
    {"detail", "", "", "idea", "", "Pensons plus loin"},
    {"detail", "", "", "", "", "De plus près"},
    {"detail", "", "", "", "", "Chaque détail"},
    {"detail", "", "", "", "", "Voilà comment c’est fait"},
    {"use", "mountain", "", "", "", "Plus loin qu’hier"},
    {"use", "kitchen", "", "", "", "Le matin, à table"},
    {"use", "", "", "food", "", "Servez-vous"},
    {"use", "", "", "app", "", "Dans votre main"},
    {"use", "", "", "", "energetic", "À vous de jouer"},
    {"use", "", "", "", "", "Au fil de vos jours"},
    {"use", "", "", "", "", "Toujours à portée"},
    {"use", "", "", "", "", "À sa place"},
    {"motion", "", "", "sneaker", "", "Encore un pas"},
    {"motion", "", "", "", "", "On continue"},
    {"motion", "", "", "", "", "Plus vite"},
    {"motion", "", "", "", "", "Sentez l’élan"},
    {"change", "", "", "", "emotional", "Et quelque chose change"},
    {"change", "", "", "", "", "Un autre jour"},
    {"change", "", "", "", "", "Voilà ce qui change"},
    {"message", "", "", "", "", "Voici {brand}."},
    {"message", "", "", "event", "", "Vous êtes invités"},
    {"message", "", "", "", "", "Du nouveau"},
    {"brand", "mountain", "", "", "", "Pour les grands espaces"},
    {"brand", "", "", "", "luxurious", "En toute discrétion"},
    {"brand", "", "", "", "elegant", "En toute discrétion"},
    {"brand", "", "", "", "", "Partout avec vous"},
    {"brand", "", "", "", "", "Puis le silence"},
    {"closing", "", "", "", "", "C’est {brand}."},
    {"closing", "", "", "event", "", "À bientôt"},
    {"closing", "", "", "idea", "", "Et vous ?"},
    {"closing", "", "", "", "", "À vous de voir"},
};

}  // namespace

std::span<const CaptionRow> french_captions() {
  return kRows;
}

}  // namespace vidgen::spec
