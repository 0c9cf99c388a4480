# SPDX-License-Identifier: Apache-2.0
# vidgen_test_options(target): what makes test programs compile quickly: one shared precompiled header with GoogleTest,
# and little optimisation. Measured with GCC 12: the header saves a test file of 150 lines half its time; for the rooms a
# header of standard and Asio headers saved 10 % and brought false warnings, so rooms have none. Files still include
# all they use: the clang presets build without.
option(VIDGEN_PCH "Use a precompiled header for the tests" ${PROJECT_IS_TOP_LEVEL})

function(vidgen_test_options target)
  target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O1>)
  if(NOT VIDGEN_PCH)
    return()
  endif()
  if(NOT TARGET vidgen_pch_test)
    # A program, as the tests are: with other code generation GCC would not take the header.
    file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/pch/test.cpp CONTENT "int main() {}" @ONLY)
    add_executable(vidgen_pch_test EXCLUDE_FROM_ALL ${CMAKE_BINARY_DIR}/pch/test.cpp)
    target_link_libraries(vidgen_pch_test PRIVATE vidgen_options GTest::gtest GTest::gmock)
    target_compile_options(vidgen_pch_test PRIVATE $<$<CONFIG:Release>:-O1>)
    target_precompile_headers(vidgen_pch_test PRIVATE <algorithm> <cstdint> <functional> <map> <memory> <optional>
                              <string> <string_view> <utility> <vector> <gtest/gtest.h> <gmock/gmock.h>)
  endif()
  target_precompile_headers(${target} REUSE_FROM vidgen_pch_test)
  # Flags of a linked package may differ from the header's: then it is parsed as usual.
  set_target_properties(${target} PROPERTIES PCH_WARN_INVALID OFF)
endfunction()
