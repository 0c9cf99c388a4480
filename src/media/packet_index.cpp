// SPDX-License-Identifier: Apache-2.0
#include "media/packet_index.hpp"

#include <algorithm>

#include "av/packet_facts.hpp"
#include "base/try.hpp"

namespace vidgen::media {

Result<PacketIndex> read_index(av::Demuxer& demuxer) {
  PacketIndex out;
  av::PacketScan scan(demuxer);
  std::int64_t last_dts = INT64_MIN, end = 0;
  bool first = true;
  Rational sound, skip;  // seconds; an edit list may skip more than the packets that are not shown at all
  for (;;) {
    VIDGEN_TRY(fact, scan.next());
    if (!fact) break;
    if (!fact->video) {
      out.has_sound = true;
      const Rational kept = Rational(std::max<std::int64_t>(0, fact->duration)) * scan.audio_tick() -
                            Rational(fact->skipped, scan.sample_rate()) - skip;
      skip = 0;
      if (fact->shown)
        sound = sound + kept;
      else if (kept < Rational(0))
        skip = Rational(0) - kept;
      continue;
    }
    if (first) out.first_is_key = fact->key;
    first = false;
    if (fact->dts <= last_dts) out.dts_rise = false;
    last_dts = fact->dts;
    if (!fact->shown) continue;
    if (out.times.size() >= kMostPictures) return Error(Errc::media_limit, demuxer.path() + " has too many pictures");
    out.times.push_back(fact->pts);
    end = std::max(end, fact->pts + std::max<std::int64_t>(fact->duration, 0));
  }
  std::sort(out.times.begin(), out.times.end());
  out.tick = scan.video_tick();
  out.video_end = Rational(end) * out.tick;
  out.samples = std::max<Samples>(0, (sound * Rational(kSampleRate)).round());
  return out;
}

}  // namespace vidgen::media
