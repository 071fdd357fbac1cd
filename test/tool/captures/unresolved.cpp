// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A scalar passed to an unresolved call of a template: copied, unless it has no value yet or a clause shares it.
// RUN: %transform | %FileCheck %s
void beside(); // what runs while a task does
template <class T> void compute(T value, long &result) { result = value; }
template <class T> long measure(T value, long size) { return value + size; }

template <class T> long outputs(T value, long size) {
  long left, right, known = 0;
  // CHECK: .spawn([&value, &left] {
#pragma weave spawn
  compute(value, left);
  // CHECK: .spawn([&value, &left, &right] {
#pragma weave spawn
  {
    compute(value, left);
    compute(value, right);
  }
  // CHECK: .spawn([&value, &known] {
#pragma weave spawn shared(known)
  compute(value, known);
  // CHECK: .spawn([&value, size] {
#pragma weave spawn
  measure(value, size); beside();
#pragma weave sync
  right += left; // it has a value now
  // CHECK: .spawn([&value, left] {
#pragma weave spawn
  measure(value, left); beside();
#pragma weave sync
  return left + right + known;
}
template long outputs(int, long);
template long outputs(char, long);
