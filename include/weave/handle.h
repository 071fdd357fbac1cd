// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// weave::handle: names tasks of a function, so that it can ask for them and wait for them alone.
#pragma once

#include "detail/contract.h"
#include "detail/sync.h"

#include <cstdint>

namespace weave {

namespace detail {
struct handle_access;
}

/// What `spawn handle(h)` binds to a task and `sync(h)` waits for.
///
/// Several tasks may be bound to one handle; it is ready when all of them are. No task outlives the handle, since it
/// borrows it.
///
/// Ordering: the end of a task releases what it wrote to who sees the handle ready, which acquires it.
/// Thread-safety: any thread may ask. Only the function that bound it may bind it and wait.
class handle {
public:
  handle() = default;
  handle(const handle &) = delete;
  handle &operator=(const handle &) = delete;
  // Not defaulted: a handle that only directives name would be called unused without the tool.
  ~handle() { WEAVE_ASSERT(detail::glance(unfinished_) == 0, "no task outlives the handle that it is bound to"); }

  /// Whether everything bound to it is done; what that wrote may be read then. True if nothing is.
  bool is_ready() const noexcept;
  /// Whether something was ever bound to it. (In the serial projection, where nothing binds, it is true.)
  bool is_spawned() const noexcept;

private:
  friend detail::handle_access;

  detail::atomic<std::uint32_t> unfinished_{0};
  detail::atomic<bool> spawned_{false};
};

namespace detail {

struct handle_access {
  static bool is_ready(const handle &h) noexcept { return h.unfinished_.load(memory_order_acquire) == 0; }
  static bool is_bound(const handle &h) noexcept { return h.spawned_.load(memory_order_relaxed); }
  static void bind(handle &h) noexcept { h.spawned_.store(true, memory_order_relaxed); }
  static void begin(handle &h) noexcept { h.unfinished_.fetch_add(1, memory_order_relaxed); }
  static void end(handle &h) noexcept {
    WEAVE_ASSERT(glance(h.unfinished_) != 0, "a task ends once for its handle");
    h.unfinished_.fetch_sub(1, memory_order_release);
  }
};

/// Binds a handle to what runs here until the object ends.
class unfinished {
public:
  explicit unfinished(handle &h) noexcept : handle_(h) {
    handle_access::bind(h);
    handle_access::begin(h);
  }
  unfinished(const unfinished &) = delete;
  unfinished &operator=(const unfinished &) = delete;
  ~unfinished() { handle_access::end(handle_); }

private:
  handle &handle_;
};

} // namespace detail

inline bool handle::is_ready() const noexcept { return detail::handle_access::is_ready(*this); }
inline bool handle::is_spawned() const noexcept { return detail::handle_access::is_bound(*this); }

} // namespace weave
