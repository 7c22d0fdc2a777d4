# SPDX-License-Identifier: MIT
# What tests/run builds: cmake -C .cmake/tests.cmake -S . -B build-tests
# (Initial caches rather than CMakePresets.json: CMake reads that one only at the top, which holds folders.)
set(CMAKE_BUILD_TYPE Debug CACHE STRING "")
set(CMAKE_C_FLAGS_DEBUG "-O1 -g" CACHE STRING "")
set(CONNVIS_TESTS ON CACHE BOOL "")
set(CONNVIS_SANITIZE ON CACHE BOOL "")
set(CONNVIS_WERROR ON CACHE BOOL "")
