// SPDX-License-Identifier: Apache-2.0
#include "av/versions.hpp"

#include <dlfcn.h>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/log.h>
#include <libswresample/swresample.h>
#include <libswscale/swscale.h>
}

namespace vidgen::av {
namespace {

std::string text(unsigned v) {
  return std::to_string(AV_VERSION_MAJOR(v)) + "." + std::to_string(AV_VERSION_MINOR(v)) + "." +
         std::to_string(AV_VERSION_MICRO(v));
}

}  // namespace

std::vector<std::pair<std::string, std::string>> library_versions() {
  return {{"libavformat", text(avformat_version())},
          {"libavcodec", text(avcodec_version())},
          {"libswscale", text(swscale_version())},
          {"libswresample", text(swresample_version())}};
}

std::string library_licence() {
  return avcodec_license();
}

std::string release() {
  return av_version_info();
}

void silence() {
  av_log_set_level(AV_LOG_QUIET);
}

std::string library_file() {
  Dl_info info{};
  const bool known = ::dladdr(reinterpret_cast<const void*>(&avcodec_version), &info) != 0 && info.dli_fname != nullptr;
  return known ? info.dli_fname : "";
}

std::string aac_encoder_name() {
  const AVCodec* codec = avcodec_find_encoder(AV_CODEC_ID_AAC);
  return codec != nullptr ? codec->name : "";
}

}  // namespace vidgen::av
