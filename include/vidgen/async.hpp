// SPDX-License-Identifier: Apache-2.0
// The two Asio types that public headers use: awaitable for the host's own parts, any_completion_handler for erased
// completion. Every type that crosses a co_await has a declared constructor (GCC 12 destroys unnamed aggregates twice).
#pragma once

#include <boost/asio/any_completion_executor.hpp>
#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>

#include "vidgen/error.hpp"

VIDGEN_NAMESPACE_BEGIN

namespace asio = boost::asio;

template <class T>
using Async = asio::awaitable<T>;

template <class T>
using Handler = asio::any_completion_handler<void(T)>;

VIDGEN_NAMESPACE_END
