# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# `cpack -G DEB` in a build folder makes Debian's packages, one for each component of WeaveInstall.cmake.

set(WEAVE_PACKAGE_CONTACT "weave@packages.debian.org" CACHE STRING "Whom the packages name as their maintainer: whoever publishes them")

set(weave_packages tool weave runtime libweave1 dev libweave-dev doc weave-doc)
set(CPACK_COMPONENTS_ALL tool runtime dev doc)
if(NOT WEAVE_BUILD_TOOL)
  list(REMOVE_ITEM CPACK_COMPONENTS_ALL tool)
endif()

# What Debian's policy asks of each package: its licence and its history.
string(TIMESTAMP date "%a, %d %b %Y %H:%M:%S +0000" UTC)
configure_file(${CMAKE_CURRENT_LIST_DIR}/debian/changelog.in ${PROJECT_BINARY_DIR}/debian/changelog @ONLY)
execute_process(COMMAND ${WEAVE_GZIP} -9nf ${PROJECT_BINARY_DIR}/debian/changelog COMMAND_ERROR_IS_FATAL ANY)
while(weave_packages)
  list(POP_FRONT weave_packages component package)
  install(FILES ${CMAKE_CURRENT_LIST_DIR}/debian/copyright ${PROJECT_BINARY_DIR}/debian/changelog.gz
          DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${package} COMPONENT ${component} EXCLUDE_FROM_ALL)
  string(TOUPPER ${component} name)
  set(CPACK_DEBIAN_${name}_PACKAGE_NAME ${package})
endwhile()

# Debian's checker wants no options of warnings from pkg-config; ours says that no compiler need know the directives.
install(FILES ${CMAKE_CURRENT_LIST_DIR}/debian/libweave-dev DESTINATION ${CMAKE_INSTALL_DATADIR}/lintian/overrides
        COMPONENT dev EXCLUDE_FROM_ALL)

set(CPACK_PACKAGE_NAME weave)
set(CPACK_PACKAGE_CONTACT "Weave maintainers <${WEAVE_PACKAGE_CONTACT}>")
set(CPACK_PACKAGE_DIRECTORY ${PROJECT_BINARY_DIR}/packages)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)

set(about "Statements of a serial C++ program that stand behind #pragma weave become
tasks, and loops parallel loops. Any other compiler, which ignores the pragmas,
makes the serial program that it means.")

set(CPACK_COMPONENT_TOOL_DESCRIPTION "compiler of annotated C++ into task-parallel programs\n${about}
This package has the tool: weave++, which compiles and links, and weavec, which
stands in front of any compiler command.")
set(CPACK_DEBIAN_TOOL_PACKAGE_DEPENDS "libweave-dev (= ${PROJECT_VERSION}), g++ | c++-compiler")
set(CPACK_DEBIAN_TOOL_PACKAGE_SHLIBDEPS ON)

set(CPACK_COMPONENT_RUNTIME_DESCRIPTION "runtime of task-parallel C++ programs\n${about}
This package has the runtime that shared libraries refer to.")
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SECTION libs)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_RECOMMENDS libhwloc15)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_CONTROL_EXTRA ${PROJECT_BINARY_DIR}/debian/triggers)
file(WRITE ${PROJECT_BINARY_DIR}/debian/triggers "activate-noawait ldconfig\n")

set(CPACK_COMPONENT_DEV_DESCRIPTION "headers and library of task-parallel C++ programs\n${about}
This package has what programs are compiled and linked with.")
set(CPACK_DEBIAN_DEV_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEV_PACKAGE_DEPENDS "libweave1 (= ${PROJECT_VERSION})")

set(CPACK_COMPONENT_DOC_DESCRIPTION "documentation of task-parallel C++ by annotation\n${about}
This package has the documentation.")
set(CPACK_DEBIAN_DOC_PACKAGE_SECTION doc)
set(CPACK_DEBIAN_DOC_PACKAGE_ARCHITECTURE all)

include(CPack)
