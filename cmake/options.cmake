# How everything here is compiled. Consumers inherit none of it.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_STANDARD 99)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)  # a static library may end up in a shared one

add_library(frontdesk_options INTERFACE)
target_compile_options(frontdesk_options INTERFACE -Wall -Wextra -Wpedantic)
if(FRONTDESK_DEVELOPER AND NOT DEFINED CMAKE_COMPILE_WARNING_AS_ERROR)
  set(CMAKE_COMPILE_WARNING_AS_ERROR ON)
endif()

# For the whole build and not only for the library, since all that is linked together has to agree.
if(FRONTDESK_SANITIZE)
  add_compile_options(-fsanitize=${FRONTDESK_SANITIZE} -fno-sanitize-recover=all
    -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${FRONTDESK_SANITIZE})
endif()

if(PROJECT_IS_TOP_LEVEL)
  if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE RelWithDebInfo)
  endif()
  # Lines and function names are what a stack trace needs; the rest of the debug information is slow
  # to write and link.
  foreach(flags CMAKE_CXX_FLAGS_RELWITHDEBINFO CMAKE_C_FLAGS_RELWITHDEBINFO)
    string(REGEX REPLACE "-g( |$)" "-g1\\1" ${flags} "${${flags}}")
  endforeach()

  # The compiler cache sees paths relative to the source folder, so that all checkouts share its
  # results, and so do all build folders directly below one.
  find_program(FRONTDESK_CCACHE ccache)
  if(FRONTDESK_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER
      env CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1
      CCACHE_SLOPPINESS=pch_defines,time_macros ${FRONTDESK_CCACHE})
    set(CMAKE_C_COMPILER_LAUNCHER ${CMAKE_CXX_COMPILER_LAUNCHER})
    # The cache cannot tell precompiled headers with times in them apart.
    if(CMAKE_CXX_COMPILER_ID STREQUAL Clang)
      add_compile_options("$<$<COMPILE_LANGUAGE:CXX>:SHELL:-Xclang -fno-pch-timestamp>")
    endif()
  endif()
endif()
