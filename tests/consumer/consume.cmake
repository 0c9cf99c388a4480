# SPDX-License-Identifier: Apache-2.0
# One way of using the library from outside: cmake -DWAY=… -DSOURCE=… -DBUILD=… -DWORK=… -DCXX=… -DTYPE=… -P consume.cmake
function(run)
  execute_process(COMMAND ${ARGN} COMMAND_ECHO STDOUT RESULT_VARIABLE result)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "that failed with ${result}")
  endif()
endfunction()

set(here ${CMAKE_CURRENT_LIST_DIR})
file(REMOVE_RECURSE ${WORK})
file(MAKE_DIRECTORY ${WORK})

if(WAY STREQUAL "add_subdirectory")
  find_program(CCACHE ccache)  # which knows most of it from the build around this test
  set(launcher "")
  if(CCACHE)
    set(launcher -DCMAKE_CXX_COMPILER_LAUNCHER=${CCACHE} -DCMAKE_C_COMPILER_LAUNCHER=${CCACHE})
  endif()
  run(${CMAKE_COMMAND} -S ${here}/add_subdirectory -B ${WORK}/build -G Ninja -DCMAKE_CXX_COMPILER=${CXX}
      -DCMAKE_BUILD_TYPE=${TYPE} -DVIDGEN_SOURCE=${SOURCE} ${launcher})
  run(${CMAKE_COMMAND} --build ${WORK}/build --target consumer)
  run(${WORK}/build/consumer)
  return()
endif()

# Installed in one place, moved to another: nothing in it may know where it was.
run(${CMAKE_COMMAND} --install ${BUILD} --prefix "${WORK}/first place")
file(RENAME "${WORK}/first place" "${WORK}/second place")
set(prefix "${WORK}/second place")

if(WAY STREQUAL "find_package")
  run(${CMAKE_COMMAND} -S ${here}/find_package -B ${WORK}/build -G Ninja -DCMAKE_CXX_COMPILER=${CXX}
      -DCMAKE_PREFIX_PATH=${prefix})
  run(${CMAKE_COMMAND} --build ${WORK}/build)
  foreach(program core_only from_c consumer consumer_static)
    run(${WORK}/build/${program})
  endforeach()
  run("${prefix}/bin/vidgen" plan "a ceramic mug on a walnut desk" --backend local)
  return()
endif()

file(RENAME "${prefix}" ${WORK}/installed)  # pkg-config's answers are for shells: no spaces
file(GLOB_RECURSE pc ${WORK}/installed/*/vidgen-local.pc)
get_filename_component(folder ${pc} DIRECTORY)
set(ENV{PKG_CONFIG_PATH} ${folder})
get_filename_component(libraries ${folder} DIRECTORY)
set(ENV{LD_LIBRARY_PATH} ${libraries})

# compile(program source compiler packages...)
function(compile program source compiler)
  set(language "")
  if(source MATCHES "cpp$")
    set(language -std=c++20)
  endif()
  execute_process(COMMAND pkg-config --cflags --libs ${ARGN} OUTPUT_VARIABLE flags
                  OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  separate_arguments(flags UNIX_COMMAND "${flags}")
  run(${compiler} ${language} ${here}/${source} -o ${WORK}/${program} ${flags})
  run(${WORK}/${program})
endfunction()
compile(from_c consumer.c cc vidgen)
compile(shared consumer.cpp ${CXX} vidgen-local)
# Nothing of ours is needed to run what was linked with the static libraries.
set(ENV{LD_LIBRARY_PATH} "")
compile(static consumer.cpp ${CXX} vidgen-local-static)
