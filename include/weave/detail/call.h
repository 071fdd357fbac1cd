// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A call that is made later.
#pragma once

#include <functional>
#include <tuple>
#include <type_traits>
#include <utility>

namespace weave::detail {

/// A function with its arguments, each of its own, to be called once.
template <class F, class... Args> class bound_call {
public:
  using result = std::invoke_result_t<std::decay_t<F>, std::decay_t<Args>...>;

  template <class... Given> explicit bound_call(Given &&...given) : parts_(std::forward<Given>(given)...) {}
  result operator()() {
    return std::apply([](auto &...parts) -> result { return std::invoke(std::move(parts)...); }, parts_);
  }

private:
  std::tuple<std::decay_t<F>, std::decay_t<Args>...> parts_;
};

} // namespace weave::detail
