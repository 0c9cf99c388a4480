# SPDX-License-Identifier: Apache-2.0
# vidgen_embed(target NAME name [BASE dir] FILES file...): compiles text files into a target as constexpr arrays.
#
# It makes the header "embedded/<name>.hpp" with
#   std::span<const vidgen::base::EmbeddedFile> vidgen::embedded::<name>();
# one entry a file, sorted by name; a name is the path relative to BASE (the project's folder <name> unless given).
# Texts only: a file must be valid UTF-8 without the sequence `)vg"`. Files are read again when they change.
set(VIDGEN_EMBED_SCRIPT ${CMAKE_CURRENT_LIST_DIR}/EmbedScript.cmake)

function(vidgen_embed target)
  cmake_parse_arguments(ARG "" "NAME;BASE" "FILES" ${ARGN})
  if(NOT ARG_BASE)
    set(ARG_BASE ${PROJECT_SOURCE_DIR}/${ARG_NAME})
  endif()
  set(files)
  foreach(file IN LISTS ARG_FILES)
    get_filename_component(file ${file} ABSOLUTE BASE_DIR ${CMAKE_CURRENT_SOURCE_DIR})
    list(APPEND files ${file})
  endforeach()
  list(SORT files)
  set(dir ${CMAKE_CURRENT_BINARY_DIR}/embedded)
  set(header ${dir}/${ARG_NAME}.hpp)
  set(source ${dir}/${ARG_NAME}.cpp)
  # The list goes through a file: a command line cannot hold every list.
  file(WRITE ${dir}/${ARG_NAME}.list.tmp "${files}")
  configure_file(${dir}/${ARG_NAME}.list.tmp ${dir}/${ARG_NAME}.list COPYONLY)  # touched only when it changed
  add_custom_command(OUTPUT ${header} ${source}
    COMMAND ${CMAKE_COMMAND} -DNAME=${ARG_NAME} -DBASE=${ARG_BASE} -DLIST=${dir}/${ARG_NAME}.list
            -DHEADER=${header} -DSOURCE=${source} -P ${VIDGEN_EMBED_SCRIPT}
    DEPENDS ${files} ${dir}/${ARG_NAME}.list ${VIDGEN_EMBED_SCRIPT}
    COMMENT "Embedding ${ARG_NAME}" VERBATIM)
  target_sources(${target} PRIVATE ${source} ${header})
  target_include_directories(${target} PRIVATE ${CMAKE_CURRENT_BINARY_DIR})
endfunction()
