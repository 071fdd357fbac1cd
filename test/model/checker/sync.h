// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The other side of include/weave/detail/sync.h: atomics and threads of the model in place of the standard library's.
#pragma once

#include "memory.h"
#include "mutants.h"
#include "scheduler.h"

#include <bit>
#include <functional>
#include <type_traits>
#include <utility>

namespace weave::model {

/// Has the interface of std::atomic.
template <class T> class atomic {
  static_assert(std::is_trivially_copyable_v<T> && sizeof(T) <= sizeof(word));

public:
  constexpr atomic() noexcept : atomic(T{}) {}
  constexpr atomic(T initial) noexcept : cell_{pack(initial)} {
    if (!std::is_constant_evaluated() && threads)
      atomics.create(cell_);
  }
  atomic(const atomic &) = delete;
  atomic &operator=(const atomic &) = delete;
  constexpr ~atomic() {
    if (!std::is_constant_evaluated() && threads)
      atomics.destroy(cell_);
  }

  T load(order order = order::seq_cst, place at = place::current()) const noexcept {
    return unpack(atomics.load(cell_, order, at));
  }
  void store(T value, order order = order::seq_cst, place at = place::current()) noexcept {
    atomics.store(cell_, pack(value), order, at);
  }
  T exchange(T value, order order = order::seq_cst, place at = place::current()) noexcept {
    return unpack(atomics.modify(
        cell_, [](word, word value) { return value; }, pack(value), order, at));
  }
  bool compare_exchange_strong(T &expected, T desired, order success, order failure,
                               place at = place::current()) noexcept {
    return compare_exchange(expected, desired, false, success, failure, at);
  }
  bool compare_exchange_weak(T &expected, T desired, order success, order failure,
                             place at = place::current()) noexcept {
    return compare_exchange(expected, desired, true, success, failure, at);
  }
  bool compare_exchange_strong(T &expected, T desired, order both = order::seq_cst,
                               place at = place::current()) noexcept {
    return compare_exchange(expected, desired, false, both, without_release(both), at);
  }
  bool compare_exchange_weak(T &expected, T desired, order both = order::seq_cst,
                             place at = place::current()) noexcept {
    return compare_exchange(expected, desired, true, both, without_release(both), at);
  }
  T fetch_add(T value, order order = order::seq_cst, place at = place::current()) noexcept {
    return modify<std::plus<>>(value, order, at);
  }
  T fetch_sub(T value, order order = order::seq_cst, place at = place::current()) noexcept {
    return modify<std::minus<>>(value, order, at);
  }
  T fetch_or(T value, order order = order::seq_cst, place at = place::current()) noexcept {
    return modify<std::bit_or<>>(value, order, at);
  }
  T fetch_and(T value, order order = order::seq_cst, place at = place::current()) noexcept {
    return modify<std::bit_and<>>(value, order, at);
  }
  void wait(T old, order order = order::seq_cst, place at = place::current()) const noexcept {
    atomics.wait(cell_, pack(old), order, at);
  }
  void notify_one(place at = place::current()) noexcept { atomics.notify(cell_, false, at); }
  void notify_all(place at = place::current()) noexcept { atomics.notify(cell_, true, at); }

  /// For the checks of a model.
  T newest() const noexcept { return unpack(atomics.newest(cell_)); }
  /// For a contract of the program: the same, but no operation that the execution would depend on.
  T glance() const noexcept { return unpack(atomics.glance(cell_)); }

private:
  static constexpr word pack(T value) noexcept {
    if constexpr (std::is_pointer_v<T>)
      return reinterpret_cast<word>(value);
    else
      return static_cast<word>(value);
  }
  static T unpack(word value) noexcept {
    if constexpr (std::is_pointer_v<T>)
      return reinterpret_cast<T>(value);
    else
      return static_cast<T>(value);
  }
  static constexpr order without_release(order order) {
    return order == order::acq_rel ? order::acquire : order == order::release ? order::relaxed : order;
  }

  template <class Change> T modify(T value, order order, place at) noexcept {
    const auto change = [](word old, word operand) {
      return pack(static_cast<T>(Change()(unpack(old), unpack(operand))));
    };
    return unpack(atomics.modify(cell_, change, pack(value), order, at));
  }
  bool compare_exchange(T &expected, T desired, bool weak, order success, order failure, place at) noexcept {
    word found = pack(expected);
    const bool replaced = atomics.compare_exchange(cell_, found, pack(desired), weak, success, failure, at);
    if (!replaced)
      expected = unpack(found);
    return replaced;
  }

  mutable cell cell_;
};

inline void fence(order order, place at = place::current()) noexcept { atomics.fence(order, at); }

/// Has the interface of std::thread.
class thread {
public:
  using id = unsigned;

  thread() = default;
  template <class F> explicit thread(F &&f) : id_(threads->start(std::forward<F>(f))) {}
  thread(thread &&other) noexcept : id_(std::exchange(other.id_, most_threads)) {}
  thread &operator=(thread &&other) noexcept {
    id_ = std::exchange(other.id_, most_threads);
    return *this;
  }

  id get_id() const noexcept { return id_; }
  void join() { threads->join(std::exchange(id_, most_threads)); }
  void detach() noexcept { id_ = most_threads; }

private:
  id id_ = most_threads;
};

inline thread::id this_thread() noexcept { return threads->self(); }

} // namespace weave::model
