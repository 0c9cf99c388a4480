// SPDX-License-Identifier: Apache-2.0
#include "timeline/segments.hpp"

#include <set>

VIDGEN_NAMESPACE_BEGIN
namespace {

using timeline::kShortestSegment;

struct Zone {
  Frames from, to;
};

Zone zone_of(const TimelineTransition& t) {
  const Frames from = t.at - t.frames / 2;
  return {from, from + t.frames};
}

bool meets(Frames a, Frames a_end, Frames b, Frames b_end) {
  return a < b_end && b < a_end;
}

std::set<Frames> cuts_of(const Timeline& t) {
  std::set<Frames> cuts{0, t.frames};
  for (const TimelineItem& item : t.video) cuts.insert(item.start);
  for (const TimelineTransition& row : t.transitions) {
    const Zone z = zone_of(row);
    cuts.erase(cuts.upper_bound(z.from), cuts.lower_bound(z.to));
    cuts.insert(z.from);
    cuts.insert(z.to);
  }
  return cuts;
}

// A short run joins the one before it; the first one joins the one after it.
std::vector<Frames> merged(const std::set<Frames>& cuts) {
  std::vector<Frames> out;
  for (Frames cut : cuts) {
    if (out.size() > 1 && cut - out.back() < kShortestSegment)
      out.back() = cut;
    else
      out.push_back(cut);
  }
  if (out.size() > 2 && out[1] - out[0] < kShortestSegment) out.erase(out.begin() + 1);
  return out;
}

// An item shows outside its own interval inside the transitions at its ends.
Zone reach_of(const Timeline& t, const TimelineItem& item) {
  Zone reach{item.start, item.start + item.length};
  for (const TimelineTransition& row : t.transitions) {
    const Zone z = zone_of(row);
    if (row.at == item.start) reach.from = z.from;
    if (row.at == item.start + item.length) reach.to = z.to;
  }
  return reach;
}

Segment segment_of(const Timeline& t, const std::vector<Zone>& reaches, Frames from, Frames to) {
  Segment s;
  s.start = from;
  s.length = to - from;
  for (std::size_t i = 0; i < reaches.size(); ++i)
    if (meets(reaches[i].from, reaches[i].to, from, to)) s.items.push_back(static_cast<int>(i));
  for (std::size_t i = 0; i < t.transitions.size(); ++i) {
    const Zone z = zone_of(t.transitions[i]);
    if (meets(z.from, z.to, from, to)) s.transitions.push_back(static_cast<int>(i));
  }
  for (std::size_t i = 0; i < t.titles.size(); ++i)
    if (meets(t.titles[i].start, t.titles[i].start + t.titles[i].length, from, to))
      s.titles.push_back(static_cast<int>(i));
  return s;
}

}  // namespace

std::vector<Segment> segments_of(const Timeline& timeline) {
  const std::vector<Frames> cuts = merged(cuts_of(timeline));
  std::vector<Zone> reaches;
  for (const TimelineItem& item : timeline.video) reaches.push_back(reach_of(timeline, item));
  std::vector<Segment> out;
  for (std::size_t i = 0; i + 1 < cuts.size(); ++i) out.push_back(segment_of(timeline, reaches, cuts[i], cuts[i + 1]));
  return out;
}

VIDGEN_NAMESPACE_END
