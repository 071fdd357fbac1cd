// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %same_everywhere

#include <algorithm>
#include <cstdio>
#include <functional>
#include <iterator>
#include <string>
#include <vector>

template <class Iterator, class Less> static void merge_sort(Iterator first, Iterator last, Less less) {
  const auto size = last - first;
  if (size < 16) {
    std::sort(first, last, less);
    return;
  }
  const auto middle = first + size / 2;
#pragma weave spawn
  merge_sort(first, middle, less);
  merge_sort(middle, last, less);
#pragma weave sync
  std::vector<typename Iterator::value_type> merged;
  std::merge(first, middle, middle, last, std::back_inserter(merged), less);
  std::copy(merged.begin(), merged.end(), first);
}

template <class T> struct tree {
  T value;
  std::vector<tree> children;
  T sum() const {
    std::vector<T> sums(children.size());
    T total = value;
    for (std::size_t i = 0; i < children.size(); ++i)
#pragma weave spawn
      sums[i] = children[i].sum();
#pragma weave sync
    for (const T &part : sums)
      total = total + part;
    return total;
  }
};

static tree<long> grow(int depth) {
  tree<long> t{depth, {}};
  for (int i = 0; i < depth; ++i)
    t.children.push_back(grow(i));
  return t;
}

int main() {
  std::vector<int> numbers(5000);
  for (std::size_t i = 0; i < numbers.size(); ++i)
    numbers[i] = int(i * 7919 % 5003);
  merge_sort(numbers.begin(), numbers.end(), std::less<>());
  std::vector<std::string> words(300);
  for (std::size_t i = 0; i < words.size(); ++i)
    words[i] = std::to_string(i * 7919 % 307);
  merge_sort(words.begin(), words.end(), [](const std::string &a, const std::string &b) { return a > b; });
  std::printf("%d %d %s %s\n", std::is_sorted(numbers.begin(), numbers.end()), numbers[1234], words[0].c_str(), words[299].c_str());
  std::printf("%ld %s\n", grow(10).sum(), (tree<std::string>{"a", {{"b", {}}, {"c", {{"d", {}}}}}}.sum()).c_str());
}
