// SPDX-License-Identifier: Apache-2.0
#include "python/src/common.hpp"

namespace vidgen::python {
namespace {

// Held for as long as the interpreter: a module is never unloaded.
py::object* g_factory = nullptr;

constexpr ErrcRow kRows[] = {
#define VIDGEN_ERRC(name, number, retryable, exit_code, text) {Errc::name, #name, retryable, exit_code, text},
#include "vidgen/errc.def"
#undef VIDGEN_ERRC
};

Errc code_of(const std::string& name) {
  for (const ErrcRow& row : kRows)
    if (row.name == name) return row.code;
  return Errc::host;
}

}  // namespace

py::object exception_of(const Error& error) {
  const ErrorOrigin& origin = error.origin();
  if (g_factory == nullptr) return py::reinterpret_borrow<py::object>(PyExc_RuntimeError)(error.describe());
  py::object cost = py::none();
  if (origin.cost_micros >= 0) cost = py::int_(origin.cost_micros);
  return (*g_factory)(std::string(errc_row(error.code()).name), error.message(), error.describe(), error.phase(),
                      origin.provider, origin.request_id, cost);
}

void raise(const Error& error) {
  py::object exception = exception_of(error);
  PyErr_SetObject(reinterpret_cast<PyObject*>(Py_TYPE(exception.ptr())), exception.ptr());
  throw py::error_already_set();
}

Error error_of(py::error_already_set& raised, const char* doing) {
  py::object value = raised.value();
  Errc code = Errc::host;
  std::string text;
  try {
    text = py::str(value);
    if (text.empty()) text = py::str(py::type::of(value).attr("__name__"));
    if (py::hasattr(value, "code") && py::isinstance<py::str>(value.attr("code")))
      code = code_of(py::str(value.attr("code")));
  } catch (py::error_already_set&) {
    text = "an exception that cannot be shown";
  }
  return Error(code, code == Errc::host ? std::string(doing) + ": " + text : text);
}

void bind_errors(py::module_& m) {
  py::list rows;
  for (const ErrcRow& row : kRows)
    rows.append(py::make_tuple(std::string(row.name), static_cast<int>(row.code), row.retryable, row.exit_code,
                               std::string(row.text)));
  m.attr("error_rows") = rows;
  m.def("set_error_factory", [](py::object factory) {
    delete g_factory;
    g_factory = new py::object(std::move(factory));
  });
}

}  // namespace vidgen::python
