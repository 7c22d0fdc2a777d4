# SPDX-License-Identifier: MIT
# Makes the C header of the schema: cmake -DSCHEMA=feed.json -DHEADER=feed_schema.h -P make-header.cmake
# A line that is not understood ends the build. CMake's own JSON functions sort members by name, so this reads lines.
cmake_minimum_required(VERSION 3.25)

set(topic "")    # of the lines that follow, as the next ones
set(table "")    # SITE
set(names "")    # "name", "mode", ... of the table
set(types "")
set(columns "")  # SITE_NAME, SITE_MODE, ...
set(tables "")   # OVERVIEW_SITE, OVERVIEW_SOURCES, ...
set(each "")     # X(SITE) X(SOURCE) ...
set(limits "")
set(body "")
set(word "[a-z_]+")

function(fail)
  message(FATAL_ERROR "${SCHEMA}: ${ARGN}")
endfunction()

macro(end_table)
  string(TOLOWER ${table} lower)
  list(LENGTH columns n)
  if(n EQUAL 0 OR n GREATER columns_max)
    fail("${lower} has ${n} columns: at least 1 and at most ${columns_max} are allowed")
  endif()
  list(JOIN columns ",\n\t" text)
  string(APPEND body "enum ${lower}_column {\n\t${text},\n\t${table}_COLUMNS,\n};\n")
  foreach(list names types)
    string(TOUPPER ${list} upper)
    list(JOIN ${list} ", " text)
    string(APPEND body "#define ${table}_COLUMN_${upper} ${text}\n")
  endforeach()
  foreach(mark COUNTERS TIMES)
    list(JOIN ${mark} "" text)
    string(APPEND body "#define ${table}_${mark} (UINT64_C(0)${text})\n")
  endforeach()
  string(APPEND body "_Static_assert(${table}_COLUMNS <= SCHEMA_COLUMNS, \"${lower}\");\n\n")
  set(table "")
endmacro()

macro(end_topic)
  string(TOUPPER ${topic} upper)
  list(JOIN tables ",\n\t" text)
  string(APPEND body "enum ${topic}_table {\n\t${text},\n\t${upper}_TABLES,\n};\n")
  string(APPEND body "#define ${upper}_EACH_TABLE(X)${each}\n\n")
  set(topic "")
endmacro()

file(STRINGS ${SCHEMA} lines ENCODING UTF-8)
foreach(line IN LISTS lines)
  if(line MATCHES "^    \"(${word})\": ([0-9]+),?$")
    string(TOUPPER ${CMAKE_MATCH_1} upper)
    set(${CMAKE_MATCH_1}_max ${CMAKE_MATCH_2})
    string(APPEND limits "#define SCHEMA_${upper} ${CMAKE_MATCH_2}\n")
  elseif(line MATCHES "^    \"(${word})\": {$")
    set(topic ${CMAKE_MATCH_1})
    set(tables "")
    set(each "")
  elseif(topic AND line MATCHES "^      \"(${word}): (${word})\": {$")
    string(TOUPPER "${topic}_${CMAKE_MATCH_1}" entry)
    list(APPEND tables ${entry})
    string(TOUPPER ${CMAKE_MATCH_2} table)
    string(APPEND each " X(${table})")
    string(APPEND body "#define ${table}_TABLE_NAME \"${CMAKE_MATCH_1}\"\n")
    foreach(list names types columns COUNTERS TIMES)
      set(${list} "")
    endforeach()
  elseif(table AND line MATCHES "^        \"([+~]?)(${word}): ([a-z _|-]+[?]?)\": \"(keep|drop|public|secret|replace)\",?$")
    set(mark "${CMAKE_MATCH_1}")
    string(TOUPPER "${table}_${CMAKE_MATCH_2}" column)
    if(column IN_LIST columns)
      fail("${column} is there twice")
    endif()
    list(APPEND names "\"${mark}${CMAKE_MATCH_2}\"")
    list(APPEND types "\"${CMAKE_MATCH_3}\"")
    list(APPEND columns ${column})
    if(mark STREQUAL "+")
      list(APPEND COUNTERS " | COLUMN(${column})")
    elseif(mark STREQUAL "~")
      list(APPEND TIMES " | COLUMN(${column})")
    endif()
  elseif(table AND line MATCHES "^      },?$")
    end_table()
  elseif(topic AND line MATCHES "^    },?$")
    end_topic()
  elseif(NOT line MATCHES "^({|}|  },?|  \"(limits|topics)\": {)$")
    fail("this line is not understood: ${line}")
  endif()
endforeach()

file(
  WRITE ${HEADER}
  "/* Made from common/schema/feed.json while connvis is built: tables and columns of the feed. */
#pragma once

#include <stdint.h>

${limits}
/* A column's bit in a mask of columns. */
#define COLUMN(column) (UINT64_C(1) << (column))

${body}")
