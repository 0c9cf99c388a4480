// SPDX-License-Identifier: Apache-2.0
// libav's headers and the differences between its versions, in one place. Included by .cpp files of this room only.
// The floor is FFmpeg 5.1 (libavcodec 59.37): channel layouts as AVChannelLayout, io_close2.
#pragma once

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/avutil.h>
#include <libavutil/channel_layout.h>
#include <libavutil/display.h>
#include <libavutil/imgutils.h>
#include <libavutil/mathematics.h>
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
#include <libswresample/swresample.h>
#include <libswscale/swscale.h>
}

namespace vidgen::av::compat {

// FFmpeg 7 made the buffer of write callbacks const.
#if LIBAVFORMAT_VERSION_MAJOR >= 61
using WriteByte = const std::uint8_t;
#else
using WriteByte = std::uint8_t;
#endif

// FFmpeg 6.1 moved side data from the stream to its parameters; stream side data is gone in 8.
inline const std::uint8_t* stream_side_data(const AVStream* stream, AVPacketSideDataType type) {
#if LIBAVFORMAT_VERSION_INT >= AV_VERSION_INT(60, 15, 100)
  const AVPacketSideData* data =
      av_packet_side_data_get(stream->codecpar->coded_side_data, stream->codecpar->nb_coded_side_data, type);
  return data ? data->data : nullptr;
#else
  return av_stream_get_side_data(stream, type, nullptr);
#endif
}

// FFmpeg 6.1 turned the frame's own fields into flags.
inline bool is_key(const AVFrame* frame) {
#if LIBAVUTIL_VERSION_INT >= AV_VERSION_INT(58, 29, 100)
  return (frame->flags & AV_FRAME_FLAG_KEY) != 0;
#else
  return frame->key_frame != 0;
#endif
}
inline std::int64_t duration_of(const AVFrame* frame) {
#if LIBAVUTIL_VERSION_MAJOR >= 58
  return frame->duration;
#else
  return frame->pkt_duration;
#endif
}

}  // namespace vidgen::av::compat
