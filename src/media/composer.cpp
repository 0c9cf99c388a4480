// SPDX-License-Identifier: Apache-2.0
#include "media/composer.hpp"

#include <algorithm>

#include "base/try.hpp"
#include "media/sources.hpp"
#include "media/transitions.hpp"

namespace vidgen::media {

Result<std::unique_ptr<Composer>> Composer::make(const Timeline& timeline, const AssembleOptions& options) {
  std::unique_ptr<Composer> self(new Composer(timeline, options));
  VIDGEN_TRY(finisher, Finisher::make(timeline.finish, timeline.size));
  self->finisher_ = std::move(finisher);
  VIDGEN_TRY(titles, TitlePainter::make(timeline, options.titles));
  self->titles_ = std::make_unique<TitlePainter>(std::move(titles));
  return self;
}

Rational Composer::source_time(const TimelineItem& item, Frames n) const {
  if (item.hold > 0) n = std::min(n, item.start + item.length - item.hold - 1);
  const Rational t = item.source_in + Rational(n - item.start) / timeline_.fps * item.speed;
  return t < Rational(0) ? Rational(0) : t;
}

Composer::Player& Composer::player(std::size_t item) {
  return *std::find_if(players_.begin(), players_.end(), [item](const Player& p) { return p.item == item; });
}

Result<std::unique_ptr<ClipSource>> Composer::open_source(const TimelineItem& item, Rational at) {
  // A player that is no longer needed may have the file open already, at or before the right place.
  for (Player& old : players_) {
    if (!old.source || timeline_.video[old.item].source != item.source || !old.source->reaches(at)) continue;
    return std::move(old.source);
  }
  VIDGEN_TRY(path, source_path(timeline_, item.source, options_));
  VIDGEN_TRY(source, ClipSource::open(path, options_.limits, options_.stop));
  if (timeline_.fps_mode == FpsMode::native && source->fps() != timeline_.fps)
    return Error(Errc::invalid_argument, path + " has " + source->fps().to_string() + " frames a second, the film " +
                                             timeline_.fps.to_string() + ": use fps mode \"duplicate\"");
  return std::move(source);
}

Status Composer::open_players(std::vector<std::size_t> needed, Frames n) {
  std::vector<Player> next;
  for (Player& p : players_) {
    const auto at = std::find(needed.begin(), needed.end(), p.item);
    if (at == needed.end()) continue;
    needed.erase(at);
    next.push_back(std::move(p));
    p.source.reset();
  }
  for (std::size_t item : needed) {
    Player p;
    p.item = item;
    VIDGEN_TRY(source, open_source(timeline_.video[item], source_time(timeline_.video[item], n)));
    p.source = std::move(source);
    next.push_back(std::move(p));
  }
  players_ = std::move(next);
  return {};
}

Result<av::Frame> Composer::graded(Player& p, Frames n) {
  const TimelineItem& item = timeline_.video[p.item];
  VIDGEN_TRY(raw, p.source->at(source_time(item, n)));
  if (p.source->ran_out() && !p.noted && item.hold == 0) {
    p.noted = true;
    notes_.push_back("item " + std::to_string(p.item) + ": its source ends before frame " + std::to_string(n) +
                     "; the last picture is held");
  }
  if (raw == p.raw) return p.graded;
  VIDGEN_TRY(grader, grades_.grader(item.grade, raw.tags()));
  p.raw = raw;
  p.graded = grader->apply(raw);
  return p.graded;
}

Result<av::Frame> Composer::placed(Player& p, const av::Frame& picture) {
  if (!(p.placed_from == picture)) {
    VIDGEN_TRY(frame, placer_.run(picture, p.source->pixel_aspect(), timeline_.video[p.item].fit));
    p.placed = frame;
    p.placed_from = picture;
  }
  return p.placed;
}

// At the sources' size when both agree on size and shape, else at the film's.
Result<av::Frame> Composer::mixed(const TimelineTransition& transition, Frames n) {
  const FrameRange range = range_of(transition);
  Moment moment;
  moment.index = static_cast<int>(n - range.from);
  moment.count = static_cast<int>(transition.frames);
  const std::size_t second = item_at(timeline_, transition.at);
  Player& pa = player(second - 1);
  Player& pb = player(second);
  VIDGEN_TRY(a, graded(pa, n));
  VIDGEN_TRY(b, graded(pb, n));
  const bool alike = a.width() == b.width() && a.height() == b.height() &&
                     pa.source->pixel_aspect() == pb.source->pixel_aspect() &&
                     timeline_.video[pa.item].fit == timeline_.video[pb.item].fit;
  av::Frame x = a, y = b;
  if (!alike) {
    VIDGEN_TRY(placed_a, placed(pa, a));
    VIDGEN_TRY(placed_b, placed(pb, b));
    x = placed_a;
    y = placed_b;
  }
  if (!mix_pool_ || mix_pool_->width() != x.width() || mix_pool_->height() != x.height())
    mix_pool_ = std::make_unique<av::FramePool>(x.width(), x.height());
  av::Frame out = mix_pool_->make();
  find_transition(transition.kind)->mix(x.planes(), y.planes(), out.planes(), moment);
  if (!alike) return out;
  return placer_.run(out, pa.source->pixel_aspect(), timeline_.video[pa.item].fit);
}

// Grain, bars and words: on a copy when somebody else still needs the frame.
Result<av::Frame> Composer::laid_on(av::Frame frame, Frames n) {
  const bool words = titles_->shows(n);
  if (!words && !finisher_.active()) return frame;
  if (!frame.unique()) frame = placer_.pool().copy(frame);
  finisher_.apply(n, frame.planes());
  if (words) VIDGEN_CHECK(titles_->paint(n, frame.planes()));
  return frame;
}

std::vector<std::string> Composer::notes() const {
  std::vector<std::string> out = notes_;
  out.insert(out.end(), titles_->notes().begin(), titles_->notes().end());
  return out;
}

Result<av::Frame> Composer::frame(Frames n) {
  const TimelineTransition* transition = nullptr;
  for (const TimelineTransition& t : timeline_.transitions)
    if (range_of(t).holds(n)) transition = &t;
  const std::size_t item = transition ? item_at(timeline_, transition->at) : item_at(timeline_, n);
  std::vector<std::size_t> needed{item};
  if (transition) needed.insert(needed.begin(), item - 1);
  VIDGEN_CHECK(open_players(needed, n));
  if (transition) {
    VIDGEN_TRY(out, mixed(*transition, n));
    return laid_on(std::move(out), n);
  }
  Player& p = player(item);
  VIDGEN_TRY(picture, graded(p, n));
  VIDGEN_TRY(out, placed(p, picture));
  return laid_on(out, n);
}

}  // namespace vidgen::media
