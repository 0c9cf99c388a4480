// SPDX-License-Identifier: Apache-2.0
#include "base/both.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <thread>

namespace vidgen::base {
namespace {

TEST(Both, BothHaveEndedAndRanApart) {
  std::thread::id first, second;
  both([&] { first = std::this_thread::get_id(); }, [&] { second = std::this_thread::get_id(); });
  EXPECT_EQ(first, std::this_thread::get_id());
  EXPECT_NE(second, std::thread::id());
  EXPECT_NE(first, second);
}

// What one throws comes out, and the other has ended by then.
TEST(Both, WhatEitherThrowsIsThrown) {
  bool ended = false;
  EXPECT_THROW(both([] { throw std::runtime_error("first"); }, [&] { ended = true; }), std::runtime_error);
  EXPECT_TRUE(ended);
  ended = false;
  EXPECT_THROW(both([&] { ended = true; }, [] { throw std::runtime_error("second"); }), std::runtime_error);
  EXPECT_TRUE(ended);
}

}  // namespace
}  // namespace vidgen::base
