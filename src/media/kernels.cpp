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

}  // namespace vidgen::media::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace vidgen::media {

HWY_EXPORT(Blend);
HWY_EXPORT(Lay);
HWY_EXPORT(Grain);

void blend_row(const std::uint8_t* a, const std::uint8_t* b, std::uint8_t* out, std::size_t n, int weight) {
  HWY_DYNAMIC_DISPATCH(Blend)(a, b, out, n, weight);
}
void lay_row(std::uint8_t* row, const std::uint8_t* colour, const std::uint8_t* alpha, std::size_t n, int opacity) {
  HWY_DYNAMIC_DISPATCH(Lay)(row, colour, alpha, n, opacity);
}
void grain_row(std::uint8_t* row, const GrainRow& grain, std::size_t n) {
  HWY_DYNAMIC_DISPATCH(Grain)(row, grain, n);
}

}  // namespace vidgen::media
#endif
