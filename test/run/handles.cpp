// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Handles, detached tasks and scopes keep the meaning of the serial program.
// RUN: %same_everywhere

#include <atomic>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <vector>
#include <weave/weave.h>

static long work(long n) {
  long sum = 0;
  for (long i = 0; i < n % 1000; ++i)
    sum += i * i;
  return sum + n;
}

static long fib(int n) {
  if (n < 2)
    return n;
  long x, y;
  weave::handle left;
#pragma weave spawn handle(left)
  x = fib(n - 1);
  y = fib(n - 2);
#pragma weave sync(left)
  return x + y;
}

// The results are used in the order in which they are needed.
static long in_order(int n) {
  std::vector<weave::handle> done(n);
  std::vector<long> v(n);
  long total = 0;
  for (int i = 0; i < n; ++i) {
#pragma weave spawn handle(done[i])
    v[i] = work(i);
  }
  for (int i = n; i-- != 0;) {
#pragma weave sync(done[i])
    if (!done[i].is_ready() || !done[i].is_spawned())
      return -1;
    total = total * 3 % 1000003 + v[i];
  }
  return total;
}

static long ordered(int n) {
  long a = 0, b = 0;
  weave::handle first, last;
  for (int i = 0; i < n; ++i) {
#pragma weave spawn depends_on(inout: a) handle(first)
    a += work(i);
#pragma weave spawn depends_on(in: a; inout: b) handle(last)
    b += a;
  }
#pragma weave sync(last)
  const long seen = b;
#pragma weave spawn handle(first) if(n > 10)
  auto c = work(n);
#pragma weave sync(first)
  return seen + a + c;
}

static std::string thrown(int n) {
  std::string all;
  for (int i = 0; i < n; ++i) {
    long x = 0, y = 0;
    weave::handle good, bad;
    try {
#pragma weave spawn handle(bad)
      {
        if (i % 3 == 0)
          throw std::runtime_error("bad ");
        x = work(i);
      }
#pragma weave spawn handle(good)
      y = work(i);
#pragma weave sync(good, bad)
    } catch (const std::runtime_error &error) {
      all += error.what();
    }
#pragma weave sync
    if (i % 3 != 0)
      all += std::to_string(x + y) + ' ';
  }
  return all;
}

static std::atomic<long> served{0};

static void serve(int client, int depth) {
  served += work(client);
  if (depth == 0)
    return;
  std::string name = "client " + std::to_string(client);
#pragma weave spawn detached firstprivate(name)
  {
    served += long(name.size());
    serve(client + 1, depth - 1);
  }
#pragma weave spawn detached move(name) if(client % 2)
  {
    served += long(name.size());
    serve(client + 2, depth - 1);
  }
}

static long detached(int n) {
  served = 0;
#pragma weave sync_scope
  {
    for (int i = 0; i < n; ++i)
      serve(i, 5);
  }
  const long inside = served;
  serve(n, 5);
  weave::sync_root();
  {
    weave::sync_scope all;
    serve(n, 4);
    weave::spawn_detached([](int client) { serve(client, 3); }, n);
  }
  return inside * 3 + served;
}

static std::string thrown_in_scope(int n) {
  std::string all;
  for (int i = 0; i < n; ++i) {
    try {
#pragma weave sync_scope
      {
        if (i % 2) {
#pragma weave spawn detached
          throw std::runtime_error("detached " + std::to_string(i) + ' ');
        } else {
#pragma weave spawn detached
          served += i;
        }
        if (i % 3 == 0)
          throw std::runtime_error("block " + std::to_string(i) + ' ');
      }
    } catch (const std::runtime_error &error) {
      all += error.what();
    }
  }
  return all;
}

static long early(int n) {
  for (int i = 0; i < n; ++i) {
#pragma weave sync_scope
    {
      serve(i, 2);
      if (i == 5)
        break;
      if (i == 7)
        return served;
      serve(i, 3);
    }
  }
  return served;
}

// Handles by other names: a reference, the variable of a loop over a range.
struct job {
  weave::handle done;
  long value = 0;
};
static long named(std::vector<job> &jobs) {
  long sum = 0;
  for (job &each : jobs) {
#pragma weave spawn handle(each.done)
    each.value = work(20);
  }
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    [[maybe_unused]] weave::handle &done = jobs[i].done;
#pragma weave sync(done)
    sum += jobs[i].value;
  }
  job local[5];
  for (job &each : local) {
    [[maybe_unused]] weave::handle &done = each.done;
#pragma weave spawn handle(done)
    each.value = work(30);
  }
  for (auto &each : local) {
#pragma weave sync(each.done)
    sum += each.value;
  }
  return sum;
}

int main() {
  std::vector<job> jobs(20);
  std::printf("%ld\n", named(jobs));
  std::printf("%ld\n", fib(22));
  std::printf("%ld %ld\n", in_order(500), ordered(100));
  std::printf("%s\n", thrown(30).c_str());
  std::printf("%ld\n", detached(40));
  std::printf("%s\n", thrown_in_scope(30).c_str());
  std::printf("%ld\n", early(30));
  serve(3, 6); // is done before the process ends
}
