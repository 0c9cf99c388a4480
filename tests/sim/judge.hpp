// SPDX-License-Identifier: Apache-2.0
// The promises, looked at when a history is over.
#pragma once

#include <string>
#include <vector>

#include "process.hpp"

namespace vidgen::sim {

std::vector<std::string> judge(World& world, SimDisk& disk, const SimProvider& provider, const Order& order);

}  // namespace vidgen::sim
