# SPDX-License-Identifier: MIT
# The fuzzers, for libFuzzer: cmake -C .cmake/fuzz.cmake -S . -B build-fuzz
set(CMAKE_C_COMPILER clang CACHE STRING "")
set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "")
set(CONNVIS_FUZZ ON CACHE BOOL "")
set(CONNVIS_PAGE OFF CACHE BOOL "")
