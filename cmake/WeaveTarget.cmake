# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# weave_target(TARGET [OPENMP]): compiles the C++ sources of TARGET through the tool and links the runtime.
# With OPENMP, `#pragma omp` is the tool's, too.
#
# The same file serves this source tree and the installed package. In the tree the tool is a target: the sources are
# compiled after it, and again whenever it changes. The package sets WEAVE_WEAVEC, the path of the installed tool.

include_guard(GLOBAL)

function(weave_target target)
  cmake_parse_arguments(PARSE_ARGV 1 weave "OPENMP" "" "")
  if(weave_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "weave_target: unknown argument '${weave_UNPARSED_ARGUMENTS}' for '${target}'; it takes OPENMP.")
  endif()
  if(NOT TARGET ${target})
    message(FATAL_ERROR "weave_target: there is no target named '${target}'.")
  endif()

  if(TARGET weavec)
    get_target_property(folder weavec RUNTIME_OUTPUT_DIRECTORY)
    set(weavec ${folder}/weavec)
    add_dependencies(${target} weavec)
    get_target_property(sources ${target} SOURCES)
    get_target_property(directory ${target} SOURCE_DIR)
    list(TRANSFORM sources PREPEND "${directory}/" REGEX "^[^/$]")
    set_property(SOURCE ${sources} TARGET_DIRECTORY ${target} APPEND PROPERTY OBJECT_DEPENDS ${weavec})
  elseif(WEAVE_WEAVEC)
    set(weavec ${WEAVE_WEAVEC})
  else()
    message(FATAL_ERROR "weave_target: this copy of Weave was built without its tool, so '${target}' cannot be woven.")
  endif()

  # A launcher that is there already (ccache, distcc) launches the compiler that the tool calls.
  get_target_property(launcher ${target} CXX_COMPILER_LAUNCHER)
  if(NOT launcher)
    set(launcher "")
  endif()
  set(openmp "")
  if(weave_OPENMP)
    set(openmp -fweave-openmp) # of the launcher's, so that editors read a command that their compiler understands
  endif()
  if(NOT weavec IN_LIST launcher)
    set_property(TARGET ${target} PROPERTY CXX_COMPILER_LAUNCHER ${weavec} ${openmp} ${launcher})
  endif()
  # Who reads the plain program (an editor, WEAVE=off) need not know the directives.
  target_compile_options(${target} PRIVATE $<$<COMPILE_LANGUAGE:CXX>:-Wno-unknown-pragmas>)
  target_link_libraries(${target} PRIVATE weave::runtime)
endfunction()
