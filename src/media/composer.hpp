// SPDX-License-Identifier: Apache-2.0
// Composer: frame n of a timeline, finished. Decoders are opened when their item is first needed and closed at once
// when it is over; a source that the next item goes on with is handed over. Work that frames share (grading, scaling of
// a picture that is shown twice) is done once. Neither encodes nor makes sound.
//
// Thread-safety: none; one owner, who may be another thread than the one that made it. Errors: those of the parts.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "media/clip_source.hpp"
#include "media/finish.hpp"
#include "media/grades.hpp"
#include "media/placer.hpp"
#include "media/timeline_check.hpp"
#include "media/titles.hpp"

namespace vidgen::media {

class Composer {
 public:
  // The timeline was checked.
  static Result<std::unique_ptr<Composer>> make(const Timeline& timeline, const AssembleOptions& options);

  // Frames are asked for in rising order, from any first one.
  Result<av::Frame> frame(Frames n);
  std::vector<std::string> notes() const;
  std::size_t open_sources() const { return players_.size(); }

 private:
  struct Player {
    std::size_t item = 0;
    std::unique_ptr<ClipSource> source;
    av::Frame raw, graded, placed, placed_from;
    bool noted = false;
  };

  Composer(const Timeline& timeline, const AssembleOptions& options)
      : timeline_(timeline), options_(options), grades_(timeline, options), placer_(timeline.size) {}
  Status open_players(std::vector<std::size_t> needed, Frames n);
  Result<std::unique_ptr<ClipSource>> open_source(const TimelineItem& item, Rational at);
  Rational source_time(const TimelineItem& item, Frames n) const;
  Player& player(std::size_t item);
  Result<av::Frame> graded(Player& player, Frames n);
  Result<av::Frame> placed(Player& player, const av::Frame& picture);
  Result<av::Frame> mixed(const TimelineTransition& transition, Frames n);
  Result<av::Frame> laid_on(av::Frame frame, Frames n);

  Timeline timeline_;
  AssembleOptions options_;
  GradeBook grades_;
  Placer placer_;
  Finisher finisher_;
  std::unique_ptr<TitlePainter> titles_;
  std::vector<Player> players_;
  std::unique_ptr<av::FramePool> mix_pool_;
  std::vector<std::string> notes_;
};

}  // namespace vidgen::media
