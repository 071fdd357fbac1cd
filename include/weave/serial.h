// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The stand-ins of the serial projection: the same interface, one worker, no runtime to link.
#pragma once

#include "detail/outcome.h"

#include <cstddef>

namespace weave {

struct options {
  unsigned workers = 0;
};

class runtime {
public:
  explicit runtime(const options & = {}) {}
  runtime(const runtime &) = delete;
  runtime &operator=(const runtime &) = delete;
  ~runtime() {} // not trivial, as in the parallel program: no warning of an unused variable
};

inline unsigned num_workers() { return 1; }
inline unsigned worker_id() { return 0; }
inline void load_balance() noexcept {}

/// What a call returned or threw.
template <class T> class [[nodiscard]] future {
public:
  future() = default;
  future(future &&) = default;
  future &operator=(future &&) = default;
  ~future() {}

  bool valid() const noexcept { return result_.ready(); }
  bool is_ready() const noexcept { return result_.ready(); }
  void wait() const noexcept {}
  T get() {
    detail::outcome<T> result(std::move(result_));
    return std::move(result).take();
  }

private:
  template <class F, class... Args> friend auto spawn(F &&, Args &&...);

  detail::outcome<T> result_;
};

template <class F, class... Args> auto spawn(F &&f, Args &&...args) {
  detail::bound_call<F, Args...> call(std::forward<F>(f), std::forward<Args>(args)...);
  future<typename detail::bound_call<F, Args...>::result> called;
  called.result_.of(call);
  return called;
}

template <class T> T sync(future<T> &awaited) { return awaited.get(); }
template <class T> T sync(future<T> &&awaited) { return awaited.get(); }

template <class... T> void wait_all(const future<T> &...) {}
template <class Iterator> auto wait_all(Iterator first, Iterator) -> decltype((*first).wait()) {}
template <class... T> std::size_t wait_any(const future<T> &...) { return 0; }
template <class Iterator, class = decltype((*std::declval<Iterator &>()).wait())>
Iterator wait_any(Iterator first, Iterator) {
  return first;
}

} // namespace weave
