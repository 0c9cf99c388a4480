// SPDX-License-Identifier: Apache-2.0
// Frames whose planes are shared with Python, by the buffer protocol and by DLPack, without a copy.
#include "vidgen/frames.hpp"

#include "python/src/common.hpp"
#include "python/src/dlpack.hpp"

namespace vidgen::python {
namespace {

// Rows of samples, or of pixels of three. It keeps what its bytes belong to.
struct Plane {
  std::shared_ptr<const void> owner;
  const std::uint8_t* data = nullptr;
  std::vector<std::int64_t> shape, strides;
};

Plane plane_of(const VideoFrame& frame, int i) {
  const FramePlane p = frame.plane(i);
  Plane out;
  out.owner = std::make_shared<const VideoFrame>(frame);
  out.data = p.data;
  out.shape = {p.height, p.width};
  out.strides = {p.stride, 1};
  return out;
}

Plane rgb_of(const VideoFrame& frame) {
  auto bytes = std::make_shared<const std::vector<std::uint8_t>>(without_gil([&] { return frame.rgb(); }));
  Plane out;
  out.data = bytes->data();
  out.owner = bytes;
  out.shape = {frame.height(), frame.width(), 3};
  out.strides = {std::int64_t{3} * frame.width(), 3, 1};
  return out;
}

py::buffer_info buffer_of(const Plane& p) {
  std::vector<py::ssize_t> shape(p.shape.begin(), p.shape.end()), strides(p.strides.begin(), p.strides.end());
  return py::buffer_info(const_cast<std::uint8_t*>(p.data), 1, py::format_descriptor<std::uint8_t>::format(),
                         static_cast<py::ssize_t>(shape.size()), shape, strides, /*readonly=*/true);
}

// A capsule that nobody took frees its tensor.
void drop(PyObject* capsule) {
  if (PyCapsule_IsValid(capsule, "dltensor") != 0) {
    auto* managed = static_cast<DLManagedTensor*>(PyCapsule_GetPointer(capsule, "dltensor"));
    managed->deleter(managed);
  }
}

struct Lent {
  Plane plane;
  DLManagedTensor managed{};
};

py::capsule dlpack_of(const Plane& plane) {
  auto lent = std::make_unique<Lent>();
  lent->plane = plane;
  DLTensor& t = lent->managed.dl_tensor;
  t.data = const_cast<std::uint8_t*>(plane.data);
  t.device = {kDlCpu, 0};
  t.ndim = static_cast<std::int32_t>(plane.shape.size());
  t.dtype = {kDlUint, 8, 1};
  t.shape = lent->plane.shape.data();
  t.strides = lent->plane.strides.data();
  lent->managed.manager_ctx = lent.get();
  lent->managed.deleter = [](DLManagedTensor* self) { delete static_cast<Lent*>(self->manager_ctx); };
  PyObject* capsule = PyCapsule_New(&lent->managed, "dltensor", &drop);
  if (capsule == nullptr) throw py::error_already_set();
  (void)lent.release();
  return py::reinterpret_steal<py::capsule>(capsule);
}

py::tuple numbers(const std::vector<std::int64_t>& list) {
  py::tuple out(list.size());
  for (std::size_t i = 0; i < list.size(); ++i) out[i] = list[i];
  return out;
}

class Reader {
 public:
  explicit Reader(const std::string& path)
      : reader_(take(without_gil([&] { return FrameReader::open(path); }))), info_(reader_->info()) {}
  std::string info() const { return to_json(info_); }
  std::optional<VideoFrame> next() {
    FrameReader& open = opened();
    return take(without_gil([&] { return open.next(); }));
  }
  void seek(Frames number) {
    FrameReader& open = opened();
    take(without_gil([&] { return open.seek(number); }));
  }
  void close() { reader_.reset(); }

 private:
  FrameReader& opened() {
    if (!reader_) raise(Error(Errc::closed, "this reader was closed: open the file again"));
    return *reader_;
  }
  std::optional<FrameReader> reader_;
  MediaInfo info_;
};

}  // namespace

void bind_frames(py::module_& m) {
  py::class_<Plane>(m, "Plane", py::buffer_protocol(), py::is_final())
      .def_buffer(&buffer_of)
      .def_property_readonly("shape", [](const Plane& p) { return numbers(p.shape); })
      .def_property_readonly("strides", [](const Plane& p) { return numbers(p.strides); })
      .def(
          "__dlpack__", [](const Plane& p, py::object, py::object, py::object, py::object) { return dlpack_of(p); },
          py::kw_only(), py::arg("stream") = py::none(), py::arg("max_version") = py::none(),
          py::arg("dl_device") = py::none(), py::arg("copy") = py::none())
      .def("__dlpack_device__", [](const Plane&) { return py::make_tuple(kDlCpu, 0); });
  py::class_<VideoFrame>(m, "Frame", py::is_final())
      .def_property_readonly("width", &VideoFrame::width)
      .def_property_readonly("height", &VideoFrame::height)
      .def_property_readonly("number", &VideoFrame::number)
      .def_property_readonly("key", &VideoFrame::key)
      .def_property_readonly("time",
                             [](const VideoFrame& f) { return py::make_tuple(f.seconds().num(), f.seconds().den()); })
      .def_property_readonly(
          "planes",
          [](const VideoFrame& f) { return py::make_tuple(plane_of(f, 0), plane_of(f, 1), plane_of(f, 2)); })
      .def("rgb", &rgb_of);
  py::class_<Reader>(m, "FrameReader", py::is_final())
      .def(py::init<const std::string&>(), py::arg("path"))
      .def("info", &Reader::info)
      .def("next", &Reader::next)
      .def("seek", &Reader::seek, py::arg("frame"))
      .def("close", &Reader::close);
}

}  // namespace vidgen::python
