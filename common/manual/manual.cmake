# SPDX-License-Identifier: MIT
# For each daemon its configuration file, manual pages and completion, from its own table of options, in
# manual/ of the build folder. A daemon that is built for another machine runs only where CMAKE_CROSSCOMPILING_EMULATOR
# is set; a release has them ready-made (CONNVIS_BUILT).
find_program(AWK awk REQUIRED)
if(EXISTS ${CONNVIS_BUILT}/manual)
  set(CONNVIS_MANUAL ${CONNVIS_BUILT}/manual)
else()
  set(CONNVIS_MANUAL ${CMAKE_BINARY_DIR}/manual)
endif()
set(manual_scripts ${CMAKE_CURRENT_LIST_DIR})
add_custom_target(manual ALL)

# connvis_manual(TARGET FILE): FILE is the path of its configuration.
function(connvis_manual target file)
  if(EXISTS ${CONNVIS_BUILT}/manual)
    return()
  endif()
  if(CMAKE_CROSSCOMPILING AND NOT CMAKE_CROSSCOMPILING_EMULATOR)
    message(STATUS "No manual of ${target}: it cannot be run here")
    return()
  endif()
  set(made ${CONNVIS_MANUAL}/${target})
  set(awk ${CMAKE_COMMAND} -E env LC_ALL=C ${AWK} -v program=${target} -v version=${PROJECT_VERSION} -v file=${file})
  set(scripts ${manual_scripts}/roff.awk ${manual_scripts}/page5.awk ${manual_scripts}/page8.awk
      ${manual_scripts}/completion.awk ${manual_scripts}/${target}.8.in)
  add_custom_command(
    OUTPUT ${made}.conf ${made}.conf.5 ${made}.8 ${made}.bash
    COMMAND ${CMAKE_COMMAND} -E make_directory ${CONNVIS_MANUAL}
    COMMAND ${target} --print-config > ${made}.conf
    COMMAND ${target} --help > ${made}.help
    COMMAND ${awk} -f ${manual_scripts}/roff.awk -f ${manual_scripts}/page5.awk ${made}.conf > ${made}.conf.5
    COMMAND ${awk} -f ${manual_scripts}/roff.awk -f ${manual_scripts}/page8.awk ${made}.help
            ${manual_scripts}/${target}.8.in > ${made}.8
    COMMAND ${awk} -f ${manual_scripts}/completion.awk ${made}.help ${made}.conf > ${made}.bash
    DEPENDS ${target} ${scripts}
    COMMENT "Writing the manual of ${target}"
    VERBATIM)
  add_custom_target(${target}-manual DEPENDS ${made}.8)
  add_dependencies(manual ${target}-manual)
endfunction()
