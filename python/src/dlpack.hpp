// SPDX-License-Identifier: Apache-2.0
// The structs of DLPack 0.8 that a producer fills in (https://dmlc.github.io/dlpack/latest/c_api.html): a layout that
// other libraries read, so nothing here may change.
#pragma once

#include <cstdint>

namespace vidgen::python {

inline constexpr int kDlCpu = 1;   // kDLCPU
inline constexpr int kDlUint = 1;  // kDLUInt

struct DLDevice {
  std::int32_t device_type;
  std::int32_t device_id;
};

struct DLDataType {
  std::uint8_t code;
  std::uint8_t bits;
  std::uint16_t lanes;
};

struct DLTensor {
  void* data;
  DLDevice device;
  std::int32_t ndim;
  DLDataType dtype;
  std::int64_t* shape;
  std::int64_t* strides;  // in elements
  std::uint64_t byte_offset;
};

struct DLManagedTensor {
  DLTensor dl_tensor;
  void* manager_ctx;
  void (*deleter)(DLManagedTensor* self);
};

}  // namespace vidgen::python
