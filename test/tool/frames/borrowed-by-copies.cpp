// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A task does not outlive what its copies refer to, as far as the text shows it.
// RUN: %transform | %FileCheck %s
void beside(); // what runs while a task does
#include <string>
#include <vector>

int work(int);
void use(const int *);
struct wrap {
  const std::vector<int> &v;
};
struct view {
  const int *first;
  template <std::size_t N> explicit view(int (&array)[N]) : first(array) {}
};

void in_blocks(int *out) {
  // CHECK-LABEL: void in_blocks
  {
    std::vector<int> local(3);
    auto f = [&] { return local[0]; };
    // CHECK: weave_task_[[#@LINE+1]] = weave_frame_[[#@LINE+1]].fork([out, f] {
#pragma weave spawn
    out[0] = f(); beside();
    // CHECK: {{^}}  weave_task_[[#@LINE-2]].join(); }); }
  }
  {
    std::vector<int> local(3);
    const wrap w{local};
    // CHECK: weave_task_[[#@LINE+1]] = weave_frame_[[#@LINE+1]].fork([out, w] {
#pragma weave spawn
    out[1] = int(w.v.size()); beside();
    // CHECK: {{^}}  weave_task_[[#@LINE-2]].join(); }); }
  }
  {
    int local[3] = {};
    const view s(local);
    // CHECK: weave_task_[[#@LINE+1]] = weave_frame_[[#@LINE+1]].fork([out, s] {
#pragma weave spawn
    out[2] = s.first[0]; beside();
    // CHECK: {{^}}  weave_task_[[#@LINE-2]].join(); }); }
  }
}

// A copy of what the loop reads is the task's own.
void without_need(std::vector<std::string> &out, const std::vector<int> &in) {
  // CHECK-LABEL: void without_need
  // CHECK: WEAVE_TRY { for (size_t i = 0;
  for (size_t i = 0; i < in.size(); ++i) {
    const int &value = in.at(i);
    const std::string text = std::to_string(value);
    const long length = long(text.size());
    // CHECK: {{^}}weave_frame_[[#@LINE+1]].spawn([&out, i, value, length] {
#pragma weave spawn
    out[i] = std::string(3, char(value + length));
  }
}
