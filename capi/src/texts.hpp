// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "vidgen.h"

struct vg_texts {
  std::vector<std::string> list;
};
