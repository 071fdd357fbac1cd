// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Structured bindings, which C++17 captures by an initialiser only.
// RUN: %transform | %FileCheck %s
void beside(); // what runs while a task does
#include <map>
#include <string>
#include <utility>
int work(int);
void text(const std::string &);

void bindings(std::pair<int, std::string> &p, std::map<int, std::string> &m) {
  auto &[number, string] = p;
  auto [copy, other] = p;
  // CHECK: .spawn([&number = number, copy = copy] {
#pragma weave spawn
  number = work(copy);
  // CHECK: .spawn([&string = string, &other = other] {
#pragma weave spawn
  {
    text(string);
    text(other);
  }
  // A reference into the map borrows the map, not the loop's variable: no join in the loop.
  for (auto &[key, value] : m)
    // CHECK: weave_frame_{{[0-9]+}}.spawn([&value = value, key = key] {
#pragma weave spawn
    value = std::to_string(key);
}

struct fields {
  int a : 3;
  int b : 4;
};
void bit_fields(fields f) {
  auto [a, b] = f;
  // CHECK: .spawn([a = a, b = b] {
#pragma weave spawn
  work(a + b); beside();
}
