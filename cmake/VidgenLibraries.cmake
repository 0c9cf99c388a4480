# SPDX-License-Identifier: Apache-2.0
# The libraries that people link, each shared and static, made of the same objects: `vidgen` of the core's rooms and the
# C face, `vidgen-local` of the offline backend's. vidgen::vidgen and vidgen::local are what BUILD_SHARED_LIBS says;
# vidgen::static and vidgen::local_static are always the static ones.

# What a list of rooms links outside of itself: third-party targets, and rooms that are not on the list.
function(vidgen_outside out)
  set(found "")
  foreach(room IN LISTS ARGN)
    get_target_property(links ${room} LINK_LIBRARIES)
    foreach(link IN LISTS links)
      if(NOT link IN_LIST ARGN AND NOT link STREQUAL "vidgen_options")
        list(APPEND found ${link})
      endif()
    endforeach()
  endforeach()
  list(REMOVE_DUPLICATES found)
  set(${out} "${found}" PARENT_SCOPE)
endfunction()

# An embedding project builds the kind that it links and no other.
set(vidgen_all "")
if(NOT PROJECT_IS_TOP_LEVEL)
  set(vidgen_all EXCLUDE_FROM_ALL)
endif()

# vidgen_library(name output map rooms...): the targets name_shared and name_static.
function(vidgen_library name output map)
  set(objects "")
  foreach(room IN LISTS ARGN)
    list(APPEND objects $<TARGET_OBJECTS:${room}>)
  endforeach()
  foreach(kind SHARED STATIC)
    string(TOLOWER ${name}_${kind} target)
    add_library(${target} ${kind} ${vidgen_all} ${objects})
    set_target_properties(${target} PROPERTIES LINKER_LANGUAGE CXX OUTPUT_NAME ${output}
      VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})
    target_compile_features(${target} PUBLIC cxx_std_20)
  endforeach()
  target_link_options(${name}_shared PRIVATE LINKER:--version-script=${map} LINKER:--no-undefined LINKER:-z,pack-relative-relocs LINKER:--exclude-libs,ALL
    $<$<CONFIG:Release>:LINKER:--strip-all>)
  set_target_properties(${name}_shared PROPERTIES LINK_DEPENDS ${map}
    INSTALL_RPATH "$ORIGIN" BUILD_RPATH_USE_ORIGIN ON)
endfunction()

set(vidgen_kind static)
if(BUILD_SHARED_LIBS)
  set(vidgen_kind shared)
endif()

get_property(vidgen_rooms GLOBAL PROPERTY VIDGEN_ROOMS)
vidgen_outside(vidgen_core_links ${vidgen_rooms})
vidgen_library(vidgen vidgen ${PROJECT_SOURCE_DIR}/capi/vidgen.map ${vidgen_rooms})
add_library(vidgen::vidgen ALIAS vidgen_${vidgen_kind})
add_library(vidgen::static ALIAS vidgen_static)
add_library(vidgen::shared ALIAS vidgen_shared)
list(REMOVE_ITEM vidgen_core_links Boost::headers)
foreach(kind shared static)
  target_include_directories(vidgen_${kind} PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include> $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/capi/include>
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  target_link_libraries(vidgen_${kind} PUBLIC Boost::headers PRIVATE Threads::Threads ${CMAKE_DL_LIBS} ${vidgen_core_links})
endforeach()
set_target_properties(vidgen_shared PROPERTIES EXPORT_NAME vidgen)
set_target_properties(vidgen_static PROPERTIES EXPORT_NAME static)

if(VIDGEN_LOCAL)
  get_property(vidgen_own_rooms GLOBAL PROPERTY VIDGEN_OWN_ROOMS)
  vidgen_outside(vidgen_local_links ${vidgen_own_rooms})
  vidgen_library(vidgen_local vidgen-local ${PROJECT_SOURCE_DIR}/cmake/local.map ${vidgen_own_rooms})
  add_library(vidgen::local ALIAS vidgen_local_${vidgen_kind})
  add_library(vidgen::local_static ALIAS vidgen_local_static)
  set_target_properties(vidgen_local_shared PROPERTIES EXPORT_NAME local)
  set_target_properties(vidgen_local_static PROPERTIES EXPORT_NAME local_static)
  foreach(kind shared static)
    target_link_libraries(vidgen_local_${kind} PUBLIC vidgen_${kind})
    foreach(link IN LISTS vidgen_local_links)
      # The shared core shows only the public words, so the internals that are used here come along, hidden.
      if(NOT link IN_LIST vidgen_rooms OR kind STREQUAL "shared")
        target_link_libraries(vidgen_local_${kind} PRIVATE ${link})
      endif()
    endforeach()
  endforeach()
endif()
