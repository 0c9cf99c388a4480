// SPDX-License-Identifier: Apache-2.0
#include "python/src/bridges.hpp"

#include <atomic>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/json.hpp"
#include "base/offload.hpp"
#include "base/try.hpp"

namespace vidgen::python {
namespace {

using base::Json;
using Answer = Result<std::string>;

// What waits for an answer. A second answer changes nothing; one that never comes because its object was dropped is an
// error.
class Waiting {
 public:
  explicit Waiting(Handler<Answer> handler) : handler_(std::move(handler)) {}
  ~Waiting() { answer(Error(Errc::host, "a function written in Python ended without an answer")); }
  void answer(Answer with) {
    if (answered_.exchange(true)) return;
    base::complete(std::move(handler_), std::move(with));
  }

 private:
  Handler<Answer> handler_;
  std::atomic<bool> answered_{false};
};

py::object done_of(const std::shared_ptr<Waiting>& waiting, std::string doing) {
  auto own = std::make_shared<std::shared_ptr<Waiting>>(waiting);
  return py::cpp_function([own, doing](const py::object& value, const py::object& error) {
    if (!error.is_none()) {
      PyErr_SetObject(reinterpret_cast<PyObject*>(Py_TYPE(error.ptr())), error.ptr());
      py::error_already_set raised;
      const Error why = error_of(raised, doing.c_str());
      return without_gil([&] { (*own)->answer(why); });
    }
    const std::string text = value.is_none() ? std::string("null") : std::string(py::str(value));
    without_gil([&] { (*own)->answer(text); });
  });
}

Async<Answer> ask(asio::any_io_executor pool, Kept bridge, std::string attribute, std::string first,
                  std::string payload) {
  auto begin = [](auto handler, asio::any_io_executor on, Kept object, std::string name, std::string what,
                  std::string text) {
    auto waiting = std::make_shared<Waiting>(Handler<Answer>(std::move(handler)));
    auto work = [waiting, object, name, what, text] {
      py::gil_scoped_acquire gil;
      try {
        object->attr(name.c_str())(what, text, done_of(waiting, what));
      } catch (py::error_already_set& e) {
        const Error why = error_of(e, what.c_str());
        without_gil([&] { waiting->answer(why); });
      }
    };
    asio::post(on, std::move(work));
  };
  return asio::async_initiate<const asio::use_awaitable_t<>, void(Answer)>(
      begin, asio::use_awaitable, std::move(pool), std::move(bridge), std::move(attribute), std::move(first),
      std::move(payload));
}

AssetKind kind_of(const std::string& mime) {
  if (mime.rfind("image/", 0) == 0) return AssetKind::image;
  if (mime.rfind("video/", 0) == 0) return AssetKind::video;
  if (mime.rfind("audio/", 0) == 0) return AssetKind::audio;
  return mime == "application/json" ? AssetKind::json : AssetKind::other;
}

}  // namespace

Async<Answer> asked(asio::any_io_executor pool, Kept bridge, std::string method, std::string payload) {
  return ask(std::move(pool), std::move(bridge), "call", std::move(method), std::move(payload));
}
Async<Answer> asked_to_run(asio::any_io_executor pool, Kept bridge, std::string kind, std::string payload) {
  return ask(std::move(pool), std::move(bridge), "run", std::move(kind), std::move(payload));
}

Result<std::vector<Asset>> files_of(const std::string& answer, Store& store) {
  VIDGEN_TRY(parsed, Json::parse(answer));
  std::vector<Asset> out;
  for (const Json& file : parsed["files"].items()) {
    const std::string mime = file["mime"].as_string();
    VIDGEN_TRY(asset, store.put_file(file["path"].as_string(), kind_of(mime), mime, true));
    out.push_back(std::move(asset));
  }
  return out;
}

}  // namespace vidgen::python
