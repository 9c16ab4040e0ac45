# `cmake --install`: the library, its headers, the command, and the files by which CMake and
# pkg-config find them.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

install(TARGETS frontdesk EXPORT frontdesk)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/ TYPE INCLUDE)
if(TARGET frontdesk_command)
  install(TARGETS frontdesk_command)
  set_target_properties(frontdesk_command PROPERTIES
    INSTALL_RPATH "$ORIGIN/../${CMAKE_INSTALL_LIBDIR}")
endif()

set(package ${CMAKE_INSTALL_LIBDIR}/cmake/frontdesk)
install(EXPORT frontdesk NAMESPACE frontdesk:: FILE frontdesk-targets.cmake DESTINATION ${package})
configure_package_config_file(
  ${PROJECT_SOURCE_DIR}/cmake/frontdesk-config.cmake.in ${PROJECT_BINARY_DIR}/frontdesk-config.cmake
  INSTALL_DESTINATION ${package})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/frontdesk-config-version.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES
  ${PROJECT_BINARY_DIR}/frontdesk-config.cmake ${PROJECT_BINARY_DIR}/frontdesk-config-version.cmake
  DESTINATION ${package})

# A static library makes its users link what it needs itself; a shared one knows that alone.
set(private "")
if(BUILD_SHARED_LIBS)
  set(private ".private")
endif()
file(RELATIVE_PATH prefix /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
configure_file(${PROJECT_SOURCE_DIR}/cmake/frontdesk.pc.in ${PROJECT_BINARY_DIR}/frontdesk.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/frontdesk.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
