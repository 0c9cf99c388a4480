// SPDX-License-Identifier: Apache-2.0
// Stands in for curl_wire.cpp in a build without libcurl.
#include "vidgen/transport.hpp"

VIDGEN_NAMESPACE_BEGIN

Result<std::shared_ptr<Transport>> curl_transport(TransportOptions) {
  return Error(Errc::unsupported, "this build has no libcurl: use the default transport, or build with VIDGEN_CURL");
}

VIDGEN_NAMESPACE_END
