# SPDX-License-Identifier: MIT
# Programs that write sources while connvis is built. They run on the machine that builds: in a cross-build they come
# from a nested build for that machine, whose compiler is CONNVIS_NATIVE_CC.
option(CONNVIS_GENERATORS_ONLY "Build the programs alone that the build itself runs" OFF)
set(generators_folder ${CMAKE_BINARY_DIR}/native)

if(CMAKE_CROSSCOMPILING)
  set(CONNVIS_NATIVE_CC cc CACHE STRING "The compiler for programs that the build itself runs")
  include(ExternalProject)
  # what is in the environment for the other machine's sake is not for this one
  set(native_cmake ${CMAKE_COMMAND} -E env --unset=CC --unset=CFLAGS --unset=CPPFLAGS --unset=LDFLAGS
      --unset=PKG_CONFIG --unset=PKG_CONFIG_PATH --unset=PKG_CONFIG_LIBDIR --unset=PKG_CONFIG_SYSROOT_DIR
      ${CMAKE_COMMAND})
  ExternalProject_Add(
    connvis-generators
    SOURCE_DIR ${PROJECT_SOURCE_DIR}
    BINARY_DIR ${generators_folder}
    CONFIGURE_COMMAND ${native_cmake} -S <SOURCE_DIR> -B <BINARY_DIR> -DCONNVIS_GENERATORS_ONLY=ON
                      -DCMAKE_BUILD_TYPE=Release -DCMAKE_C_COMPILER=${CONNVIS_NATIVE_CC}
    BUILD_COMMAND ${native_cmake} --build <BINARY_DIR>
    BUILD_ALWAYS ON
    INSTALL_COMMAND "")
endif()

# connvis_generator(NAME SOURCES… FOLDERS… LIBRARIES…): a program that custom commands run by its name. FOLDERS are
# those of its headers.
function(connvis_generator name)
  cmake_parse_arguments(arg "" "" "SOURCES;FOLDERS;LIBRARIES" ${ARGN})
  if(CMAKE_CROSSCOMPILING)
    add_executable(${name} IMPORTED GLOBAL)
    file(RELATIVE_PATH below ${PROJECT_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
    set_target_properties(${name} PROPERTIES IMPORTED_LOCATION ${generators_folder}/${below}/${name})
    add_dependencies(${name} connvis-generators)
  else()
    add_executable(${name} ${arg_SOURCES})
    target_include_directories(${name} PRIVATE ${arg_FOLDERS})
    target_link_libraries(${name} PRIVATE ${arg_LIBRARIES})
  endif()
endfunction()

foreach(folder collector/lists/tables broadcaster/embed)
  add_subdirectory(${PROJECT_SOURCE_DIR}/${folder})
endforeach()
