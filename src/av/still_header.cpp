// SPDX-License-Identifier: Apache-2.0
#include "av/still_header.hpp"

#include "av/exif.hpp"
#include "base/try.hpp"

namespace vidgen::av {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kSaveAs = ": save it as JPEG, PNG or WebP";

int byte(std::string_view s, std::size_t i) {
  return static_cast<unsigned char>(s[i]);
}
std::uint32_t big(std::string_view s, std::size_t i, int n) {
  std::uint32_t v = 0;
  for (int k = 0; k < n; ++k) v = v << 8 | static_cast<std::uint32_t>(byte(s, i + static_cast<std::size_t>(k)));
  return v;
}
std::uint32_t little(std::string_view s, std::size_t i, int n) {
  std::uint32_t v = 0;
  for (int k = n; k-- > 0;) v = v << 8 | static_cast<std::uint32_t>(byte(s, i + static_cast<std::size_t>(k)));
  return v;
}

Error cut_off() {
  return Error(Errc::media_invalid, "it is cut off in the middle: copy or download it again");
}
Error damaged(const std::string& what) {
  return Error(Errc::media_invalid, "it is damaged (" + what + "): copy it again, or save it anew as JPEG or PNG");
}
Error other(const std::string& what) {
  return Error(Errc::media_unsupported, "it is " + what + std::string(kSaveAs));
}

// ---- JPEG

// Start of frame, but DHT, JPG and DAC.
bool is_frame(int marker) {
  return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

Status read_jpeg_part(int marker, std::string_view body, StillHeader& h, bool& adobe) {
  if (marker == 0xE1 && body.starts_with("Exif\0\0"sv)) h.orientation = exif_orientation(body.substr(6));
  if (marker == 0xEE && body.size() >= 12 && body.starts_with("Adobe"sv)) adobe = true;
  if (!is_frame(marker)) return {};
  if (body.size() < 6) return damaged("its size is missing");
  h.bits = byte(body, 0);
  h.size = Size(static_cast<int>(big(body, 3, 2)), static_cast<int>(big(body, 1, 2)));
  h.channels = byte(body, 5);
  if (marker > 0xC2) return other("a JPEG of a rare kind (lossless or arithmetic)");
  return {};
}

// Entropy-coded bytes hold no end marker, so a file without one was cut off.
bool has_end(std::string_view scan) {
  return scan.find("\xFF\xD9"sv) != scan.npos;
}

Result<StillHeader> jpeg_header(std::string_view s) {
  StillHeader h;
  bool adobe = false;
  std::size_t at = 2;
  for (;;) {
    while (at < s.size() && byte(s, at) == 0xFF) ++at;
    if (at + 3 > s.size()) return cut_off();
    const int marker = byte(s, at++);
    if (marker == 0xD8 || marker == 0x01 || (marker >= 0xD0 && marker <= 0xD7)) continue;
    if (marker == 0xD9) return damaged("no picture in it");
    const std::size_t length = big(s, at, 2);
    if (length < 2) return damaged("a length of nothing");
    if (at + length > s.size()) return cut_off();
    if (marker == 0xDA) break;
    VIDGEN_CHECK(read_jpeg_part(marker, s.substr(at + 2, length - 2), h, adobe));
    at += length;
    if (at < s.size() && byte(s, at) != 0xFF) return damaged("its parts do not follow each other");
  }
  if (h.size.empty()) return damaged("no picture in it");
  if (!has_end(s.substr(at))) return cut_off();
  h.plain_ink = h.channels == 4 && !adobe;
  return h;
}

// ---- PNG

Result<StillHeader> png_header(std::string_view s) {
  StillHeader h;
  h.format = StillFormat::png;
  constexpr int kChannels[] = {1, 0, 3, 3, 2, 0, 4};
  for (std::size_t at = 8;;) {
    if (at + 12 > s.size()) return cut_off();
    const std::size_t length = big(s, at, 4);
    const std::string_view kind = s.substr(at + 4, 4);
    if (length > s.size() - at - 12) return cut_off();
    const std::string_view body = s.substr(at + 8, length);
    if (at == 8 && (kind != "IHDR" || length < 13)) return damaged("its first part is not its size");
    if (kind == "IHDR") {
      h.size = Size(static_cast<int>(big(body, 0, 4) & 0x7FFFFFFF), static_cast<int>(big(body, 4, 4) & 0x7FFFFFFF));
      h.bits = byte(body, 8);
      const int type = byte(body, 9);
      h.channels = type <= 6 ? kChannels[type] : 0;
      if (h.channels == 0) return damaged("no such kind of pixels");
    }
    if (kind == "tRNS") ++h.channels;  // grey, colour or a palette with one colour left open
    if (kind == "eXIf") h.orientation = exif_orientation(body);
    if (kind == "IEND") return h;
    at += length + 12;
  }
}

// ---- WebP

bool webp_size(std::string_view kind, std::string_view body, StillHeader& h) {
  if (kind == "VP8 " && body.size() >= 10)
    h.size = Size(static_cast<int>(little(body, 6, 2) & 0x3FFF), static_cast<int>(little(body, 8, 2) & 0x3FFF));
  else if (kind == "VP8L" && body.size() >= 5)
    h.size = Size(static_cast<int>((little(body, 1, 4) & 0x3FFF) + 1),
                  static_cast<int>((little(body, 1, 4) >> 14 & 0x3FFF) + 1));
  else
    return false;
  return true;
}

Result<StillHeader> webp_header(std::string_view s) {
  if (s.size() < 20 || little(s, 4, 4) > s.size() - 8) return cut_off();
  StillHeader h;
  h.format = StillFormat::webp;
  h.channels = 4;
  bool found = false;
  const std::size_t end = 8 + std::size_t{little(s, 4, 4)};
  for (std::size_t at = 12; at + 8 <= end;) {
    const std::size_t length = little(s, at + 4, 4);
    if (length > end - at - 8) return cut_off();
    const std::string_view kind = s.substr(at, 4), body = s.substr(at + 8, length);
    if (kind == "ANIM" || kind == "ANMF") return other("an animation");
    found = webp_size(kind, body, h) || found;
    if (kind == "EXIF") h.orientation = exif_orientation(body.starts_with("Exif\0\0"sv) ? body.substr(6) : body);
    at += 8 + length + length % 2;
  }
  if (!found) return damaged("no picture in it");
  return h;
}

// ---- what else people bring

struct Kind {
  std::size_t offset;
  std::string_view bytes, what;
};
constexpr Kind kKinds[] = {
    {4, "ftypheic"sv, "a HEIC picture"},  {4, "ftypheix"sv, "a HEIC picture"}, {4, "ftypmif1"sv, "a HEIF picture"},
    {4, "ftypavif"sv, "an AVIF picture"}, {4, "ftypcrx "sv, "a raw photograph"}, {4, "ftyp"sv, "a video"},
    {0, "GIF8"sv, "a GIF"},               {0, "BM"sv, "a BMP picture"},        {0, "II*\0"sv, "a TIFF or raw photograph"},
    {0, "MM\0*"sv, "a TIFF or raw photograph"}, {0, "8BPS"sv, "a Photoshop document"}, {0, "%PDF"sv, "a PDF"},
    {0, "<svg"sv, "an SVG drawing"},      {0, "<?xml"sv, "an SVG or XML document"}, {0, "\x1A\x45\xDF\xA3"sv, "a video"},
    {0, "\xFF\x0A"sv, "a JPEG XL picture"},
};

Error no_picture(std::string_view s) {
  for (const Kind& k : kKinds)
    if (s.size() >= k.offset + k.bytes.size() && s.substr(k.offset, k.bytes.size()) == k.bytes)
      return other(std::string(k.what));
  return Error(Errc::media_unsupported, "it is no picture: give a JPEG, PNG or WebP file");
}

}  // namespace

Result<StillHeader> read_still_header(std::string_view s) {
  if (s.empty()) return Error(Errc::media_invalid, "it is empty: copy or download it again");
  if (s.starts_with("\xFF\xD8\xFF"sv)) return jpeg_header(s);
  if (s.starts_with("\x89PNG\r\n\x1A\n"sv)) return png_header(s);
  if (s.starts_with("RIFF"sv) && s.size() >= 12 && s.substr(8, 4) == "WEBP") return webp_header(s);
  return no_picture(s);
}

}  // namespace vidgen::av
