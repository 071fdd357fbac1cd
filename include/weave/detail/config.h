// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What depends on the compiler and its flags.
#pragma once

#if __cplusplus < 201703L
// A file that is missing ends the compilation, so that no messages follow about what is not there.
#include <Weave needs C++17 or later: compile with -std=c++17>
#endif

#define WEAVE_LIKELY(condition) __builtin_expect(static_cast<bool>(condition), 1)
#define WEAVE_UNLIKELY(condition) __builtin_expect(static_cast<bool>(condition), 0)

// What the runtime's library offers to the code that includes this: all else in it is hidden. The tag is a part of the symbols' names, so that code of one version never
// meets the runtime of another in a process that has both. The build reads it from here.
#define WEAVE_ABI "weave_0_1"
#define WEAVE_API __attribute__((visibility("default"), abi_tag(WEAVE_ABI)))

#define WEAVE_NOINLINE __attribute__((noinline))

#if defined(__SANITIZE_THREAD__)
#define WEAVE_THREAD_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define WEAVE_THREAD_SANITIZER 1
#endif
#endif

// The slow paths stay out of the caller's code and off its registers.
#define WEAVE_COLD __attribute__((noinline, cold))

// A slow path that a function ends with is called and returned from like any other: were it a jump, the function would have two ends, and Clang would
// no longer move the saving of registers behind an early return.
#if defined(__clang__)
#define WEAVE_NOT_TAIL_CALLED __attribute__((not_tail_called))
#else
#define WEAVE_NOT_TAIL_CALLED
#endif

// How a thread finds its worker: by one load. Code that may become part of a shared library learns the place at load time.
#if defined(__PIC__) && !defined(__PIE__)
#define WEAVE_THREAD_LOCAL __attribute__((tls_model("initial-exec")))
#else
#define WEAVE_THREAD_LOCAL __attribute__((tls_model("local-exec")))
#endif

#if defined(__OPTIMIZE__)
#define WEAVE_INLINE inline __attribute__((always_inline))
#else
#define WEAVE_INLINE inline
#endif

// In front of a call of a closure whose code is the caller's own. Clang would otherwise, where the statement recurs, inline everything else and leave the closure a
// function, with what it captures in memory.
#if defined(__clang__) && __clang_major__ >= 15 && defined(__OPTIMIZE__)
#define WEAVE_INLINE_CALL [[clang::always_inline]]
#else
#define WEAVE_INLINE_CALL
#endif

// Around a declaration of the generated code that hides the variable for which it stands: the compiler shall not say so.
#define WEAVE_HIDING(...)                                                                                              \
  _Pragma("GCC diagnostic push") _Pragma("GCC diagnostic ignored \"-Wshadow\"") __VA_ARGS__ _Pragma("GCC diagnostic pop")

#if defined(__cpp_exceptions)
#define WEAVE_TRY try
#define WEAVE_CATCH(frame) catch (...) { frame.rethrow(); }
#define WEAVE_HAS_EXCEPTIONS 1
#else
#define WEAVE_TRY
#define WEAVE_CATCH(frame)
#define WEAVE_HAS_EXCEPTIONS 0
#endif
