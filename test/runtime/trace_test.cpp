// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// WEAVE_TRACE, as a variable and as an option: which files there are, and how much is in them.
// one back.
#include "programs.h"

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <sstream>
#include <stdexcept>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

namespace {

using namespace weave::test;
namespace fs = std::filesystem;

class Trace : public testing::Test {
protected:
  Trace() {
    fs::remove_all(folder);
    fs::create_directory(folder);
  }
  ~Trace() override { fs::remove_all(folder); }

  weave::options traced(unsigned workers = 3) const {
    weave::options result;
    result.workers = workers;
    result.trace = file;
    return result;
  }
  // A task that another worker has taken, at least.
  static void work() {
    std::atomic<bool> ran{false};
    {
      weave::detail::frame tasks;
      want_task();
      tasks.spawn([&ran] { ran = true; });
      EXPECT_TRUE(comes_true([&] { return ran.load(); }));
      tasks.sync();
    }
    EXPECT_EQ(fib(20), 6765);
  }
  std::map<std::string, std::string> files() const {
    std::map<std::string, std::string> found;
    for (const auto &each : fs::directory_iterator(folder)) {
      std::ostringstream text;
      text << std::ifstream(each.path()).rdbuf();
      found[each.path().filename().string()] = text.str();
    }
    return found;
  }
  std::string only_file() const {
    const auto all = files();
    EXPECT_EQ(all.size(), 1u);
    return all.empty() ? "" : all.begin()->second;
  }
  static bool is_whole(const std::string &text) {
    return text.rfind("{\"displayTimeUnit\"", 0) == 0 && text.size() > 4 &&
           text.compare(text.size() - 4, 4, "\n]}\n") == 0;
  }
  static long count(const std::string &text, const char *pattern) {
    const std::regex wanted(pattern);
    return std::distance(std::sregex_iterator(text.begin(), text.end(), wanted), std::sregex_iterator());
  }
  static long number(const std::string &text, const char *member) {
    std::smatch found;
    return std::regex_search(text, found, std::regex('"' + std::string(member) + "\":([0-9]+)")) ? std::stol(found[1])
                                                                                                 : -1;
  }
  // In a child, which ends as `run` does.
  template <class Run> static int status_of(Run run) {
    std::fflush(nullptr);
    const pid_t child = fork();
    if (child == 0) {
      run();
      std::exit(0);
    }
    int status = -1;
    waitpid(child, &status, 0);
    return status;
  }
  void refused(const weave::options &options, const char *why) const {
    try {
      const weave::runtime home(options);
      ADD_FAILURE() << "it starts";
    } catch (const std::invalid_argument &error) {
      EXPECT_NE(std::string(error.what()).find(why), std::string::npos) << error.what();
    }
    EXPECT_TRUE(files().empty());
  }

  const std::string folder = testing::TempDir() + "trace." + std::to_string(getpid());
  const std::string file = folder + "/run.json";
};

TEST_F(Trace, HasATrackForEachWorker) {
  {
    const weave::runtime home(traced(3));
    work();
  }
  const std::string text = only_file();
  EXPECT_TRUE(is_whole(text));
  EXPECT_EQ(number(text, "workers"), 3);
  EXPECT_EQ(number(text, "dropped"), 0);
  EXPECT_EQ(count(text, "\"name\":\"thread_name\""), 3);
  EXPECT_EQ(count(text, "\"name\":\"thread\""), 3) << text; // the program's, and two helpers
  EXPECT_EQ(count(text, "\"ph\":\"s\""), count(text, "\"ph\":\"f\""));
}

TEST_F(Trace, TellsOfAsManyThefts) {
  weave::options options = traced(3);
  options.statistics = folder + "/statistics.txt.json";
  {
    const weave::runtime home(options);
    work();
  }
  std::string text, statistics;
  for (const auto &[name, written] : files())
    (name.rfind("run", 0) == 0 ? text : statistics) = written;
  long stolen = 0;
  const std::regex wanted("\"stolen\":([0-9]+)");
  for (std::sregex_iterator each(statistics.begin(), statistics.end(), wanted), end; each != end; ++each)
    stolen += std::stol((*each)[1]);
  EXPECT_GT(stolen, 0);
  EXPECT_EQ(count(text, "\"how\":\"stolen\""), stolen);
  EXPECT_EQ(count(text, "\"ph\":\"f\",\"cat\":\"arrow\",\"name\":\"stolen\""), stolen);
}

TEST_F(Trace, KeepsTheOldestAndSaysHowManyItDropped) {
  weave::options options = traced(2);
  options.trace_limit = 3;
  {
    const weave::runtime home(options);
    for (int i = 0; i != 20; ++i)
      work();
  }
  const std::string text = only_file();
  EXPECT_TRUE(is_whole(text));
  EXPECT_EQ(number(text, "limit"), 3);
  EXPECT_GT(number(text, "dropped"), 0);
  EXPECT_LE(count(text, "\"ph\":\"X\""), 2 * 3);
  EXPECT_GT(count(text, " records dropped\\)"), 0);
}

TEST_F(Trace, OfEachRuntimeIsAFile) {
  for (int i = 0; i != 2; ++i) {
    const weave::runtime outer(traced(2));
    const weave::runtime inner(traced(2));
    work();
  }
  const auto all = files();
  EXPECT_EQ(all.size(), 4u);
  for (const auto &[name, text] : all)
    EXPECT_TRUE(is_whole(text)) << name;
}

TEST_F(Trace, IsWrittenWhenAnExceptionEndsTheRuntime) {
  try {
    const weave::runtime home(traced());
    work();
    throw failure{1};
  } catch (const failure &) {
  }
  EXPECT_TRUE(is_whole(only_file()));
}

TEST_F(Trace, IsRefusedWhereNothingCanBeWritten) {
  weave::options options = traced();
  options.trace = folder + "/nowhere/run.json";
  refused(options, "nowhere/run.json', which cannot be written (No such file or directory); set it to");
  options.trace = "1";
  refused(options, "WEAVE_TRACE is '1', which is no name of a trace; set it to a file such as trace.json");
  options = traced();
  options.statistics = folder + "/./run.json";
  refused(options, "run.json', where WEAVE_STATS goes, too; set it to another file");
}

TEST_F(Trace, CannotBeAFolder) {
  weave::options options = traced();
  options.trace = folder + ".json";
  fs::create_directory(options.trace);
  refused(options, "which cannot be written (Is a directory)");
  fs::remove(options.trace);
}

TEST_F(Trace, ALimitIsANumber) {
  for (const char *wrong : {"many", "0", "-1", "1k", "99999999999999999999"}) {
    EXPECT_EXIT(
        {
          setenv("WEAVE_TRACE_LIMIT", wrong, 1);
          weave::num_workers();
          std::_Exit(0);
        },
        testing::ExitedWithCode(1), "weave: error: WEAVE_TRACE_LIMIT is '.*'; set it to a whole number from 1 to");
  }
}

// A program's own process, which a test is not: here each is a child of the test's.
class TraceOfAProcess : public Trace {
protected:
  void SetUp() override {
    if (sanitized)
      GTEST_SKIP() << "a sanitizer lets a child of several threads start none";
    setenv("WEAVE_TRACE", file.c_str(), 1);
    setenv("WEAVE_NUM_THREADS", "2", 1);
  }
  void TearDown() override {
    unsetenv("WEAVE_TRACE");
    unsetenv("WEAVE_NUM_THREADS");
  }
};

TEST_F(TraceOfAProcess, IsWrittenAtExitAndByEachChild) {
  EXPECT_EQ(status_of([] {
              work();
              const int child = status_of([] { work(); });
              std::exit(child == 0 ? 0 : 1);
            }),
            0);
  const auto all = files();
  EXPECT_EQ(all.size(), 2u);
  for (const auto &[name, text] : all)
    EXPECT_TRUE(is_whole(text)) << name;
}

TEST_F(TraceOfAProcess, IsWrittenWhenATaskEndsIt) {
  EXPECT_EQ(status_of([] {
              weave::detail::frame tasks;
              want_task();
              tasks.spawn([] { std::exit(0); });
              comes_true([] { return false; });
            }),
            0);
  EXPECT_TRUE(is_whole(only_file()));
}

TEST_F(TraceOfAProcess, IsNotThereInPart) {
  EXPECT_EQ(status_of([] {
              work();
              _exit(3);
            }),
            3 << 8);
  EXPECT_TRUE(WIFSIGNALED(status_of([] {
    work();
    std::abort();
  })));
  EXPECT_TRUE(files().empty());
}

} // namespace
