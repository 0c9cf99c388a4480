# SPDX-License-Identifier: Apache-2.0
# The libraries that people link: `vidgen` (vidgen::vidgen), made of the objects of the core's rooms, and `vidgen-local`
# (vidgen::local), made of the offline backend's. Static, or shared with hidden visibility when BUILD_SHARED_LIBS is on.

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

function(vidgen_library target rooms)
  set(objects "")
  foreach(room IN LISTS ${rooms})
    list(APPEND objects $<TARGET_OBJECTS:${room}>)
  endforeach()
  add_library(${target} ${objects})
  set_target_properties(${target} PROPERTIES LINKER_LANGUAGE CXX
    VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})
  target_compile_features(${target} PUBLIC cxx_std_20)
  if(NOT BUILD_SHARED_LIBS)
    target_compile_definitions(${target} INTERFACE VIDGEN_STATIC)
  endif()
endfunction()

get_property(vidgen_rooms GLOBAL PROPERTY VIDGEN_ROOMS)
vidgen_outside(vidgen_core_links ${vidgen_rooms})
vidgen_library(vidgen vidgen_rooms)
add_library(vidgen::vidgen ALIAS vidgen)
target_include_directories(vidgen PUBLIC
  $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
list(REMOVE_ITEM vidgen_core_links Boost::headers)
target_link_libraries(vidgen PUBLIC Boost::headers PRIVATE Threads::Threads ${vidgen_core_links})

if(VIDGEN_LOCAL)
  get_property(vidgen_own_rooms GLOBAL PROPERTY VIDGEN_OWN_ROOMS)
  vidgen_outside(vidgen_local_links ${vidgen_own_rooms})
  vidgen_library(vidgen_local_lib vidgen_own_rooms)
  set_target_properties(vidgen_local_lib PROPERTIES OUTPUT_NAME vidgen-local EXPORT_NAME local)
  add_library(vidgen::local ALIAS vidgen_local_lib)
  target_link_libraries(vidgen_local_lib PUBLIC vidgen)
  foreach(link IN LISTS vidgen_local_links)
    if(NOT link IN_LIST vidgen_rooms)
      target_link_libraries(vidgen_local_lib PRIVATE ${link})
    elseif(BUILD_SHARED_LIBS)
      # The core library shows only the public words, so the internals used here come along, hidden.
      target_link_libraries(vidgen_local_lib PRIVATE ${link})
      target_link_options(vidgen_local_lib PRIVATE LINKER:--exclude-libs,ALL)
    endif()
  endforeach()
endif()
