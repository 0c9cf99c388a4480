# SPDX-License-Identifier: Apache-2.0
# What `cmake --install` puts where: headers, libraries, the program, the CMake package and the pkg-config files. All
# paths inside them are relative, so that an installed tree can be moved.
include(CMakePackageConfigHelpers)

if(NOT PROJECT_IS_TOP_LEVEL AND NOT VIDGEN_INSTALL)
  return()
endif()

set(vidgen_package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/vidgen)
install(DIRECTORY include/vidgen DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT dev
        FILES_MATCHING PATTERN "*.hpp" PATTERN "*.h" PATTERN "*.def")
install(TARGETS vidgen EXPORT vidgenTargets
        LIBRARY COMPONENT runtime NAMELINK_COMPONENT dev ARCHIVE COMPONENT dev)
install(EXPORT vidgenTargets NAMESPACE vidgen:: DESTINATION ${vidgen_package_dir} COMPONENT dev)
if(TARGET vidgen_local_lib)
  install(TARGETS vidgen_local_lib EXPORT vidgenLocalTargets
          LIBRARY COMPONENT runtime NAMELINK_COMPONENT dev ARCHIVE COMPONENT dev)
  install(EXPORT vidgenLocalTargets NAMESPACE vidgen:: DESTINATION ${vidgen_package_dir} COMPONENT dev)
endif()

# A static library needs at link time what it is made with; the package finds it again.
set(VIDGEN_IS_STATIC 1)
if(BUILD_SHARED_LIBS)
  set(VIDGEN_IS_STATIC 0)
endif()
set(VIDGEN_HAS_CURL 0)
if(VIDGEN_CURL)
  set(VIDGEN_HAS_CURL 1)
endif()
configure_package_config_file(cmake/vidgenConfig.cmake.in ${CMAKE_CURRENT_BINARY_DIR}/vidgenConfig.cmake
  INSTALL_DESTINATION ${vidgen_package_dir})
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/vidgenConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/vidgenConfig.cmake ${CMAKE_CURRENT_BINARY_DIR}/vidgenConfigVersion.cmake
        DESTINATION ${vidgen_package_dir} COMPONENT dev)

file(RELATIVE_PATH VIDGEN_PC_UP /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
string(REGEX REPLACE "/$" "" VIDGEN_PC_UP "${VIDGEN_PC_UP}")
# Our static library is linked with the shared ones of others, so its needs are plain `Requires`: `pkg-config --static`
# would ask for static ones of everything below libav.
set(VIDGEN_PC_NEEDS Requires.private)
set(VIDGEN_PC_CFLAGS "")
set(VIDGEN_PC_LIBS "")
set(VIDGEN_PC_LOCAL_NEEDS "")
set(VIDGEN_PC_CURL "")
if(VIDGEN_CURL)
  set(VIDGEN_PC_CURL ", libcurl >= 7.80")
endif()
if(NOT BUILD_SHARED_LIBS)
  set(VIDGEN_PC_NEEDS Requires)
  set(VIDGEN_PC_CFLAGS " -DVIDGEN_STATIC")
  set(VIDGEN_PC_LIBS " -lstdc++ -lpthread -lm")
  set(VIDGEN_PC_LOCAL_NEEDS ", cairo, pangocairo, fluidsynth")
endif()
set(vidgen_pcs vidgen)
if(TARGET vidgen_local_lib)
  list(APPEND vidgen_pcs vidgen-local)
endif()
foreach(pc IN LISTS vidgen_pcs)
  configure_file(cmake/${pc}.pc.in ${CMAKE_CURRENT_BINARY_DIR}/${pc}.pc @ONLY)
  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/${pc}.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT dev)
endforeach()
