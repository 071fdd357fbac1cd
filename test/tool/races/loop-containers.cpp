// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Iterations of a parallel loop that change the same object of the standard library.
// RUN: %verify -std=c++17
#include <map>
#include <random>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

int work(int);

void changes(const std::vector<int> &v, std::vector<int> &out, std::string &text, std::set<int> &seen) {
#pragma weave parallel_for // expected-note 3 {{the directive is here}}
  for (std::size_t i = 0; i < v.size(); ++i) {
    if (v[i] > 3)
      out.push_back(v[i]); // expected-warning {{'out' is written here by some iterations of this parallel loop while others write it}}
    text += 'x'; // expected-warning {{all write 'text'}}
    seen.insert(v[i]); // expected-warning {{all write 'seen'}}
  }
}

void maps(const std::vector<int> &v, std::map<int, int> &count, std::unordered_map<int, int> &last) {
#pragma weave parallel_for // expected-note 2 {{the directive is here}}
  for (int i = 0; i < int(v.size()); ++i) {
    ++count[v[i]]; // expected-warning {{all write 'count'}}
    last[v[i]] = i; // expected-warning {{all write 'last'}}
  }
}

void generators(std::vector<double> &v, std::mt19937 &generator) {
  std::uniform_real_distribution<double> between(0, 1);
#pragma weave parallel_for // expected-note 2 {{the directive is here}}
  for (int i = 0; i < int(v.size()); ++i) {
    v[i] = between(generator); // expected-warning {{all write 'between'}}
    v[i] += generator(); // expected-warning {{all write 'generator'}}
  }
}

// Looking up and reading, and elements of their own.
int reads(const std::map<int, int> &count, std::map<int, int> &other, std::vector<int> &v) {
  int total = 0;
#pragma weave parallel_for reduction(+: total)
  for (int i = 0; i < int(v.size()); ++i) {
    total += count.at(i) + other.find(i)->second + int(other.size());
    v.at(i) = work(v.front()) + *v.begin();
    v.data()[i] = work(i);
  }
  return total;
}
