// SPDX-License-Identifier: Apache-2.0
// Which media libraries are linked, for reports and for `doctor`. Thread-safety: functions.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace vidgen::av {

// {"libavcodec", "59.37.100"} and its sisters, as loaded at run time.
std::vector<std::pair<std::string, std::string>> library_versions();
std::string library_licence();
// FFmpeg's own version, "5.1.9-0+deb12u1", and the file its codecs came from ("" where the loader does not say).
std::string release();
std::string library_file();
// The media libraries write their own remarks to stderr, for the whole process. A program may end that; the library never
// does, for its host may use them too.
void silence();
// The AAC encoder that films get, or nothing.
std::string aac_encoder_name();

}  // namespace vidgen::av
