// SPDX-License-Identifier: Apache-2.0
// Storyboard: a film on one page, beat by beat: a picture, the time, the shot, the camera, the words and the price. Of a
// request, of a job that is planned, and of a finished film (Pipeline::storyboard). What is not made yet is painted as
// stills by the embedded backend; nothing is bought.
//
// Thread-safety: values, and functions without state. They block.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "vidgen/generation.hpp"
#include "vidgen/media.hpp"
#include "vidgen/money.hpp"

VIDGEN_NAMESPACE_BEGIN

struct StoryboardOptions {
  StoryboardOptions() = default;
  std::string price_on;     // also price the film on this clip model; empty: only on the job's own
  int picture_width = 640;  // pixels, 160 to 1920; upright pictures are as high as this
};

// A price on the job's own model, and on the one that was asked for beside it.
struct StoryboardPrice {
  StoryboardPrice() = default;
  Money own;
  Money other;  // zero when no other model was asked for
  bool operator==(const StoryboardPrice&) const = default;
};

// One beat, or one shot of a beat that the embedded painter covers with several. Prices are the likely ones; a clip that several beats share is shared out by the frames that each shows.
struct StoryboardPanel {
  StoryboardPanel() = default;
  std::string name;           // of the beat
  Rational from, to;          // seconds of the film
  std::string shot, camera;   // words of the spec: "close_up", "push_in"
  std::string caption, over;  // words in the picture; a line break is '\n'
  std::vector<int> photographs;  // of the user's that it shows, from 1
  StoryboardPrice price;
  Bitmap picture;  // opaque, with the words in it
};

class StoryboardPainter;

struct Storyboard {
  Storyboard() = default;
  std::string job;  // empty: of a request
  std::string title;  // the product's name, or its brand
  std::string prompt;
  std::string template_name;
  std::string model;     // that makes the clips
  std::string price_on;  // the other model that prices are given for; empty: none
  bool finished = false;  // the pictures are the film's; else they are painted
  Size size;
  Rational fps, seconds;
  std::vector<StoryboardPanel> panels;
  StoryboardPrice shared;  // what belongs to no beat: music, references
  StoryboardPrice total;   // likely, of the whole film
  StoryboardPrice most;    // at worst
  std::shared_ptr<StoryboardPainter> painter;  // that to_png() draws with; null: the installed one
};

// One page with everything in it, light and dark, for a screen of any width and for paper.
VIDGEN_EXPORT std::string to_html(const Storyboard& board);
// The bytes of a PNG, 1920 pixels wide. Errc::not_found: the embedded backend is not installed.
VIDGEN_EXPORT Result<std::string> to_png(const Storyboard& board);

// ---- what the embedded backend brings for it

class VIDGEN_EXPORT StoryboardPainter {
 public:
  virtual ~StoryboardPainter() = default;
  // A still for a request of kind image, at its size; `images`: its photographs, as files.
  virtual Result<Bitmap> still(const GenerationRequest& request, const std::vector<std::string>& images) = 0;
  virtual Result<Bitmap> sheet(const Storyboard& board) = 0;
};

VIDGEN_NAMESPACE_END
