// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a task gets by reference, by pointer, or as a container, and its function uses before the sync.
// RUN: %verify -std=c++17
#include <cstdlib>
#include <string>
#include <vector>

int work(int);
long total(const std::vector<int> &v);
void fill(std::vector<int> &v, int with);
void show(const std::string &text);
void five(int *to) { *to = 5; }
void set(int *to);
int get(const int *from);

struct Node {
  int value;
  Node *next;
};

void whole(std::vector<int> v) {
  long sum;
#pragma weave spawn // expected-note {{the task is spawned here}}
  sum = total(v);
  v.assign(5, 2); // expected-warning {{'v' may be written here while a task that may read it is running [-Wweave-race-maybe]}} expected-note {{insert}}
#pragma weave sync
  work(int(sum));
}

void text(std::string name) {
#pragma weave spawn // expected-note {{the task is spawned here}}
  show(name);
  name = "changed"; // expected-warning {{'name' may be written here}} expected-note {{insert}}
#pragma weave sync
}

void pointers() {
  int a = 0, b = 0, c[3] = {};
#pragma weave spawn // expected-note {{the task is spawned here}}
  five(&a);
#pragma weave spawn // expected-note {{the task is spawned here}}
  set(&b);
#pragma weave spawn // expected-note {{the task is spawned here}}
  set(c);
  work(a); // expected-warning {{'a' is read here while a task that writes it may be running [-Wweave-race]}} expected-note {{insert}}
  work(b); // expected-warning {{'b' may be read here while a task that may write it is running}} expected-note {{insert}}
  c[1] = 2; // expected-warning {{'c[1]' may be written here while a task that may write it is running}} expected-note {{insert}}
#pragma weave sync
}

void elements(std::vector<int> &r) {
  for (int i = 0; i < 10; ++i) {
#pragma weave spawn // expected-note {{the task is spawned here}}
    r[i] = work(i);
  }
  int sum = 0;
  for (int x : r) // expected-warning {{'r' is read here while a task that writes it may be running}} expected-note {{insert}}
    sum += x;
#pragma weave sync
  work(sum);
}

void freed(int *p, Node *node, char *raw) {
#pragma weave spawn // expected-note {{the task is spawned here}}
  work(p[3]);
#pragma weave spawn // expected-note {{the task is spawned here}}
  work(node->value);
#pragma weave spawn // expected-note {{the task is spawned here}}
  raw[0] = 1;
  delete[] p; // expected-warning {{'*p' is written here while a task that reads it may be running}} expected-note {{insert}}
  delete node; // expected-warning {{'*node' is written here}} expected-note {{insert}}
  std::free(raw); // expected-warning {{'*raw' is written here while a task that writes it may be running}} expected-note {{insert}}
#pragma weave sync
}

void behind(int *p, Node *node) {
#pragma weave spawn // expected-note {{the task is spawned here}}
  *p = work(1);
#pragma weave spawn // expected-note {{the task is spawned here}}
  node->value = work(2);
  work(*p); // expected-warning {{'*p' is read here}} expected-note {{insert}}
  work(node->value); // expected-warning {{'node->value' is read here}} expected-note {{insert}}
#pragma weave sync
}

void siblings(std::vector<int> &v) {
#pragma weave spawn
  fill(v, 1); // expected-note {{written here}}
#pragma weave spawn // expected-note {{the task is spawned here}}
  fill(v, 2); // expected-warning {{this task may write 'v', and an earlier task that may write it may still be running [-Wweave-race-maybe]}}
#pragma weave sync
}

void rounds(std::vector<int> &v) {
  for (int i = 0; i < 4; ++i) {
#pragma weave spawn // expected-note {{the task is spawned here}}
    fill(v, i); // expected-warning {{'v' may be written by this task while the one of an earlier iteration, which may write it, is running [-Wweave-race-maybe]}}
  }
#pragma weave sync
}

// Apart, or in order.
void none(std::vector<int> &v, const std::vector<int> &w, int *p, Node *list, std::string text) {
  long a, b;
#pragma weave spawn
  a = total(w);
#pragma weave spawn
  b = total(w);
  work(w[0] + get(&w[1]));
#pragma weave sync
#pragma weave spawn
  v[0] = work(int(a));
#pragma weave spawn
  v[1] = work(int(b));
  v[2] = p[0];
  work(int(v.size()));
  for (Node *node = list; node; node = node->next) {
#pragma weave spawn
    node->value = work(node->value);
  }
#pragma weave sync
  for (int i = 0; i < 4; ++i) {
#pragma weave spawn
    *p = work(i);
    ++p;
    *p = 1;
  }
#pragma weave sync
#pragma weave spawn firstprivate(text)
  show(text);
  text = "mine";
#pragma weave spawn
  fill(v, 1);
#pragma weave sync
  fill(v, 2);
}
