// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A reference is but a name: what is borrowed is what it was bound to.
// RUN: %transform | %FileCheck %s
void beside(); // what runs while a task does
#include <string>
#include <vector>
int work(int);
std::vector<std::string> make();
void change(std::string &);

void elements(std::vector<int> &v, std::vector<std::string> words) {
  // CHECK: weave_frame_15; WEAVE_TRY { for (int &x : v)
  // CHECK-NEXT: {{^}}weave_frame_15.spawn([&x] {
  for (int &x : v)
#pragma weave spawn
    x = work(x);
  // CHECK: {{^}}weave_frame_15.spawn([&first] {
  for (size_t i = 0; i < words.size(); ++i) {
    std::string &first = words[i];
#pragma weave spawn
    change(first);
  }
}

void temporaries() {
  // The range lives as long as the loop.
  // CHECK-LABEL: void temporaries
  // CHECK: for (std::string &s : make())
  // CHECK-NEXT: { ::weave::detail::frame
  for (std::string &s : make())
#pragma weave spawn
    change(s);
  // CHECK: for (int i = 0; i < 3; ++i) {
  for (int i = 0; i < 3; ++i) {
    std::string &&kept = std::to_string(i);
    // CHECK: {{^}}auto weave_borrow_[[#@LINE+1]] = weave_frame_[[#@LINE+1]].borrow(); auto weave_task_[[#@LINE+1]] = weave_frame_[[#@LINE+1]].fork([&kept] {
#pragma weave spawn
    change(kept); beside();
  }
}

void aliases(int n) {
  // CHECK-LABEL: void aliases
  for (int i = 0; i < n; ++i) {
    int here = i;
    int &alias = here;
    // CHECK: {{^}}auto weave_borrow_[[#@LINE+1]] = weave_frame_[[#@LINE+1]].borrow(); auto weave_task_[[#@LINE+1]] = weave_frame_[[#@LINE+1]].fork([&alias] {
#pragma weave spawn
    alias = work(alias); beside();
  }
}
