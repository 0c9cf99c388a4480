// SPDX-License-Identifier: Apache-2.0
// Engine: the Transport that both implementations are. At the first exchange it makes one thread for sockets and two
// for files, at the first name two for lookups. Exchanges run on the first of them whatever their callers' executors
// are: so kept connections survive the executors, and callers may be on any thread.
#pragma once

#include <functional>
#include <memory>

#include "net/wire.hpp"
#include "vidgen/transport.hpp"

namespace vidgen::net {

using MakeWire = std::function<std::unique_ptr<Wire>(WireContext)>;

std::shared_ptr<Transport> make_engine(TransportOptions options, MakeWire make_wire);

}  // namespace vidgen::net
