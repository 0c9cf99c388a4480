# SPDX-License-Identifier: Apache-2.0
# vidgen_room(name SOURCES ... LINK ...): one folder of src/ as a static library of its own, so that a room and its
# tests build alone. The public libraries are made of the rooms' objects.
include(VidgenPch)
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_C_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release)
endif()

if(PROJECT_IS_TOP_LEVEL)
  find_program(VIDGEN_CCACHE ccache)
  if(VIDGEN_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${VIDGEN_CCACHE})
    set(CMAKE_C_COMPILER_LAUNCHER ${VIDGEN_CCACHE})
  endif()
endif()

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(Boost 1.81 REQUIRED)
pkg_check_modules(SIMDJSON REQUIRED IMPORTED_TARGET simdjson)
pkg_check_modules(SQLITE REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(LIBAV REQUIRED IMPORTED_TARGET
  libavformat>=59 libavcodec>=59 libswscale>=6 libswresample>=4 libavutil>=57)
pkg_check_modules(EBUR128 REQUIRED IMPORTED_TARGET libebur128)
pkg_check_modules(HWY REQUIRED IMPORTED_TARGET libhwy)
# libcurl is the second transport, and optional: 7.80 has the callback that comes right before a request is sent.
pkg_check_modules(CURL QUIET IMPORTED_TARGET libcurl>=7.80)
option(VIDGEN_CURL "Build the transport over libcurl" ${CURL_FOUND})
if(VIDGEN_CURL AND NOT CURL_FOUND)
  message(FATAL_ERROR "VIDGEN_CURL needs libcurl 7.80 or newer")
endif()
# libpq's header alone: the library is found when a journal on PostgreSQL is opened. 14 has pipelines.
pkg_check_modules(LIBPQ QUIET libpq>=14)
option(VIDGEN_POSTGRES "Build the journal on PostgreSQL" ${LIBPQ_FOUND})
if(VIDGEN_POSTGRES AND NOT LIBPQ_FOUND)
  message(FATAL_ERROR "VIDGEN_POSTGRES needs the header of libpq 14 or newer (libpq-dev)")
endif()
if(VIDGEN_LOCAL)
  pkg_check_modules(CAIRO REQUIRED IMPORTED_TARGET cairo pangocairo fontconfig)
  pkg_check_modules(FLUIDSYNTH REQUIRED fluidsynth)  # its header; the library is found when music is played
endif()

add_library(vidgen_options INTERFACE)
target_include_directories(vidgen_options INTERFACE
  $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include> $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/src>)
target_compile_options(vidgen_options INTERFACE -Wall -Wextra -fstack-protector-strong
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict> $<$<CXX_COMPILER_ID:GNU>:-Wno-mismatched-new-delete>  # GCC 12 warns of std::string and awaitables falsely
  -Wshadow -Wnon-virtual-dtor -Wold-style-cast)
target_compile_definitions(vidgen_options INTERFACE $<$<NOT:$<CONFIG:Debug>>:_GLIBCXX_ASSERTIONS>)

set_property(GLOBAL PROPERTY VIDGEN_ROOMS "")
set_property(GLOBAL PROPERTY VIDGEN_OWN_ROOMS "")
function(vidgen_room name)
  cmake_parse_arguments(ARG "OWN" "" "SOURCES;LINK" ${ARGN})
  add_library(vidgen_${name} STATIC ${ARG_SOURCES})
  target_link_libraries(vidgen_${name} PUBLIC vidgen_options ${ARG_LINK})
  if(ARG_OWN)  # part of a library of its own, not of the core
    set_property(GLOBAL APPEND PROPERTY VIDGEN_OWN_ROOMS vidgen_${name})
  else()
    set_property(GLOBAL APPEND PROPERTY VIDGEN_ROOMS vidgen_${name})
  endif()
endfunction()

# vidgen_pixel_loops(files...): loops over pixels, of one thread each. ThreadSanitizer makes them 15 times as slow and finds
# nothing in them, so that its preset compiles them without it; what shares the pictures between threads is elsewhere.
set(VIDGEN_PIXEL_FLAGS "" CACHE STRING "More compiler flags for loops over pixels")
mark_as_advanced(VIDGEN_PIXEL_FLAGS)
function(vidgen_pixel_loops)
  set_property(SOURCE ${ARGN} APPEND PROPERTY COMPILE_OPTIONS ${VIDGEN_PIXEL_FLAGS})
endfunction()

# vidgen_cold(files...): what runs once a film and loops over little: compiled to be small, for the library's size is limited.
function(vidgen_cold)
  set_property(SOURCE ${ARGN} APPEND PROPERTY COMPILE_OPTIONS $<$<CONFIG:Release>:-Os>)
endfunction()

# vidgen_test(name SOURCES ... LINK rooms...): one test program, one ctest entry a case group.
# Seconds after which a test is taken for stuck; nothing is measured by it.
set(VIDGEN_TEST_TIMEOUT 600 CACHE STRING "Seconds after which a test is stopped")
function(vidgen_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_LINK} GTest::gtest GTest::gmock GTest::gtest_main Threads::Threads)
  target_compile_definitions(${name} PRIVATE VIDGEN_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  vidgen_test_options(${name})
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES TIMEOUT ${VIDGEN_TEST_TIMEOUT})
endfunction()
