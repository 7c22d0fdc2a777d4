# SPDX-License-Identifier: MIT
# Optimised, without sanitizers, with the tests' and benchmarks' programs: cmake -C .cmake/bench.cmake -S . -B build-bench
set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "")
set(CONNVIS_TESTS ON CACHE BOOL "")
