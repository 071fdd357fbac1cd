// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The seam for threads and what locks them out: as weave/detail/sync.h for atomics.
#pragma once

#ifdef WEAVE_SEAM
#include WEAVE_SEAM
#else
#include <memory>
#include <mutex>
#include <pthread.h>
#endif

#include <cstddef>
#include <utility>

namespace weave::platform {

#ifdef WEAVE_SEAM
using seam::mutex;
using seam::thread;
using seam::this_thread;
template <class F> thread start_thread(std::size_t, F &&f) { return thread(std::forward<F>(f)); }
#else
using std::mutex;

/// As std::thread, but that it has a stack of the size that is asked for, and takes no signals but those that it causes itself: what is sent to the process is for the program's own threads.
class thread {
public:
  using id = pthread_t;

  thread() = default;
  /// Throws std::system_error if it cannot be started.
  thread(std::size_t stack_bytes, void *(*entry)(void *), void *argument);
  thread(thread &&other) noexcept : handle_(other.handle_), joinable_(std::exchange(other.joinable_, false)) {}
  thread &operator=(thread &&other) noexcept {
    handle_ = other.handle_;
    joinable_ = std::exchange(other.joinable_, false);
    return *this;
  }

  id get_id() const noexcept { return handle_; }
  void join() noexcept {
    if (std::exchange(joinable_, false))
      pthread_join(handle_, nullptr);
  }
  void detach() noexcept {
    if (std::exchange(joinable_, false))
      pthread_detach(handle_);
  }

private:
  pthread_t handle_{};
  bool joinable_ = false;
};

inline thread::id this_thread() noexcept { return pthread_self(); }

template <class F> thread start_thread(std::size_t stack_bytes, F f) {
  auto kept = std::make_unique<F>(std::move(f));
  thread started(
      stack_bytes,
      [](void *argument) -> void * {
        const std::unique_ptr<F> mine(static_cast<F *>(argument));
        (*mine)();
        return nullptr;
      },
      kept.get());
  kept.release();
  return started;
}
#endif

} // namespace weave::platform
