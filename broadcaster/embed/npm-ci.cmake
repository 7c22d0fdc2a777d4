# SPDX-License-Identifier: MIT
# npm ci in FRONTEND, unless what is installed there is newer than the lock file already.
set(installed ${FRONTEND}/node_modules/.package-lock.json)
if(EXISTS ${installed} AND ${installed} IS_NEWER_THAN ${FRONTEND}/package-lock.json)
  return()
endif()
execute_process(COMMAND ${NPM} ci --no-audit --no-fund WORKING_DIRECTORY ${FRONTEND} RESULT_VARIABLE result)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "npm ci failed. Is the network there? Build with -DCONNVIS_PAGE=OFF to leave the page out.")
endif()
