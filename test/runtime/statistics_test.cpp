// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// WEAVE_STATS, as an option: what is written is read back.
#include <weave/weave.h>

#include <cstdio>
#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <regex>
#include <sstream>
#include <stdexcept>
#include <string>
#include <unistd.h>
#include <vector>

namespace {

class Statistics : public testing::Test {
protected:
  ~Statistics() override { std::remove(file().c_str()); }

  std::string file(const char *suffix = ".json") const {
    return testing::TempDir() + "statistics." + std::to_string(getpid()) + suffix;
  }
  std::string text() const {
    std::ostringstream all;
    all << std::ifstream(file()).rdbuf();
    return all.str();
  }
  static long leaves(int depth) {
    if (depth == 0)
      return 1;
    long left = 0, right = 0;
    weave::parallel_invoke([&] { left = leaves(depth - 1); }, [&] { right = leaves(depth - 1); });
    return left + right;
  }
  void run(unsigned workers, const std::string &statistics) const {
    weave::options options;
    options.workers = workers;
    options.statistics = statistics;
    const weave::runtime home(options);
    EXPECT_EQ(leaves(14), 1 << 14);
    weave::spawn([] {}).get();
  }
};

std::vector<std::string> all_of(const std::string &text, const char *pattern) {
  const std::regex wanted(pattern);
  std::vector<std::string> found;
  for (std::sregex_iterator each(text.begin(), text.end(), wanted), end; each != end; ++each)
    found.push_back((*each)[1]);
  return found;
}

TEST_F(Statistics, AreOneLineForEachRuntime) {
  run(3, file());
  run(2, file());
  const std::string written = text();
  EXPECT_EQ(all_of(written, "\"workers\":([0-9]+)"), (std::vector<std::string>{"3", "2"}));
  EXPECT_EQ(all_of(written, "\"worker\":([0-9]+)"), (std::vector<std::string>{"0", "1", "2", "0", "1"}));
  EXPECT_EQ(all_of(written, "\"process\":([0-9]+)"), std::vector<std::string>(2, std::to_string(getpid())));
  EXPECT_EQ(all_of(written, "(\n)").size(), 2u);
}

TEST_F(Statistics, TimesOfAWorkerAddUpToThoseOfTheRuntime) {
  run(2, file());
  const std::string written = text();
  const double whole = 1000 * std::stod(all_of(written, "\"seconds\":([0-9.]+)").at(0));
  const auto busy = all_of(written, "\"busy_ms\":([0-9.]+)"), searching = all_of(written, "\"searching_ms\":([0-9.]+)"),
             asleep = all_of(written, "\"asleep_ms\":([0-9.]+)");
  ASSERT_EQ(busy.size(), 2u);
  double all = 0;
  for (std::size_t i = 0; i != busy.size(); ++i) {
    const double sum = std::stod(busy[i]) + std::stod(searching.at(i)) + std::stod(asleep.at(i));
    all += sum;
    EXPECT_LE(sum, whole * 1.5) << written; // the two clocks differ by as much as the calibration is off
  }
  EXPECT_GT(all, 0); // a thread that was never scheduled has none
}

TEST_F(Statistics, AStolenTaskWasMade) {
  run(4, file());
  for (const std::string &line : all_of(text(), "(.*)\n")) {
    const auto offered = all_of(line, "\"offered\":([0-9]+)");
    ASSERT_EQ(offered.size(), 4u);
    unsigned long sum = 0;
    for (const std::string &each : offered)
      sum += std::stoul(each);
    EXPECT_GT(sum, 0u);
  }
}

TEST_F(Statistics, AFileThatCannotBeWrittenIsRefusedAtTheStart) {
  try {
    run(1, "/nowhere/at/all");
    FAIL();
  } catch (const std::invalid_argument &error) {
    EXPECT_NE(std::string(error.what()).find("'/nowhere/at/all'"), std::string::npos);
  }
}

TEST_F(Statistics, NothingIsWrittenUnlessAskedFor) {
  run(2, "0");
  EXPECT_EQ(text(), "");
}

} // namespace
