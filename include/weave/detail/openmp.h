// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What woven text needs where `#pragma omp` is the tool's.
#pragma once

#include <cstdint>
#include <mutex>

namespace weave {
namespace openmp {

/// The lock of a `critical` of that name, or of all `atomic`, for as long as the object lives.
template <std::uint64_t Name> class exclusive {
public:
  exclusive() { lock_.lock(); }
  exclusive(const exclusive &) = delete;
  exclusive &operator=(const exclusive &) = delete;
  ~exclusive() { lock_.unlock(); }

private:
  static inline std::mutex lock_;
};

/// Of what two neighbouring pieces of a loop left in a variable, the later counts: `lastprivate`.
struct take_later {
  template <class T> T operator()(const T &, const T &second) const { return second; }
};
inline constexpr take_later later{};

inline void flush() noexcept {
#ifdef WEAVE_THREAD_SANITIZER // which knows no fences
  static int everybody = 0;
  __atomic_fetch_add(&everybody, 0, __ATOMIC_SEQ_CST);
#else
  __atomic_thread_fence(__ATOMIC_SEQ_CST);
#endif
}

} // namespace openmp
} // namespace weave
