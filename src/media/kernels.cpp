// SPDX-License-Identifier: Apache-2.0
// The vector versions. Highway compiles this file once for each kind of processor and picks at run time.
#include "media/kernels.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "media/kernels.cpp"
#include <hwy/foreach_target.h>
// After foreach_target.
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace vidgen::media::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using D8 = hn::ScalableTag<std::uint8_t>;
// Bytes widened to 16 bits: as many at once as 16-bit lanes fit.
using Wide = hn::ScalableTag<std::uint16_t>;
using Narrow = hn::Rebind<std::uint8_t, Wide>;

auto Load(const std::uint8_t* from) {
  return hn::PromoteTo(Wide(), hn::LoadU(Narrow(), from));
}

// Values up to 255.
template <class V>
void Store(V value, std::uint8_t* to) {
  hn::StoreU(hn::DemoteTo(Narrow(), hn::BitCast(hn::RebindToSigned<Wide>(), value)), Narrow(), to);
}

void Blend(const std::uint8_t* a, const std::uint8_t* b, std::uint8_t* out, std::size_t n, int weight) {
  const Wide d;
  const auto wa = hn::Set(d, static_cast<std::uint16_t>(256 - weight));
  const auto wb = hn::Set(d, static_cast<std::uint16_t>(weight));
  const auto round = hn::Set(d, 128);
  const std::size_t lanes = hn::Lanes(d);
  std::size_t i = 0;
  for (; i + lanes <= n; i += lanes) {
    const auto sum = hn::Add(hn::Mul(Load(a + i), wa), hn::Mul(Load(b + i), wb));
    Store(hn::ShiftRight<8>(hn::Add(sum, round)), out + i);
  }
  scalar::blend_row(a + i, b + i, out + i, n - i, weight);
}

void Lay(std::uint8_t* row, const std::uint8_t* colour, const std::uint8_t* alpha, std::size_t n, int opacity) {
  const Wide d;
  const auto weight = hn::Set(d, static_cast<std::uint16_t>(opacity));
  const auto round = hn::Set(d, 128), whole = hn::Set(d, 255);
  const std::size_t lanes = hn::Lanes(d);
  std::size_t i = 0;
  for (; i + lanes <= n; i += lanes) {
    const auto a = hn::ShiftRight<8>(hn::Add(hn::Mul(Load(alpha + i), weight), round));
    const auto c = hn::ShiftRight<8>(hn::Add(hn::Mul(Load(colour + i), weight), round));
    const auto t = hn::Add(hn::Mul(Load(row + i), hn::Sub(whole, a)), round);
    const auto under = hn::ShiftRight<8>(hn::Add(t, hn::ShiftRight<8>(t)));  // over 255, rounded
    Store(hn::Min(hn::Add(under, c), whole), row + i);
  }
  scalar::lay_row(row + i, colour + i, alpha + i, n - i, opacity);
}

void Grain(std::uint8_t* row, const GrainRow& g, std::size_t n) {
  const D8 d;
  const auto low = hn::Set(d, kGrainLow), high = hn::Set(d, kGrainHigh);
  const std::size_t lanes = hn::Lanes(d);
  std::size_t i = 0;
  for (; i + lanes <= n; i += lanes) {
    const auto y = hn::LoadU(d, row + i);
    const auto mid = hn::Eq(hn::Min(hn::Max(y, low), high), y);
    const auto plus = hn::IfThenElse(mid, hn::LoadU(d, g.mid_plus + i), hn::LoadU(d, g.end_plus + i));
    const auto minus = hn::IfThenElse(mid, hn::LoadU(d, g.mid_minus + i), hn::LoadU(d, g.end_minus + i));
    const auto out = hn::SaturatedSub(hn::SaturatedAdd(y, plus), minus);
    hn::StoreU(hn::Min(hn::Max(out, hn::Set(d, 16)), hn::Set(d, 235)), d, row + i);
  }
  const GrainRow rest{g.mid_plus + i, g.mid_minus + i, g.end_plus + i, g.end_minus + i};
  scalar::grain_row(row + i, rest, n - i);
}

using Signed = hn::ScalableTag<std::int16_t>;

void EnlargeDown(const std::uint8_t* const* rows, const EnlargeTaps& taps, std::int16_t* line, std::size_t n) {
  const Signed d;
  const std::size_t lanes = hn::Lanes(d);
  std::size_t i = 0;
  for (; i + lanes <= n; i += lanes) {
    auto sum = hn::Zero(d);
    for (int t = 0; t < kEnlargeTaps; ++t) {
      const auto sample = hn::ShiftLeft<6>(hn::BitCast(d, Load(rows[t] + i)));
      sum = hn::Add(sum, hn::MulFixedPoint15(sample, hn::Set(d, taps.weight[t])));
    }
    hn::StoreU(sum, d, line + i);
  }
  scalar::enlarge_down(rows, taps, line, i, n);
}

// Vectors are no members of anything: some processors' have no size. So the six are named one by one.
template <class V>
auto Weighed(V a, V b, V c, V e, V f, V g, const EnlargeTaps& taps) {
  const Signed d;
  const auto times = [&](V v, int t) { return hn::MulFixedPoint15(v, hn::Set(d, taps.weight[t])); };
  const auto sum = hn::Add(hn::Add(hn::Add(times(a, 0), times(b, 1)), hn::Add(times(c, 2), times(e, 3))),
                           hn::Add(times(f, 4), times(g, 5)));
  return hn::DemoteTo(Narrow(), hn::ShiftRight<6>(hn::Add(sum, hn::Set(d, 32))));
}

void EnlargeAcross(const std::int16_t* line, const EnlargeTaps* taps, std::uint8_t* out, std::size_t pairs) {
  const Signed d;
  const std::size_t lanes = hn::Lanes(d);
  std::size_t i = 0;
  for (; i + lanes <= pairs; i += lanes) {
    // Samples 4 before the first of a pair to 5 after it, the even places apart from the odd ones.
    const std::int16_t* at = line + 2 * i;
    auto b4 = hn::Zero(d), b3 = b4, b2 = b4, b1 = b4, a0 = b4, a1 = b4, a2 = b4, a3 = b4, a4 = b4, a5 = b4;
    hn::LoadInterleaved2(d, at - 4, b4, b3);
    hn::LoadInterleaved2(d, at - 2, b2, b1);
    hn::LoadInterleaved2(d, at, a0, a1);
    hn::LoadInterleaved2(d, at + 2, a2, a3);
    hn::LoadInterleaved2(d, at + 4, a4, a5);
    hn::StoreInterleaved3(Weighed(b3, b2, b1, a0, a1, a2, taps[0]), Weighed(b2, b1, a0, a1, a2, a3, taps[1]),
                          Weighed(b1, a0, a1, a2, a3, a4, taps[2]), Narrow(), out + 3 * i);
  }
  scalar::enlarge_across(line, taps, out, i, pairs);
}

}  // namespace vidgen::media::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace vidgen::media {

HWY_EXPORT(Blend);
HWY_EXPORT(Lay);
HWY_EXPORT(Grain);
HWY_EXPORT(EnlargeDown);
HWY_EXPORT(EnlargeAcross);

void blend_row(const std::uint8_t* a, const std::uint8_t* b, std::uint8_t* out, std::size_t n, int weight) {
  HWY_DYNAMIC_DISPATCH(Blend)(a, b, out, n, weight);
}
void lay_row(std::uint8_t* row, const std::uint8_t* colour, const std::uint8_t* alpha, std::size_t n, int opacity) {
  HWY_DYNAMIC_DISPATCH(Lay)(row, colour, alpha, n, opacity);
}
void grain_row(std::uint8_t* row, const GrainRow& grain, std::size_t n) {
  HWY_DYNAMIC_DISPATCH(Grain)(row, grain, n);
}
void enlarge_down(const std::uint8_t* const* rows, const EnlargeTaps& taps, std::int16_t* line, std::size_t n) {
  HWY_DYNAMIC_DISPATCH(EnlargeDown)(rows, taps, line, n);
}
void enlarge_across(const std::int16_t* line, const EnlargeTaps* taps, std::uint8_t* out, std::size_t pairs) {
  HWY_DYNAMIC_DISPATCH(EnlargeAcross)(line, taps, out, pairs);
}

}  // namespace vidgen::media
#endif
