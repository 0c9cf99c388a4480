// SPDX-License-Identifier: Apache-2.0
#include "av/av_error.hpp"

#include <cerrno>

#include "av/compat.hpp"
#include "base/files.hpp"

namespace vidgen::av {

Error av_error(int code, const std::string& what, Errc other) {
  char text[AV_ERROR_MAX_STRING_SIZE] = {};
  av_strerror(code, text, sizeof text);
  const int number = AVUNERROR(code);
  switch (code) {
    case AVERROR_EXIT:
      return Error(Errc::cancelled, what + ": stopped");
    case AVERROR_INVALIDDATA:
    case AVERROR_EOF:
      return Error(Errc::media_invalid, what + ": " + text);
    case AVERROR_DECODER_NOT_FOUND:
    case AVERROR_DEMUXER_NOT_FOUND:
    case AVERROR_PATCHWELCOME:
      return Error(Errc::media_unsupported, what + ": " + text);
    case AVERROR_ENCODER_NOT_FOUND:
      return Error(Errc::encoder_missing, what + ": " + text);
    default:
      break;
  }
  if (number == ENOSPC || number == EDQUOT || number == EIO || number == EROFS || number == EFBIG || number == EACCES)
    return base::errno_error(what, number);
  return Error(other, what + ": " + text);
}

}  // namespace vidgen::av
