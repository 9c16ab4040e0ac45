# nothing_inherited(TARGET): whoever links the library gets its headers, C++20, and nothing else.
function(nothing_inherited target)
  foreach(property INTERFACE_COMPILE_OPTIONS INTERFACE_COMPILE_DEFINITIONS INTERFACE_LINK_OPTIONS
      INTERFACE_PRECOMPILE_HEADERS INTERFACE_SOURCES)
    get_target_property(value ${target} ${property})
    if(value)
      message(FATAL_ERROR "${target} hands on ${property}: ${value}")
    endif()
  endforeach()
  get_target_property(features ${target} INTERFACE_COMPILE_FEATURES)
  if(NOT features STREQUAL "cxx_std_20")
    message(FATAL_ERROR "${target} asks for ${features}")
  endif()
endfunction()
