# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# What `cmake --install` puts where: headers, the runtime library, the tool, the CMake package and the pkg-config file.
# The components are those of the packages (WeavePackages.cmake): `tool`, `runtime`, `dev` and `doc`.

include(CMakePackageConfigHelpers)

set(weave_package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/Weave)

install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/weave DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT dev FILES_MATCHING PATTERN "*.h")

# Clang's own headers, with which the tool parses: a machine that uses it need not have LLVM.
if(WEAVE_BUILD_TOOL AND WEAVE_CLANG_RESOURCE_DIR)
  install(DIRECTORY ${WEAVE_CLANG_RESOURCE_DIR}/include DESTINATION ${CMAKE_INSTALL_LIBDIR}/weave/clang COMPONENT tool)
endif()

install(TARGETS weave weave-shared weave-runtime EXPORT WeaveTargets
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT dev
        LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT runtime NAMELINK_COMPONENT dev)
install(FILES ${PROJECT_BINARY_DIR}/lib/libweave.exports DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT dev)
install(EXPORT WeaveTargets NAMESPACE weave:: DESTINATION ${weave_package_dir} COMPONENT dev)

set(WEAVE_WEAVEC_INSTALLED ${CMAKE_INSTALL_BINDIR}/weavec)
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/WeaveConfig.cmake.in ${PROJECT_BINARY_DIR}/WeaveConfig.cmake
                              INSTALL_DESTINATION ${weave_package_dir} PATH_VARS WEAVE_WEAVEC_INSTALLED)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/WeaveConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/WeaveConfig.cmake ${PROJECT_BINARY_DIR}/WeaveConfigVersion.cmake
              ${CMAKE_CURRENT_LIST_DIR}/WeaveTarget.cmake
        DESTINATION ${weave_package_dir} COMPONENT dev)

# The prefix as seen from the file itself, so that an installed tree can be moved.
file(RELATIVE_PATH WEAVE_PC_PREFIX /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
string(REGEX REPLACE "/$" "" WEAVE_PC_PREFIX "${WEAVE_PC_PREFIX}")
foreach(library weave weave-shared) # for programs, for shared libraries
  configure_file(${CMAKE_CURRENT_LIST_DIR}/${library}.pc.in ${PROJECT_BINARY_DIR}/${library}.pc @ONLY)
endforeach()
install(FILES ${PROJECT_BINARY_DIR}/weave.pc ${PROJECT_BINARY_DIR}/weave-shared.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT dev)

find_program(WEAVE_GZIP gzip REQUIRED) # for WeavePackages.cmake, too
if(WEAVE_BUILD_TOOL)
  foreach(page weavec.1 weave++.1 weave.7)
    string(REGEX REPLACE ".*[.]" "" section ${page})
    set(packed ${PROJECT_BINARY_DIR}/man/${page}.gz)
    file(COPY ${PROJECT_SOURCE_DIR}/docs/man/${page} DESTINATION ${PROJECT_BINARY_DIR}/man)
    execute_process(COMMAND ${WEAVE_GZIP} -9nkf ${PROJECT_BINARY_DIR}/man/${page} COMMAND_ERROR_IS_FATAL ANY)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/docs/man/${page})
    install(FILES ${packed} DESTINATION ${CMAKE_INSTALL_MANDIR}/man${section} COMPONENT tool)
  endforeach()
  install(FILES ${PROJECT_SOURCE_DIR}/tool/completion/weavec.bash
          DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME weavec COMPONENT tool)
  install(FILES ${PROJECT_SOURCE_DIR}/tool/completion/weavec.bash
          DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME weave++ COMPONENT tool)
  install(FILES ${PROJECT_SOURCE_DIR}/tool/completion/_weavec
          DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions COMPONENT tool)
endif()
install(FILES ${PROJECT_SOURCE_DIR}/README.md DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/weave COMPONENT doc)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/docs DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/weave COMPONENT doc
        PATTERN man EXCLUDE)
