// SPDX-License-Identifier: Apache-2.0
// The native module. Small on purpose: vidgen/*.py makes of it what people use.
#include "python/src/common.hpp"

PYBIND11_MODULE(_vidgen, m) {
  using namespace vidgen::python;
  m.attr("version") = vidgen::kVersion;
  bind_errors(m);
  bind_frames(m);
  bind_media(m);
  bind_catalog(m);
  bind_pipeline(m);
}
