# SPDX-License-Identifier: Apache-2.0
# What `cmake --install` puts where: headers, libraries, the program, the CMake package and the pkg-config files. All
# paths inside them are relative, so that an installed tree can be moved. Components: runtime, dev, cli.
include(CMakePackageConfigHelpers)

if(NOT PROJECT_IS_TOP_LEVEL AND NOT VIDGEN_INSTALL)
  return()
endif()

set(vidgen_package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/vidgen)
install(DIRECTORY include/vidgen DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT dev
        FILES_MATCHING PATTERN "*.hpp" PATTERN "*.h" PATTERN "*.def")
install(DIRECTORY capi/include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT dev FILES_MATCHING PATTERN "*.h")

# One export a library, so that a package asks only for what it links.
set(vidgen_exports vidgen_shared vidgenTargets vidgen_static vidgenStaticTargets)
if(VIDGEN_LOCAL)
  list(APPEND vidgen_exports vidgen_local_shared vidgenLocalTargets vidgen_local_static vidgenLocalStaticTargets)
endif()
while(vidgen_exports)
  list(POP_FRONT vidgen_exports target set)
  install(TARGETS ${target} EXPORT ${set}
          LIBRARY COMPONENT runtime NAMELINK_COMPONENT dev ARCHIVE COMPONENT dev)
  install(EXPORT ${set} NAMESPACE vidgen:: DESTINATION ${vidgen_package_dir} COMPONENT dev)
endwhile()

# A static library needs at link time what it is made with; the package finds it again.
set(VIDGEN_HAS_CURL 0)
set(VIDGEN_PC_CURL "")
if(VIDGEN_CURL)
  set(VIDGEN_HAS_CURL 1)
  set(VIDGEN_PC_CURL ", libcurl >= 7.80")
endif()
configure_package_config_file(cmake/vidgenConfig.cmake.in ${CMAKE_CURRENT_BINARY_DIR}/vidgenConfig.cmake
  INSTALL_DESTINATION ${vidgen_package_dir})
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/vidgenConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/vidgenConfig.cmake ${CMAKE_CURRENT_BINARY_DIR}/vidgenConfigVersion.cmake
        DESTINATION ${vidgen_package_dir} COMPONENT dev)

file(RELATIVE_PATH VIDGEN_PC_UP /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
string(REGEX REPLACE "/$" "" VIDGEN_PC_UP "${VIDGEN_PC_UP}")
# Our static library is linked with the shared ones of others, and pkg-config cannot say so: `--static` asks for static
# ones of everything below libav. vidgen-static.pc names what is needed as plain `Requires`.
set(vidgen_pcs vidgen vidgen-static)
if(VIDGEN_LOCAL)
  list(APPEND vidgen_pcs vidgen-local vidgen-local-static)
endif()
foreach(pc IN LISTS vidgen_pcs)
  configure_file(cmake/${pc}.pc.in ${CMAKE_CURRENT_BINARY_DIR}/${pc}.pc @ONLY)
  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/${pc}.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT dev)
endforeach()
