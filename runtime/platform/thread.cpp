// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "platform/thread.h"

#ifndef WEAVE_SEAM
#include <csignal>
#include <system_error>

namespace weave::platform {
namespace {

// All but those that a thread causes itself, which end the process if they are blocked, and that of profilers, which want to know where the processor's time goes.
sigset_t for_other_threads() noexcept {
  sigset_t signals;
  sigfillset(&signals);
  for (const int each : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGSYS, SIGABRT, SIGPROF})
    sigdelset(&signals, each);
  return signals;
}

} // namespace

thread::thread(std::size_t stack_bytes, void *(*entry)(void *), void *argument) {
  pthread_attr_t attributes;
  if (const int error = pthread_attr_init(&attributes))
    throw std::system_error(error, std::generic_category());
  pthread_attr_setstacksize(&attributes, stack_bytes);
  // A thread begins with the mask of who starts it.
  const sigset_t blocked = for_other_threads();
  sigset_t before;
  pthread_sigmask(SIG_SETMASK, &blocked, &before);
  const int error = pthread_create(&handle_, &attributes, entry, argument);
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  pthread_attr_destroy(&attributes);
  if (error)
    throw std::system_error(error, std::generic_category());
  joinable_ = true;
}

} // namespace weave::platform
#endif
