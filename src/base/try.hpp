// SPDX-License-Identifier: Apache-2.0
// VIDGEN_TRY(name, expr): name = value of a Result, or return its error. VIDGEN_CO_TRY: the same in a coroutine.
// Two plain statements, never a statement-expression: GCC breaks those around co_await.
#pragma once

#define VIDGEN_CAT2(a, b) a##b
#define VIDGEN_CAT(a, b) VIDGEN_CAT2(a, b)

#define VIDGEN_TRY(name, ...)                                                   \
  auto&& VIDGEN_CAT(vg_r_, __LINE__) = (__VA_ARGS__);                           \
  if (!VIDGEN_CAT(vg_r_, __LINE__)) return VIDGEN_CAT(vg_r_, __LINE__).error(); \
  auto&& name = *VIDGEN_CAT(vg_r_, __LINE__)

#define VIDGEN_CHECK(...)                                                     \
  do {                                                                        \
    if (auto vg_check_ = (__VA_ARGS__); !vg_check_) return vg_check_.error(); \
  } while (false)

#define VIDGEN_CO_TRY(name, ...)                                                   \
  auto VIDGEN_CAT(vg_r_, __LINE__) = (__VA_ARGS__);                                \
  if (!VIDGEN_CAT(vg_r_, __LINE__)) co_return VIDGEN_CAT(vg_r_, __LINE__).error(); \
  auto& name = *VIDGEN_CAT(vg_r_, __LINE__)

#define VIDGEN_CO_CHECK(...)                     \
  do {                                           \
    auto vg_check_ = (__VA_ARGS__);              \
    if (!vg_check_) co_return vg_check_.error(); \
  } while (false)
