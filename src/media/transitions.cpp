// SPDX-License-Identifier: Apache-2.0
#include "media/transitions.hpp"

#include <algorithm>
#include <cstring>
#include <vector>

#include "media/kernels.hpp"
#include "vidgen/media.hpp"

namespace vidgen::media {
namespace {

using av::YuvPlanes;

struct Plane {
  std::uint8_t* data;
  int stride, width, height;
  std::uint8_t* row(int y) const { return data + static_cast<std::ptrdiff_t>(y) * stride; }
};

Plane plane(const YuvPlanes& p, int i) {
  return i == 0 ? Plane{p.data[0], p.stride[0], p.width, p.height}
                : Plane{p.data[i], p.stride[i], (p.width + 1) / 2, (p.height + 1) / 2};
}

void copy(const std::uint8_t* from, std::uint8_t* to, int n) {
  if (n > 0) std::memcpy(to, from, static_cast<std::size_t>(n));
}

void cut(const YuvPlanes& a, const YuvPlanes& b, const YuvPlanes& out, Moment m) {
  av::copy_planes(2 * m.index + 1 < m.count ? a : b, out);
}

void fade(const YuvPlanes& a, const YuvPlanes& b, const YuvPlanes& out, Moment m) {
  const int weight = m.of(256);
  for (int i = 0; i < 3; ++i) {
    const Plane pa = plane(a, i), pb = plane(b, i), po = plane(out, i);
    for (int y = 0; y < po.height; ++y)
      blend_row(pa.row(y), pb.row(y), po.row(y), static_cast<std::size_t>(po.width), weight);
  }
}

// Down to one colour over the first half, up again over the second.
void through(const YuvPlanes& a, const YuvPlanes& b, const YuvPlanes& out, Moment m, int luma) {
  const int weight = m.of(512);
  const YuvPlanes& from = weight < 256 ? a : b;
  const int away = weight < 256 ? weight : 512 - weight;
  std::vector<std::uint8_t> flat(static_cast<std::size_t>(out.width));
  for (int i = 0; i < 3; ++i) {
    const Plane p = plane(from, i), po = plane(out, i);
    std::memset(flat.data(), i == 0 ? luma : 128, flat.size());
    for (int y = 0; y < po.height; ++y)
      blend_row(p.row(y), flat.data(), po.row(y), static_cast<std::size_t>(po.width), away);
  }
}
void fade_black(const YuvPlanes& a, const YuvPlanes& b, const YuvPlanes& out, Moment m) {
  through(a, b, out, m, 16);
}
void fade_white(const YuvPlanes& a, const YuvPlanes& b, const YuvPlanes& out, Moment m) {
  through(a, b, out, m, 235);
}

// Columns left of the edge from `left`, the others from `right`.
void split_columns(const YuvPlanes& left, const YuvPlanes& right, const YuvPlanes& out, int edge) {
  for (int i = 0; i < 3; ++i) {
    const Plane l = plane(left, i), r = plane(right, i), o = plane(out, i);
    const int at = std::min(i == 0 ? edge : (edge + 1) / 2, o.width);
    for (int y = 0; y < o.height; ++y) {
      copy(l.row(y), o.row(y), at);
      copy(r.row(y) + at, o.row(y) + at, o.width - at);
    }
  }
}
void split_rows(const YuvPlanes& top, const YuvPlanes& bottom, const YuvPlanes& out, int edge) {
  for (int i = 0; i < 3; ++i) {
    const Plane t = plane(top, i), b = plane(bottom, i), o = plane(out, i);
    const int at = i == 0 ? edge : (edge + 1) / 2;
    for (int y = 0; y < o.height; ++y) copy((y < at ? t : b).row(y), o.row(y), o.width);
  }
}
// On a whole chroma sample, or at the far edge.
int even(int v, int whole) {
  return v >= whole ? whole : v / 2 * 2;
}

void wipe_right(const YuvPlanes& a, const YuvPlanes& b, const YuvPlanes& out, Moment m) {
  split_columns(b, a, out, even(m.of(out.width), out.width));
}
void wipe_left(const YuvPlanes& a, const YuvPlanes& b, const YuvPlanes& out, Moment m) {
  split_columns(a, b, out, even(out.width - m.of(out.width), out.width));
}
void wipe_down(const YuvPlanes& a, const YuvPlanes& b, const YuvPlanes& out, Moment m) {
  split_rows(b, a, out, even(m.of(out.height), out.height));
}
void wipe_up(const YuvPlanes& a, const YuvPlanes& b, const YuvPlanes& out, Moment m) {
  split_rows(a, b, out, even(out.height - m.of(out.height), out.height));
}

// `first` shows its columns from `shift` on, `second` follows it from the right.
void slide_columns(const YuvPlanes& first, const YuvPlanes& second, const YuvPlanes& out, int shift) {
  for (int i = 0; i < 3; ++i) {
    const Plane f = plane(first, i), s = plane(second, i), o = plane(out, i);
    const int by = std::min(i == 0 ? shift : (shift + 1) / 2, o.width);
    for (int y = 0; y < o.height; ++y) {
      copy(f.row(y) + by, o.row(y), o.width - by);
      copy(s.row(y), o.row(y) + o.width - by, by);
    }
  }
}
void slide_rows(const YuvPlanes& first, const YuvPlanes& second, const YuvPlanes& out, int shift) {
  for (int i = 0; i < 3; ++i) {
    const Plane f = plane(first, i), s = plane(second, i), o = plane(out, i);
    const int by = std::min(i == 0 ? shift : (shift + 1) / 2, o.height);
    for (int y = 0; y < o.height; ++y)
      copy(y + by < o.height ? f.row(y + by) : s.row(y + by - o.height), o.row(y), o.width);
  }
}
void slide_left(const YuvPlanes& a, const YuvPlanes& b, const YuvPlanes& out, Moment m) {
  slide_columns(a, b, out, even(m.of(out.width), out.width));
}
void slide_right(const YuvPlanes& a, const YuvPlanes& b, const YuvPlanes& out, Moment m) {
  slide_columns(b, a, out, even(out.width - m.of(out.width), out.width));
}
void slide_up(const YuvPlanes& a, const YuvPlanes& b, const YuvPlanes& out, Moment m) {
  slide_rows(a, b, out, even(m.of(out.height), out.height));
}
void slide_down(const YuvPlanes& a, const YuvPlanes& b, const YuvPlanes& out, Moment m) {
  slide_rows(b, a, out, even(out.height - m.of(out.height), out.height));
}

// A disc of `inside` around the middle; its radius is `share` / 256 of half the diagonal.
void disc(const YuvPlanes& inside, const YuvPlanes& outside, const YuvPlanes& out, int share) {
  const std::int64_t w = out.width, h = out.height;
  const std::int64_t radius2 = (w * w + h * h) * share / 256 * share / 256;  // in half pixels, squared
  for (int i = 0; i < 3; ++i) {
    const Plane in = plane(inside, i), ex = plane(outside, i), o = plane(out, i);
    const std::int64_t step = i == 0 ? 2 : 4;
    for (int y = 0; y < o.height; ++y) {
      const std::int64_t dy = step * y + step / 2 - h;
      int half = 0;  // columns of the disc left of the middle
      while (half < o.width / 2 && dy * dy + (step * half + step / 2) * (step * half + step / 2) <= radius2) ++half;
      const int from = o.width / 2 - half, to = std::min(o.width, (o.width + 1) / 2 + half);
      copy(ex.row(y), o.row(y), o.width);
      if (half > 0) copy(in.row(y) + from, o.row(y) + from, to - from);
    }
  }
}
void circle_open(const YuvPlanes& a, const YuvPlanes& b, const YuvPlanes& out, Moment m) {
  disc(b, a, out, m.of(256));
}
void circle_close(const YuvPlanes& a, const YuvPlanes& b, const YuvPlanes& out, Moment m) {
  disc(a, b, out, 256 - m.of(256));
}

// Blocks of 2x2 pixels change one by one, in an order that a hash of their place decides.
void dissolve(const YuvPlanes& a, const YuvPlanes& b, const YuvPlanes& out, Moment m) {
  const auto share = static_cast<std::uint32_t>(m.of(256));
  const auto pick = [share](int x, int y) {
    std::uint32_t h = static_cast<std::uint32_t>(x) * 0x9E3779B1u ^ static_cast<std::uint32_t>(y) * 0x85EBCA77u;
    h = (h ^ h >> 15) * 0x2C1B3C6Du;
    h = (h ^ h >> 12) * 0x297A2D39u;
    return (h >> 24) < share;
  };
  for (int i = 0; i < 3; ++i) {
    const Plane pa = plane(a, i), pb = plane(b, i), o = plane(out, i);
    const int shift = i == 0 ? 1 : 0;
    for (int y = 0; y < o.height; ++y)
      for (int x = 0; x < o.width; ++x) o.row(y)[x] = pick(x >> shift, y >> shift) ? pb.row(y)[x] : pa.row(y)[x];
  }
}

// In the order of their names.
constexpr TransitionKind kKinds[] = {
    {"circleclose", "the old picture shrinks in a circle", circle_close},
    {"circleopen", "the new picture grows in a circle", circle_open},
    {"cut", "from one frame to the next", cut},
    {"dissolve", "grain by grain", dissolve},
    {"fade", "one picture fades into the other", fade},
    {"fadeblack", "through black", fade_black},
    {"fadewhite", "through white", fade_white},
    {"slidedown", "the new picture pushes the old one down", slide_down},
    {"slideleft", "the new picture pushes the old one to the left", slide_left},
    {"slideright", "the new picture pushes the old one to the right", slide_right},
    {"slideup", "the new picture pushes the old one up", slide_up},
    {"wipedown", "an edge runs down", wipe_down},
    {"wipeleft", "an edge runs to the left", wipe_left},
    {"wiperight", "an edge runs to the right", wipe_right},
    {"wipeup", "an edge runs up", wipe_up},
};

}  // namespace

const TransitionKind* transition_kinds(std::size_t& count) {
  count = std::size(kKinds);
  return kKinds;
}

const TransitionKind* find_transition(std::string_view name) {
  for (const TransitionKind& kind : kKinds)
    if (kind.name == name) return &kind;
  return nullptr;
}

}  // namespace vidgen::media

VIDGEN_NAMESPACE_BEGIN

const std::vector<TransitionRow>& transition_rows() {
  static const std::vector<TransitionRow> rows = [] {
    std::size_t count = 0;
    const media::TransitionKind* kinds = media::transition_kinds(count);
    std::vector<TransitionRow> out;
    for (std::size_t i = 0; i < count; ++i) out.push_back({kinds[i].name, kinds[i].what});
    return out;
  }();
  return rows;
}

VIDGEN_NAMESPACE_END
