# SPDX-License-Identifier: MIT
# npm ci in FOLDER, unless what is installed there is newer than the lock file already. WITHOUT is the option of the
# build that does without.
set(installed ${FOLDER}/node_modules/.package-lock.json)
if(EXISTS ${installed} AND ${installed} IS_NEWER_THAN ${FOLDER}/package-lock.json)
  return()
endif()
execute_process(COMMAND ${NPM} ci --no-audit --no-fund WORKING_DIRECTORY ${FOLDER} RESULT_VARIABLE result)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "npm ci failed in ${FOLDER}; what npm said about it stands above. Is the network there? "
                      "Build with -D${WITHOUT}=OFF to do without.")
endif()
