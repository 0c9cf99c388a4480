// SPDX-License-Identifier: Apache-2.0
// What the native module is made with: errors become exceptions of Python's making, blocking work runs without the GIL,
// and Python objects that C++ keeps are let go of with it.
#pragma once

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>

#include "vidgen/error.hpp"

namespace vidgen::python {

namespace py = pybind11;

// The exception for an error, made by the factory that Python gave.
py::object exception_of(const Error& error);
[[noreturn]] void raise(const Error& error);
// What a Python exception means to the library; a vidgen.Error keeps its code.
Error error_of(py::error_already_set& raised, const char* doing);

template <class T>
T take(Result<T> result) {
  if (!result) raise(result.error());
  return std::move(*result);
}
inline void take(Status status) {
  if (!status) raise(status.error());
}

// A Python object held by C++, which any thread may drop. Where the interpreter is gone it stays.
using Kept = std::shared_ptr<py::object>;
inline Kept keep(py::object object) {
  return Kept(new py::object(std::move(object)), [](py::object* held) {
    if (Py_IsInitialized() == 0) return;
    py::gil_scoped_acquire gil;
    delete held;
  });
}

template <class F>
auto without_gil(F&& work) {
  py::gil_scoped_release released;
  return work();
}

// Waits in slices that are short enough for Ctrl-C: `ready(time)` blocks for at most that time, without the GIL. Throws
// what a signal handler raised.
constexpr auto kSlice = std::chrono::milliseconds(50);
template <class Ready>
bool wait_with_signals(Ready&& ready, std::optional<double> timeout) {
  using Clock = std::chrono::steady_clock;
  const auto until = Clock::now() + std::chrono::duration_cast<Clock::duration>(
                                        std::chrono::duration<double>(std::min(timeout.value_or(0), 1e8)));
  for (;;) {
    auto slice = std::chrono::duration_cast<std::chrono::milliseconds>(kSlice);
    if (timeout) slice = std::min(slice, std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()));
    if (without_gil([&] { return ready(std::max(slice, std::chrono::milliseconds(0))); })) return true;
    if (PyErr_CheckSignals() != 0) throw py::error_already_set();
    if (timeout && Clock::now() >= until) return false;
  }
}

// Work that blocks for longer, on a thread of its own, so that this one can obey signals: a signal stops it.
template <class T>
T run_with_signals(std::function<T(std::stop_token)> work) {
  std::stop_source stop;
  std::packaged_task<T()> task([&] { return work(stop.get_token()); });
  std::future<T> done = task.get_future();
  std::jthread thread(std::move(task));
  try {
    (void)wait_with_signals([&](auto time) { return done.wait_for(time) == std::future_status::ready; }, std::nullopt);
  } catch (...) {
    stop.request_stop();
    without_gil([&] { thread.join(); });
    throw;
  }
  without_gil([&] { thread.join(); });
  return done.get();
}

void bind_errors(py::module_& m);
void bind_pipeline(py::module_& m);
void bind_media(py::module_& m);
void bind_frames(py::module_& m);
void bind_catalog(py::module_& m);

}  // namespace vidgen::python
