# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Builds all targets that follow under the sanitizers of WEAVE_SANITIZER. WEAVE_SANITIZER_FLAGS is for tests that call a
# compiler themselves, which must say WEAVE_CHAOS and WEAVE_CONTRACTS too. weave_definitions has these for the runtime
# and what uses it.

set(WEAVE_SANITIZER_FLAGS "")
if(WEAVE_SANITIZER)
  if(NOT WEAVE_SANITIZER MATCHES "^(address|thread|undefined|address,undefined)$")
    message(FATAL_ERROR "WEAVE_SANITIZER is '${WEAVE_SANITIZER}'; use address, thread, undefined or address,undefined.")
  endif()
  set(WEAVE_SANITIZER_FLAGS -fsanitize=${WEAVE_SANITIZER} -fno-omit-frame-pointer -g)
  if(WEAVE_SANITIZER MATCHES "undefined")
    # Without vptr, whose checks call functions that only the runtime of the same compiler has: the library is linked with code of both.
    list(APPEND WEAVE_SANITIZER_FLAGS -fno-sanitize-recover=all -fno-sanitize=vptr)
  endif()
  add_compile_options(${WEAVE_SANITIZER_FLAGS} -O1) # what they find is the same as at -O3, and the build takes half as long
  add_link_options(-fsanitize=${WEAVE_SANITIZER})
endif()
if(WEAVE_CHAOS)
  list(APPEND WEAVE_SANITIZER_FLAGS -DWEAVE_CHAOS)
endif()
# Contracts (include/weave/detail/contract.h) are on where code is tested; a build with WEAVE_CHAOS has them by itself.
set(weave_definitions $<$<BOOL:${WEAVE_CHAOS}>:WEAVE_CHAOS> $<$<CONFIG:Debug>:WEAVE_CONTRACTS>)
if(WEAVE_SANITIZER)
  list(APPEND WEAVE_SANITIZER_FLAGS -DWEAVE_CONTRACTS)
  list(APPEND weave_definitions WEAVE_CONTRACTS)
endif()
