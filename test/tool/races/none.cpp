// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What looks like a race and is none, or cannot be told from one.
// RUN: %weavec --check -Werror=weave-race %s -- -std=c++17
#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

long work(long);
std::mutex guard;
long shared_total;

void locked(int n) {
  for (int i = 0; i < n; ++i) {
#pragma weave spawn
    {
      std::lock_guard<std::mutex> hold(guard);
      shared_total += i;
    }
  }
  {
    std::lock_guard<std::mutex> hold(guard);
    work(shared_total);
  }
#pragma weave sync
}

void atomic(int n) {
  std::atomic<long> count{0};
  long result = 0;
  std::atomic<bool> done{false};
#pragma weave spawn
  {
    result = work(n);
    done = true;
  }
  for (int i = 0; i < n; ++i) {
#pragma weave spawn
    count += work(i);
  }
  while (!done)
    std::this_thread::yield();
  work(result + count);
#pragma weave sync
}

// Conditions that may exclude each other.
void exclusive(bool p, long n) {
  long x = 0;
  if (p) {
#pragma weave spawn
    x = work(n);
  }
  if (!p)
    x = work(n + 1);
#pragma weave sync
#pragma weave spawn
  if (p)
    x = 1;
#pragma weave spawn
  if (!p)
    x = 2;
  if (n == 7) {
#pragma weave sync
  }
  work(x);
#pragma weave sync
}

void once(int n) {
  long x = 0;
  for (int i = 0; i < n; ++i) {
    if (i != 3)
      continue;
#pragma weave spawn
    x = work(i);
  }
#pragma weave sync
  do {
#pragma weave spawn
    x = work(n);
  } while (false);
#pragma weave sync
  while (true) {
    if (work(x) > 5) {
#pragma weave sync
      break;
    }
#pragma weave spawn
    work(n);
  }
  work(x);
}

// Each iteration has its own.
void fresh(std::vector<long> &v) {
  for (long &element : v) {
#pragma weave spawn
    element = work(element);
  }
  for (size_t i = 0; i < v.size(); ++i) {
    long &element = v[i];
#pragma weave spawn
    element = work(1);
  }
#pragma weave sync
}

// Different elements; the container itself is only read.
void elements(std::vector<long> &v, long (&a)[4], int i) {
#pragma weave spawn
  v[0] = work(1);
#pragma weave spawn
  v[1] = work(v.size());
#pragma weave spawn
  a[i] = work(2);
  a[i + 1] = work(3);
  work(v[2]);
#pragma weave sync
}

void ordered() {
  long a = 0, b = 0;
#pragma weave spawn depends_on(out: a)
  a = work(1);
#pragma weave spawn depends_on(in: a; out: b)
  b = a;
#pragma weave spawn depends_on(inout: b)
  a = b; // behind the first by way of the second
#pragma weave sync
}

// A task has a copy of what a reference or a binding stands for.
struct pair {
  long first;
  int second;
};
void copied(long total) {
  auto [first, second] = pair{1, 2};
  const long &value = total;
  long x = 0;
#pragma weave spawn
  x = work(second) + work(value);
  ++second;
#pragma weave sync
  total += first;
  work(x);
}

// What is combined under the name of a reference.
long combined(int n, long &sum) {
  long &all = sum;
#pragma weave parallel_for reduction(+: all)
  for (int i = 0; i < n; ++i)
    all += work(i);
  return sum;
}

// Another activation, and what is not evaluated.
void elsewhere(int n) {
  long x = 0;
#pragma weave spawn
  x = work(n);
  auto later = [&x] { return x; };
  static_assert(sizeof(x + 1) > 1, "");
#pragma weave sync
  work(later());
}

void joined_at_the_end_of_its_block(int n) {
  long x = 0;
  for (int i = 0; i < n; ++i) {
    std::string name = std::to_string(i);
#pragma weave spawn
    x = work(name.size());
  }
  work(x);
}

void switched(int n) {
  long x = 0;
  switch (n) {
  case 1:
#pragma weave spawn
    x = work(n);
    break;
  case 2:
    work(x);
  }
#pragma weave sync
}

long reduced(const long *a, int n) {
  long sum = 0, first = 0;
#pragma weave parallel_for reduction(+: sum, shared_total)
  for (int i = 0; i < n; ++i) {
    sum += a[i];
    shared_total += a[i];
    if (i == 0)
      first = a[i];
  }
#pragma weave parallel_for
  for (int i = 0; i < 1; ++i)
    first = sum;
  return first;
}

thread_local long own;
void per_thread(int n) {
  for (int i = 0; i < n; ++i) {
#pragma weave spawn
    own += i;
  }
  own = 3;
}

// Who asks the handle knows.
long asked(int n) {
  long x = 0, y = 0;
  weave::handle first, second;
#pragma weave spawn handle(first)
  x = work(n);
  if (first.is_ready())
    work(x);
#pragma weave spawn handle(second)
  y = work(n);
#pragma weave sync(second)
  return y;
}

// A sync inside a scope waits for the tasks around it too, and the end of the scope for those inside.
long scoped(int n) {
  long x = 0, y = 0;
#pragma weave spawn
  x = work(n);
#pragma weave sync_scope
  {
#pragma weave sync
#pragma weave spawn
    y = work(n);
  }
  return x + y;
}
