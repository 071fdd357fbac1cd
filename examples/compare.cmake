# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# cmake -D SERIAL=... -D WOVEN=... -D ARGUMENTS=... -P compare.cmake: the woven program must write what its serial
# projection writes, at any number of workers, and must refuse what that refuses.

execute_process(COMMAND ${SERIAL} ${ARGUMENTS} OUTPUT_VARIABLE expected RESULT_VARIABLE status)
if(NOT status EQUAL 0 OR expected STREQUAL "")
  message(FATAL_ERROR "${SERIAL} ${ARGUMENTS}: status ${status}, output '${expected}'")
endif()

foreach(workers 1 2 4)
  set(ENV{WEAVE_NUM_THREADS} ${workers})
  execute_process(COMMAND ${WOVEN} ${ARGUMENTS} OUTPUT_VARIABLE actual RESULT_VARIABLE status)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "${WOVEN} ${ARGUMENTS}: status ${status} with ${workers} workers")
  endif()
  if(NOT actual STREQUAL expected)
    message(FATAL_ERROR "with ${workers} workers: '${actual}'\nserial: '${expected}'")
  endif()
endforeach()

foreach(program ${SERIAL} ${WOVEN})
  execute_process(COMMAND ${program} nonsense OUTPUT_VARIABLE output ERROR_VARIABLE error RESULT_VARIABLE status)
  if(status EQUAL 0 OR NOT output STREQUAL "" OR NOT error MATCHES "'nonsense' .*usage: [^\n]*\n$")
    message(FATAL_ERROR "${program} nonsense: status ${status}, output '${output}', message '${error}'")
  endif()
endforeach()
