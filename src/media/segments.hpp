// SPDX-License-Identifier: Apache-2.0
// Segments: parts of the film that are encoded alone, as soon as their clips are there, and joined without encoding
// again. All parts share one set of encoder settings; groups of pictures are closed, so any part may be made anew.
//
//   for (const Segment& s : segments_of(timeline))
//     render_segment(timeline, s.start, s.start + s.length, path_of(s), options);
//   join_segments(timeline, files, "film.mp4", options);
//
// The sound is mixed and encoded by the way, or copied where render_sound() has made it.
//
// Thread-safety: functions without state; rendering and joining block. Files appear under their names only when whole.
#pragma once

#include <string>
#include <vector>

#include "media/sound.hpp"
#include "vidgen/media.hpp"

namespace vidgen::media {

struct SegmentFile {
  SegmentFile() = default;
  std::string path;
  Frames from = 0, to = 0;
  std::string encoder;             // set by render_segment
  std::vector<std::string> notes;  // likewise: what a viewer of the film should know
};

// Frames [from, to), pictures only; the sources of the items it shows must be there. Errors: those of assemble().
Result<SegmentFile> render_segment(const Timeline& timeline, Frames from, Frames to, const std::string& out,
                                   const AssembleOptions& options);

// The film of all its segments, in order, with the timeline's sound. Errc::verify_failed when a segment is missing, has
// other frames than it says, or was made with other settings.
Result<AssembleReport> join_segments(const Timeline& timeline, const std::vector<SegmentFile>& segments,
                                     const std::string& out, const AssembleOptions& options);
// With this sound; null: none.
Result<AssembleReport> join_segments(const Timeline& timeline, const std::vector<SegmentFile>& segments,
                                     std::unique_ptr<Sound> sound, const std::string& out,
                                     const AssembleOptions& options);

}  // namespace vidgen::media
