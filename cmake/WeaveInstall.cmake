# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# What `cmake --install` puts where: headers, the runtime library, the tool, the CMake package and the pkg-config file.

include(CMakePackageConfigHelpers)

set(weave_package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/Weave)

install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/weave DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.h")

# Clang's own headers, with which the tool parses: a machine that uses it need not have LLVM.
if(WEAVE_BUILD_TOOL AND WEAVE_CLANG_RESOURCE_DIR)
  install(DIRECTORY ${WEAVE_CLANG_RESOURCE_DIR}/include DESTINATION ${CMAKE_INSTALL_LIBDIR}/weave/clang)
endif()

install(TARGETS weave weave-shared weave-runtime EXPORT WeaveTargets
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(FILES ${PROJECT_BINARY_DIR}/lib/libweave.exports DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(EXPORT WeaveTargets NAMESPACE weave:: DESTINATION ${weave_package_dir})

set(WEAVE_WEAVEC_INSTALLED ${CMAKE_INSTALL_BINDIR}/weavec)
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/WeaveConfig.cmake.in ${PROJECT_BINARY_DIR}/WeaveConfig.cmake
                              INSTALL_DESTINATION ${weave_package_dir} PATH_VARS WEAVE_WEAVEC_INSTALLED)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/WeaveConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/WeaveConfig.cmake ${PROJECT_BINARY_DIR}/WeaveConfigVersion.cmake
              ${CMAKE_CURRENT_LIST_DIR}/WeaveTarget.cmake
        DESTINATION ${weave_package_dir})

# The prefix as seen from the file itself, so that an installed tree can be moved.
file(RELATIVE_PATH WEAVE_PC_PREFIX /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
string(REGEX REPLACE "/$" "" WEAVE_PC_PREFIX "${WEAVE_PC_PREFIX}")
foreach(library weave weave-shared) # for programs, for shared libraries
  configure_file(${CMAKE_CURRENT_LIST_DIR}/${library}.pc.in ${PROJECT_BINARY_DIR}/${library}.pc @ONLY)
endforeach()
install(FILES ${PROJECT_BINARY_DIR}/weave.pc ${PROJECT_BINARY_DIR}/weave-shared.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
