// SPDX-License-Identifier: Apache-2.0
// HTTP over the host: a vg_exchange is one request, its answer so far, and the handler that waits for it.
#include <unistd.h>

#include <atomic>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cstdio>
#include <mutex>

#include "base/digest.hpp"
#include "base/files.hpp"
#include "base/offload.hpp"
#include "capi/src/common.hpp"
#include "capi/src/handles.hpp"
#include "capi/src/host_struct.hpp"

namespace vidgen::capi {
namespace {

constexpr std::size_t kMostBody = std::size_t{256} << 20;  // bytes of a request that are kept in memory for a host

// What the host and the waiting coroutine share. The coroutine may go away first.
struct Exchange {
  HttpRequest request;
  std::vector<std::pair<std::string, std::string>> headers;
  HttpResponse response;
  std::string body;
  std::FILE* file = nullptr;
  std::int64_t written = 0;
  base::Sha256 digest;
  std::mutex mutex;
  std::optional<Handler<HttpResponse>> handler;  // while somebody waits; built in place: Boost 1.81 cannot assign one
  std::atomic<bool> cancelled{false};

  ~Exchange() {
    if (file != nullptr) std::fclose(file);
  }
  void complete(HttpResponse with) {
    std::unique_lock lock(mutex);
    if (!handler) return;
    Handler<HttpResponse> own = std::move(*handler);
    handler.reset();
    lock.unlock();
    base::complete(std::move(own), std::move(with));
  }
};

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

constexpr const char* kBoundary = "vidgen-part-7d1f0c5e2b9a4863";

Result<std::string> multipart(const std::vector<HttpPart>& parts) {
  std::string out;
  for (const HttpPart& part : parts) {
    out += std::string("--") + kBoundary + "\r\nContent-Disposition: form-data; name=\"" + part.name + "\"";
    if (!part.filename.empty()) out += "; filename=\"" + part.filename + "\"";
    if (!part.type.empty()) out += "\r\nContent-Type: " + part.type;
    out += "\r\n\r\n";
    if (part.file.empty()) {
      out += part.bytes;
    } else {
      VIDGEN_TRY(bytes, base::read_file(part.file, kMostBody));
      out += bytes;
    }
    out += "\r\n";
  }
  return out + "--" + kBoundary + "--\r\n";
}

Status prepare(Exchange& exchange) {
  HttpRequest& request = exchange.request;
  exchange.body = request.body;
  if (!request.body_file.empty()) {
    VIDGEN_TRY(bytes, base::read_file(request.body_file, kMostBody));
    exchange.body = std::move(bytes);
  }
  if (!request.parts.empty()) {
    VIDGEN_TRY(bytes, multipart(request.parts));
    exchange.body = std::move(bytes);
    request.headers["Content-Type"] = std::string("multipart/form-data; boundary=") + kBoundary;
  }
  exchange.headers.assign(request.headers.begin(), request.headers.end());
  return {};
}

HttpResponse failed(Sent sent, Error error) {
  HttpResponse out;
  out.sent = sent;
  out.error = std::move(error);
  return out;
}

}  // namespace
}  // namespace vidgen::capi

struct vg_exchange {
  std::shared_ptr<vidgen::capi::Exchange> shared;
};

namespace vidgen::capi {
namespace {

class HostTransport final : public Transport {
 public:
  explicit HostTransport(const vg_transport& transport) : host_(transport) {}

  Async<HttpResponse> exchange(HttpRequest request) override {
    auto shared = std::make_shared<Exchange>();
    shared->request = std::move(request);
    auto begin = [this](auto handler, std::shared_ptr<Exchange> what) {
      auto slot = asio::get_associated_cancellation_slot(handler);
      if (slot.is_connected())
        slot.assign([weak = std::weak_ptr<Exchange>(what)](asio::cancellation_type) {
          auto one = weak.lock();
          if (!one) return;
          one->cancelled = true;
          one->complete(failed(Sent::sent_unknown, Error(Errc::cancelled, "nobody waits for the answer any more")));
        });
      what->handler.emplace(std::move(handler));
      start(std::move(what));
    };
    return asio::async_initiate<const asio::use_awaitable_t<>, void(HttpResponse)>(begin, asio::use_awaitable,
                                                                                   std::move(shared));
  }

 private:
  void start(std::shared_ptr<Exchange> shared) {
    if (Status ready = prepare(*shared); !ready) return shared->complete(failed(Sent::not_sent, ready.error()));
    auto own = std::make_unique<vg_exchange>();
    own->shared = std::move(shared);
    host_.part.exchange(host_.part.user, own.release());
  }

  HostStruct<vg_transport> host_;
};

}  // namespace

std::shared_ptr<Transport> transport_of(const vg_transport& transport) {
  return std::make_shared<HostTransport>(transport);
}

}  // namespace vidgen::capi

using namespace vidgen;
using namespace vidgen::capi;

const char* vg_exchange_method(const vg_exchange* x) {
  return x->shared->request.method.c_str();
}
const char* vg_exchange_url(const vg_exchange* x) {
  return x->shared->request.url.c_str();
}
int vg_exchange_foreign(const vg_exchange* x) {
  return x->shared->request.trust == UrlTrust::foreign ? 1 : 0;
}
int vg_exchange_redirects(const vg_exchange* x) {
  return x->shared->request.redirects;
}
int64_t vg_exchange_deadline_ms(const vg_exchange* x) {
  return x->shared->request.deadlines.total.count();
}
size_t vg_exchange_header_count(const vg_exchange* x) {
  return x->shared->headers.size();
}
const char* vg_exchange_header_name(const vg_exchange* x, size_t index) {
  return index < x->shared->headers.size() ? x->shared->headers[index].first.c_str() : "";
}
const char* vg_exchange_header_value(const vg_exchange* x, size_t index) {
  return index < x->shared->headers.size() ? x->shared->headers[index].second.c_str() : "";
}
const void* vg_exchange_body(const vg_exchange* x, size_t* size) {
  if (size != nullptr) *size = x->shared->body.size();
  return x->shared->body.data();
}
int vg_exchange_cancelled(const vg_exchange* x) {
  return x->shared->cancelled ? 1 : 0;
}

vg_status vg_exchange_set_status(vg_exchange* x, int status) {
  x->shared->response.status = status;
  return x->shared->cancelled ? VG_E_CANCELLED : VG_OK;
}
vg_status vg_exchange_add_header(vg_exchange* x, const char* name, const char* value) {
  return guard(nullptr, [&]() -> Status {
    std::string& field = x->shared->response.headers[lower(text_or_empty(name))];
    if (!field.empty()) field += ", ";
    field += text_or_empty(value);
    return {};
  });
}

vg_status vg_exchange_write(vg_exchange* x, const void* bytes, size_t size) {
  return guard(nullptr, [&]() -> Status {
    Exchange& e = *x->shared;
    if (e.cancelled) return Error(Errc::cancelled, "nobody waits for the answer any more");
    e.written += static_cast<std::int64_t>(size);
    if (e.written > e.request.body_limit) return Error(Errc::answer_invalid, "the answer is larger than is accepted");
    const std::string_view piece(static_cast<const char*>(bytes), size);
    const bool saved = !e.request.save_to.empty() && e.response.status >= 200 && e.response.status < 300;
    if (!saved) {
      e.response.body.append(piece);
      return {};
    }
    if (e.file == nullptr) e.file = std::fopen(e.request.save_to.c_str(), "wb");
    if (e.file == nullptr || std::fwrite(bytes, 1, size, e.file) != size)
      return base::errno_error("cannot write " + e.request.save_to);
    e.digest.add(piece);
    return {};
  });
}

namespace {
void end(vg_exchange* x, Sent sent, std::optional<Error> error) {
  const std::unique_ptr<vg_exchange> own(x);
  Exchange& e = *own->shared;
  e.response.sent = sent;
  e.response.error = std::move(error);
  if (e.file != nullptr) {
    const bool whole = std::fflush(e.file) == 0 && ::fsync(::fileno(e.file)) == 0;
    if (!whole && !e.response.error) e.response.error = base::errno_error("cannot write " + e.request.save_to);
    HttpFile file;
    file.bytes = e.written;
    if (!e.response.error) file.sha256 = e.digest.hex();
    e.response.file = std::move(file);
  }
  e.complete(std::move(e.response));
}
}  // namespace

void vg_exchange_finish(vg_exchange* x) {
  end(x, Sent::answered, std::nullopt);
}
void vg_exchange_fail(vg_exchange* x, vg_sent sent, vg_status status, const char* message) {
  end(x, static_cast<Sent>(static_cast<int>(sent)), Error(errc_of(status), text_or_empty(message)));
}
