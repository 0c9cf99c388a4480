// SPDX-License-Identifier: Apache-2.0
#include "python/src/bridges.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <mutex>

#include "base/json.hpp"
#include "base/once.hpp"
#include "base/try.hpp"

namespace vidgen::python {
namespace {

using base::Json;
using Answer = Result<std::string>;

// What waits for an answer. One that never comes because its object was dropped is an error.
class Waiting : public std::enable_shared_from_this<Waiting> {
 public:
  explicit Waiting(Handler<Answer> handler) : once_(std::move(handler)) {}
  ~Waiting() { answer(Error(Errc::host, "a function written in Python ended without an answer")); }
  void answer(Answer with) { once_.answer(std::move(with)); }

  void obey(const std::stop_token& stop, Stop how, asio::any_io_executor pool) {
    if (how == Stop::never) return;
    auto ended = [weak = weak_from_this(), how, pool = std::move(pool)] {
      if (auto self = weak.lock()) self->end(how, pool);
    };
    stopped_.emplace(stop, std::function<void()>(std::move(ended)));
  }

  // What the bridge gave: a function that cancels the coroutine, or None. With the GIL.
  void cancel_with(const py::object& cancel) {
    if (cancel.is_none()) return;
    {
      std::lock_guard lock(mutex_);
      cancel_ = keep(cancel);
      if (!ended_) return;
    }
    cancel();
  }

 private:
  void end(Stop how, const asio::any_io_executor& pool) {
    if (how == Stop::leaves) answer(Error(Errc::interrupted, "the job was stopped; the provider goes on"));
    Kept cancel;
    {
      std::lock_guard lock(mutex_);
      ended_ = true;
      cancel = cancel_;
    }
    if (cancel) asio::post(pool, [cancel] { call(*cancel); });
  }

  static void call(const py::object& function) {
    py::gil_scoped_acquire gil;
    try {
      function();
    } catch (py::error_already_set& e) {
      e.discard_as_unraisable("cancelling a coroutine");
    }
  }

  base::Once<Answer> once_;
  std::mutex mutex_;
  Kept cancel_;
  bool ended_ = false;
  std::optional<std::stop_callback<std::function<void()>>> stopped_;
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

void put(const Question& question, const py::object& bridge, const std::shared_ptr<Waiting>& waiting) {
  py::gil_scoped_acquire gil;
  try {
    auto done = done_of(waiting, question.first);
    waiting->cancel_with(bridge.attr(question.attribute)(question.first, question.payload, done));
  } catch (py::error_already_set& e) {
    const Error why = error_of(e, question.first.c_str());
    without_gil([&] { waiting->answer(why); });
  }
}

AssetKind kind_of(const std::string& mime) {
  if (mime.rfind("image/", 0) == 0) return AssetKind::image;
  if (mime.rfind("video/", 0) == 0) return AssetKind::video;
  if (mime.rfind("audio/", 0) == 0) return AssetKind::audio;
  return mime == "application/json" ? AssetKind::json : AssetKind::other;
}

}  // namespace

Async<Answer> asked(asio::any_io_executor pool, Kept bridge, Question question) {
  auto begin = [](auto handler, asio::any_io_executor on, Kept object, Question what) {
    auto waiting = std::make_shared<Waiting>(Handler<Answer>(std::move(handler)));
    waiting->obey(what.stop, what.how, on);
    asio::post(on, [waiting, object, what] { put(what, *object, waiting); });
  };
  return asio::async_initiate<const asio::use_awaitable_t<>, void(Answer)>(begin, asio::use_awaitable, std::move(pool),
                                                                           std::move(bridge), std::move(question));
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
