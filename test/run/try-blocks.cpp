// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A task is done when control leaves the try block or the handler that holds its spawn, and what it threw arrives there:
// wherever the spawn stands in the block, and of several exceptions the first in serial order, once.
// RUN: %same_everywhere -Wno-weave-serialised

#include <cstdio>
#include <stdexcept>
#include <weave/weave.h>

static void work(int n) {
  volatile int sum = 0;
  for (int i = 0; i < n; ++i)
    sum = sum + i;
}

static void fail(int n) {
  work(2000);
  throw n;
}

static void fail_at(int i, int first, int second) {
  work(300);
  if (i == first || i == second)
    throw i;
}

static int plain(bool both) {
  int r = -1;
  try {
#pragma weave spawn
    fail(3);
    work(20000);
    if (both)
      fail(7);
  } catch (int e) {
    r = e;
  }
  return r;
}

static int in_branch(bool c) {
  int r = -1;
  try {
    if (c) {
#pragma weave spawn
      work(20000);
    }
    fail(7);
#pragma weave sync
  } catch (int e) {
    r = e;
  }
  return r;
}

static int in_loop(int n) {
  int r = -1;
  for (int round = 0; round < 20; ++round)
    try {
      for (int i = 0; i < n; ++i)
#pragma weave spawn
        fail_at(i, 5 + round, 9);
#pragma weave sync
      r += 1000;
    } catch (int e) {
      r += e;
    }
  return r;
}

static int without_sync(int n) {
  int r = -1;
  try {
    while (n > 0) {
      --n;
      if (n % 2)
#pragma weave spawn
        fail_at(n, 11, 7);
    }
  } catch (int e) {
    r = e;
  }
  return r;
}

static int in_switch(int n) {
  int r = -1;
  try {
    switch (n) {
    case 1:
#pragma weave spawn
      fail(4);
      break;
    default:
#pragma weave spawn
      fail(n);
    }
  } catch (int e) {
    r = e;
  }
  return r;
}

static int in_handler(int n) {
  int r = -1, late = 0;
  try {
    try {
      fail(1);
    } catch (int e) {
      if (n > 0) {
#pragma weave spawn
        {
          work(20000);
          late = e;
        }
      }
      if (n > 1) {
#pragma weave spawn
        fail_at(n, 2, 2);
      }
      throw;
    }
  } catch (int e) {
    r = e;
  }
  return 10 * r + late;
}

static int function_body(int n) try {
  if (n > 0)
#pragma weave spawn
    fail_at(n, 1, 3);
  work(20000);
  fail(8);
  return 0;
} catch (int e) {
  try {
    for (int i = 0; i < 3; ++i)
#pragma weave spawn
      fail_at(i, e, 2);
  } catch (int inner) {
    return 100 + 10 * e + inner;
  }
  return e;
}

struct object {
  int made = 0;
  explicit object(int n) try {
    if (n)
#pragma weave spawn
      fail_at(n, 1, 2);
    made = n;
  } catch (int e) {
    std::printf("constructor %d\n", e);
  }
};

static int detached_loop(int n) {
  int r = -1;
  try {
    if (n > 0) {
#pragma weave parallel_for nowait
      for (int i = 0; i < 64; ++i)
        fail_at(i, n, 50);
    }
    work(3000);
  } catch (int e) {
    r = e;
  }
  return r;
}

static int graph(int n) {
  int r = -1, a = 0, b = 0, c = 0;
#pragma weave spawn depends_on(out: a)
  a = n;
  try {
    if (n > 1) {
#pragma weave spawn depends_on(in: a; out: b)
      {
        work(2000);
        b = a + 1;
        fail_at(n, 2, 3);
      }
    }
#pragma weave spawn depends_on(in: b; out: c)
    {
      c = b + 1;
      fail_at(n, 3, 4);
    }
    try {
#pragma weave spawn depends_on(inout: c)
      ++c;
      fail_at(n, 5, 5);
    } catch (int e) {
      r = e;
    }
  } catch (int e) {
    r = 100 * e;
  }
#pragma weave spawn depends_on(in: a; inout: c)
  c += a;
#pragma weave sync
  return r == -1 ? c : r; // a task may have run that a serial run would not have reached
}

static int scope_inside(int n) {
  int r = -1;
  try {
#pragma weave sync_scope
    {
      if (n) {
#pragma weave spawn
        fail(n);
      }
      work(2000);
    }
    r = 0;
  } catch (int e) {
    r = e;
  }
  return r;
}

static int scope_outside(int n) {
  int r = -1;
#pragma weave sync_scope
  {
    try {
      if (n) {
#pragma weave spawn
        fail(n);
      }
      work(2000);
    } catch (int e) {
      r = e;
    }
    r += 10;
  }
  return r;
}

static int borrowed(int n) {
  int r = -1, x = 0;
  try {
    int y = 0;
    if (n) {
#pragma weave spawn
      {
        work(20000);
        x = n;
        fail_at(n, 2, 2);
      }
#pragma weave spawn
      y = n;
    }
    if (n == 3)
      fail(5);
#pragma weave sync
    r = y;
  } catch (int e) {
    r = e;
  }
  return 10 * r + x;
}

// A handler does not see what tasks threw that were spawned in front of its try block.
static int spawned_outside(int n) {
  int x = 0, caught = 0;
#pragma weave spawn
  {
    work(2000);
    x = n;
    fail_at(n, 1, 3);
  }
  if (n >= 0)
    try {
#pragma weave spawn
      fail_at(n, 2, 3);
#pragma weave sync
      x *= 2;
    } catch (int) {
      caught = 1;
    }
  return 10 * x + caught;
}

static int named(int n) {
  int x = 0, caught = 0;
  weave::handle h;
#pragma weave spawn handle(h)
  {
    work(2000);
    x = n;
    fail_at(n, 1, 3);
  }
  try {
#pragma weave sync(h)
    x *= 2;
    fail_at(n, 2, 3);
  } catch (int) {
    caught = 1;
  }
#pragma weave sync(x)
  return 10 * x + caught;
}

// What leaves at the sync of one task comes before what another threw, which was spawned later.
static int in_serial_order(int n) {
  weave::handle h;
  int r = -1, a = 0;
  try {
#pragma weave spawn handle(h)
    fail_at(n, 1, 3);
#pragma weave spawn
    fail_at(n + 4, 5, 6);
#pragma weave sync(h)
  } catch (int e) {
    r = e;
  }
  try {
#pragma weave spawn handle(h) depends_on(out: a)
    {
      a = n;
      if (n != 2)
        throw 10;
    }
#pragma weave spawn depends_on(in: a)
    throw 10 + a;
#pragma weave sync(h)
  } catch (int e) {
    r += e;
  }
  return r;
}

static int in_lambda_and_task(int n) {
  int r = -1, s = -1;
#pragma weave spawn
  {
    try {
      for (int i = 0; i < n; ++i)
#pragma weave spawn
        fail_at(i, 3, 5);
    } catch (int e) {
      r = e;
    }
  }
  const auto call = [&s](int m) {
    try {
      if (m)
#pragma weave spawn
        fail(m);
      work(2000);
    } catch (int e) {
      s = e;
    }
  };
  call(n);
#pragma weave sync
  return 10 * r + s;
}

static int recursion(int n) {
  if (n < 2)
    return n;
  int x = 0, y = 0;
  try {
    for (int i = 1; i <= 2; ++i) {
#pragma weave spawn
      (i == 1 ? x : y) = recursion(n - i);
    }
    fail_at(n, 5, 7);
#pragma weave sync
  } catch (int e) {
    work(10);
    return x + y + e;
  }
  return x + y;
}

template <class F> static void report(const char *name, F f, int last) {
  std::printf("%s", name);
  for (int round = 0; round < 10; ++round)
    for (int n = 0; n <= last; ++n)
      try {
        const int value = f(n);
        std::printf(" %d", value);
      } catch (int e) {
        std::printf(" thrown %d", e);
      }
  std::printf("\n");
}

int main() {
  report("plain", plain, 1);
  report("in_branch", in_branch, 1);
  report("in_loop", in_loop, 20);
  report("without_sync", without_sync, 20);
  report("in_switch", in_switch, 2);
  report("in_handler", in_handler, 2);
  report("function_body", function_body, 4);
  report("object", [](int n) { return object(n).made; }, 0);
  report("detached_loop", detached_loop, 3);
  report("graph", graph, 6);
  report("scope_inside", scope_inside, 1);
  report("scope_outside", scope_outside, 1);
  report("borrowed", borrowed, 3);
  report("spawned_outside", spawned_outside, 4);
  report("named", named, 4);
  report("in_serial_order", in_serial_order, 4);
  report("in_lambda_and_task", in_lambda_and_task, 7);
  report("recursion", recursion, 12);
}
