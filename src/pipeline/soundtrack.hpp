// SPDX-License-Identifier: Apache-2.0
// Phase 1's last part: the spec meets its music. The user's own is listened to and fitted to the film; the film's cuts
// move to the beats when that is asked for.
//
// Thread-safety: functions; those that take a path block. Errors: input_refused (no sound, silent, too short, no beat),
// invalid_argument (wishes that exclude each other), the errors of probe().
#pragma once

#include <stop_token>
#include <string>

#include "vidgen/media.hpp"
#include "vidgen/spec.hpp"

VIDGEN_NAMESPACE_BEGIN

// Can the user's music be used as the request says? `name` is what its owner knows it by.
Status check_music(const std::string& path, const std::string& name, const Request& request);

// The user's music as a file; empty: none, or one that the store keeps already.
std::string own_music(const Request& request);

// The spec with its soundtrack. `path` of the user's music; empty: composed music, or one whose file is not at hand.
Result<Spec> with_music(Spec spec, const Request& request, const std::string& path, const MediaLimits& limits,
                        std::stop_token stop = {});

VIDGEN_NAMESPACE_END
