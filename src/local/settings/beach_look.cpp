// SPDX-License-Identifier: Apache-2.0
#include "local/settings/beach_look.hpp"

namespace vidgen::local {
namespace {

using C = Color;

// By hour: sunrise, golden, midday, dusk, night.
constexpr BeachColors kColors[] = {
    {{C(0x8a7fa4), C(0x8f8fb4), C(0xb39fae), C(0xe0b8a0), C(0x4a5684), C(0xfff0cc), C(0xfff3e4)},
     {C(0xe2b48e), C(0xc29682), C(0x8a6c74), C(0x54465c), C(0xffdcb4)},
     C(0x1c2a40),
     C(0x3c4f50),
     C(0xe0a878)},
    {{C(0x4a86a4), C(0x5aa0ae), C(0x8fbfae), C(0xd8d2a0), C(0x2c627e), C(0xfff4c8), C(0xfffbea)},
     {C(0xeccb94), C(0xd6ae78), C(0xa27c58), C(0x6a4c40), C(0xffefc4)},
     C(0x1c3c34),
     C(0x40703f),
     C(0xe2c464)},
    {{C(0x2f86a8), C(0x3fa8b8), C(0x7fd0c6), C(0xc9ecd9), C(0x1f6f93), C(0xffffff), C(0xffffff)},
     {C(0xf0dcb8), C(0xe3c79a), C(0xbf9f74), C(0x7a5f40), C(0xfffaea)},
     C(0x12453f),
     C(0x2f7a52),
     C(0xb4d86a)},
    {{C(0x6a4a7c), C(0x7a5484), C(0xa0667e), C(0xd08478), C(0x35305e), C(0xffd2a0), C(0xffe4d4)},
     {C(0xa8706c), C(0x7c5060), C(0x4a3450), C(0x2a2140), C(0xffb892)},
     C(0x16132e),
     C(0x33284a),
     C(0xc87868)},
    {{C(0x2c4680), C(0x274374), C(0x31548a), C(0x4c709e), C(0x101f48), C(0xf0f4ff), C(0xc8d8f4)},
     {C(0x5a6a94), C(0x3f4f7a), C(0x243058), C(0x121b38), C(0xc0d0f4)},
     C(0x080e20),
     C(0x182848),
     C(0x6a86b8)},
};

}  // namespace

const BeachColors& beach_colors(const OutdoorPlace& place) {
  return kColors[static_cast<std::size_t>(place.look.hour)];
}

}  // namespace vidgen::local
