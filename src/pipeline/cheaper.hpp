// SPDX-License-Identifier: Apache-2.0
// What would fit a budget that a plan does not fit. Pure, but for asking backends whether they can be used.
#pragma once

#include "pipeline/prepare.hpp"

VIDGEN_NAMESPACE_BEGIN

// "it would fit with continuity take ($1.80), model x ($1.20) or 18 seconds ($1.95)": of each kind the change that keeps
// most of the film, priced by a plan of its own. The request's files were adopted.
std::string what_would_fit(const Request& request, const Services& services, const Config& config, Money left);

VIDGEN_NAMESPACE_END
