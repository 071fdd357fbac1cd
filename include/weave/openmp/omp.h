// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// OpenMP's own header, for C++ whose `#pragma omp` is the tool's: what of it has a meaning with workers. What is
// missing is not supported (docs/openmp.md), and a use of it does not compile.
#pragma once

#include "../runtime.h"

#include <chrono>
#include <mutex>
#include <new>
#include <thread>

/// A number of each thread's own, below that of threads.
inline int omp_get_thread_num() { return static_cast<int>(::weave::worker_id()); }
/// How many numbers there are. In a region and outside: arrays with an element for each thread are made in front of it.
inline int omp_get_num_threads() { return static_cast<int>(::weave::worker_slots()); }
inline int omp_get_max_threads() { return static_cast<int>(::weave::worker_slots()); }
inline int omp_get_thread_limit() { return static_cast<int>(::weave::worker_slots()); }
inline int omp_get_num_procs() { return static_cast<int>(std::thread::hardware_concurrency()); }
/// Hints: WEAVE_NUM_THREADS says how many workers there are.
inline void omp_set_num_threads(int) {}
inline void omp_set_dynamic(int) {}
inline void omp_set_nested(int) {}
inline int omp_get_dynamic() { return 1; }
/// No task is final, since that clause is an error.
inline int omp_in_final() { return 0; }

inline double omp_get_wtime() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}
inline double omp_get_wtick() {
  using period = std::chrono::steady_clock::period;
  return static_cast<double>(period::num) / static_cast<double>(period::den);
}

namespace weave {
namespace openmp {

/// Memory for a lock, which a program may allocate and copy as it likes until it initialises it.
template <class Mutex> struct lock_memory {
  alignas(Mutex) unsigned char bytes[sizeof(Mutex)];

  Mutex &get() { return *std::launder(reinterpret_cast<Mutex *>(bytes)); }
};

} // namespace openmp
} // namespace weave

using omp_lock_t = ::weave::openmp::lock_memory<std::mutex>;

inline void omp_init_lock(omp_lock_t *lock) { ::new (static_cast<void *>(lock->bytes)) std::mutex; }
inline void omp_destroy_lock(omp_lock_t *lock) { lock->get().~mutex(); }
inline void omp_set_lock(omp_lock_t *lock) { lock->get().lock(); }
inline void omp_unset_lock(omp_lock_t *lock) { lock->get().unlock(); }
inline int omp_test_lock(omp_lock_t *lock) { return lock->get().try_lock(); }
