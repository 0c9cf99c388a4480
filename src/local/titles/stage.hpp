// SPDX-License-Identifier: Apache-2.0
// What the roles share while a title is composed: blocks of lines, their places, their colours, and the last step that
// makes the scrim strong enough and draws everything. One thread at a time.
#pragma once

#include <string>
#include <vector>

#include "local/titles/area.hpp"
#include "local/titles/compose.hpp"
#include "local/titles/lines.hpp"
#include "local/titles/scrim.hpp"

namespace vidgen::local::titles {

// Colours that can be read on each other, whatever the title asked for.
struct Palette {
  Rgb ink, accent, scrim;
  bool dark_ink = false;
  bool shaded = true;  // a scrim helps this ink
};

Palette make_palette(const Title& title, const Look& look);

// Lines of one type. Pixels.
struct Block {
  std::vector<ShapedLine> lines;
  Type type{};
  double size = 0;     // an em
  double capital = 0;  // height of capitals
  double leading() const { return type.leading * size; }
  // From the top of the first line's capitals to the last baseline.
  double height() const { return lines.empty() ? 0 : capital + static_cast<double>(lines.size() - 1) * leading(); }
};

enum class Align { left, centre, right };

// Where a block goes and how it comes.
struct Spot {
  Align align = Align::left;
  double edge = 0;  // the left or right edge, or the middle
  double top = 0;   // of the first line's capitals
  Rgb colour;
  Move move = Move::fade;
  double delay = 0;
  bool spread = false;
};

struct Draft {
  SetLine set;
  Move move = Move::fade;
  double delay = 0;
  bool spread = false;
};

struct Stage {
  Stage(const Title& t, Size f, Shaper& s);

  const Title& title;
  Size frame;
  Shaper& shaper;
  const Look& look;
  int bar;  // rows at the top and at the foot that stay black
  Area area;
  double unit;  // pixels of a size of 1
  Palette palette;
  std::vector<Draft> drafts;
  std::vector<Part> shapes;  // marks and pills, drawn already

  Result<Block> block(const std::string& text, const Type& type, const Limits& limits);
  void place(const Block& block, const Spot& spot);
  // Extents of all lines placed so far.
  Extents extents() const;
  // Moves all lines when a swash would leave the safe area.
  void keep_inside();
  Move line_move() const { return look.entry == Entry::rise ? Move::rise : Move::fade; }
  // Ends the composition. A field of strength 0 means no scrim.
  Composition finish(Field field);

 private:
  void make_readable(Field& field);
  Part part_of(const Draft& draft) const;
};

// The roles: they fill the stage and say which scrim they want.
Result<Field> compose_words(Stage& stage);  // title, caption
Result<Field> compose_end_card(Stage& stage);

}  // namespace vidgen::local::titles
