// SPDX-License-Identifier: Apache-2.0
// The German lines, for prompts written in German.
#include "spec/captions.hpp"

namespace vidgen::spec {
namespace {

constexpr CaptionRow kRows[] = {
    {"opening", "mountain", "sunrise", "", "", "Bevor die Welt erwacht"},
    {"opening", "mountain", "", "", "", "Wo der Pfad beginnt"},
    {"opening", "desert", "", "", "", "Nichts als Horizont"},
    {"opening", "beach", "", "", "", "Salz in der Luft"},
    {"opening", "forest", "", "", "", "Tiefer ins Grün"},
    {"opening", "cafe", "sunrise", "", "", "Der Morgen hat Zeit"},
    {"opening", "cafe", "", "", "", "Ein Platz am Fenster"},
    {"opening", "kitchen", "sunrise", "", "", "Noch schläft das Haus"},
    {"opening", "kitchen", "", "", "", "Es beginnt in der Küche"},
    {"opening", "living_room", "dusk", "", "", "Endlich zu Hause"},
    {"opening", "living_room", "", "", "", "Der stille Teil des Tages"},
    {"opening", "desk", "", "", "", "Raum zum Denken"},
    {"opening", "city", "night", "", "", "Die Stadt schläft nie"},
    {"opening", "city", "", "", "", "Irgendwo in der Stadt"},
    {"opening", "street", "night", "", "", "Nach Feierabend"},
    {"opening", "street", "", "", "", "Gleich um die Ecke"},
    {"opening", "studio", "", "", "", "Ein Licht. Ein Ding."},
    {"opening", "stage", "", "", "", "Etwas Neues"},
    {"opening", "", "", "", "energetic", "Los geht es"},
    {"opening", "", "", "", "calm", "Durchatmen"},
    {"opening", "", "", "idea", "", "Ein Gedanke am Anfang"},
    {"opening", "", "", "", "", "Sieh hin"},
    {"detail", "", "", "food", "", "Gleich ist es so weit"},
    {"detail", "", "", "app", "", "Tipp für Tipp"},
    {"detail", "", "", "service", "", "Im Kleinen liegt es"},
    {"detail", "", "", "event", "", "Stell es dir vor"},
    {"detail", "", "", "idea", "", "Zu Ende gedacht"},
    {"detail", "", "", "", "", "Sieh genauer hin"},
    {"detail", "", "", "", "", "Auf die Einzelheiten"},
    {"detail", "", "", "", "", "So ist es gemacht"},
    {"use", "mountain", "", "", "", "Weiter als gestern"},
    {"use", "forest", "", "", "", "Dem Weg nach"},
    {"use", "kitchen", "", "", "", "Ein Teil vom Morgen"},
    {"use", "living_room", "", "", "", "Zu Hause bei dir"},
    {"use", "desk", "", "", "", "Immer zur Hand"},
    {"use", "", "", "food", "", "Greif zu"},
    {"use", "", "", "app", "", "In deiner Hand"},
    {"use", "", "", "", "energetic", "Du bist dran"},
    {"use", "", "", "", "", "Ein Teil deines Tages"},
    {"use", "", "", "", "", "Einfach da"},
    {"use", "", "", "", "", "Es gehört dazu"},
    {"motion", "", "", "sneaker", "", "Noch ein Schritt"},
    {"motion", "", "", "", "", "In Bewegung bleiben"},
    {"motion", "", "", "", "", "Schneller"},
    {"motion", "", "", "", "", "Spür den Schwung"},
    {"change", "", "", "", "emotional", "Und etwas ändert sich"},
    {"change", "", "", "", "", "Ein anderer Tag"},
    {"change", "", "", "", "", "Das ist der Unterschied"},
    {"message", "", "", "", "", "Hier kommt {brand}."},
    {"message", "", "", "", "", "{product}."},
    {"message", "", "", "event", "", "Komm vorbei"},
    {"message", "", "", "", "", "Etwas Neues"},
    {"brand", "", "", "", "luxurious", "Still und ganz für sich"},
    {"brand", "", "", "", "elegant", "Still und ganz für sich"},
    {"brand", "mountain", "", "", "", "Für weite Horizonte"},
    {"brand", "", "", "", "", "Nimm es mit"},
    {"brand", "", "", "", "", "Und dann: Stille"},
    {"closing", "", "", "", "", "Das ist {brand}."},
    {"closing", "", "", "", "", "{product}."},
    {"closing", "", "", "event", "", "Bis bald"},
    {"closing", "", "", "idea", "", "Was wirst du tun?"},
    {"closing", "", "", "", "", "Sieh selbst"},
};

}  // namespace

std::span<const CaptionRow> german_captions() {
  return kRows;
}

}  // namespace vidgen::spec
