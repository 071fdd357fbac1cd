// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// R18: where threads run, on machines that hwloc makes up.
#include "platform/places.h"
#include "platform/processors.h"

#include <gtest/gtest.h>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using namespace weave;
using namespace weave::platform;
using weave::protocol::ring;

class Places : public testing::Test {
protected:
  void SetUp() override {
    try {
      pair = synthetic_topology("package:2 core:2 pu:2");
    } catch (const std::runtime_error &error) {
      GTEST_SKIP() << error.what();
    }
  }

  std::string read(const std::string &text) const { return to_string(read_places({"WEAVE_PLACES", text}, pair)); }
  std::string seats_of(const std::string &text, binding how, unsigned workers) const {
    std::vector<place> places;
    for (const seat &each : seats(read_places({"WEAVE_PLACES", text}, pair), pair, how, workers))
      places.push_back(each.processors);
    return to_string(places);
  }

  topology pair; // two sockets of two cores of two threads
};

TEST_F(Places, AreNamed) {
  EXPECT_EQ(read("threads"), "{0},{1},{2},{3},{4},{5},{6},{7}");
  EXPECT_EQ(read("cores"), "{0,1},{2,3},{4,5},{6,7}");
  EXPECT_EQ(read(""), read("cores"));
  EXPECT_EQ(read("sockets"), "{0,1,2,3},{4,5,6,7}");
}

TEST_F(Places, AreListed) {
  EXPECT_EQ(read("{0:4},{4:4}"), "{0,1,2,3},{4,5,6,7}");
  EXPECT_EQ(read("{5}"), "{5}");
  EXPECT_EQ(read(" { 1 , 0 } , { 7 } "), "{0,1},{7}");
  EXPECT_EQ(read("{0:4:2}"), "{0,2,4,6}");
  EXPECT_EQ(read("{7:3:-1,0}"), "{0,5,6,7}");
  EXPECT_EQ(read("{0:2}:4:2"), "{0,1},{2,3},{4,5},{6,7}");
  EXPECT_EQ(read("{6}:3:-3,{1}"), "{6},{3},{0},{1}");
  EXPECT_EQ(read("{0}:2"), "{0},{1}");
}

TEST_F(Places, ThatMeanNothingAreRefused) {
  for (const char *bad : {"core",
                          "THREADS",
                          "{",
                          "{}",
                          "{0",
                          "0",
                          "{0},",
                          "{0}}",
                          "{0},{",
                          "{0:}",
                          "{0:0}",
                          "{0:-1}",
                          "{0:2:0}",
                          "{0}:0",
                          "{0}:2:0",
                          "{a}",
                          "{0} {1}",
                          "{0:1:1:1}",
                          "{0}x",
                          "{99999999999999999999}",
                          "{1:9999999999}",
                          ","})
    try {
      read_places({"WEAVE_PLACES", bad}, pair);
      ADD_FAILURE() << bad;
    } catch (const std::invalid_argument &error) {
      EXPECT_EQ(error.what(), "WEAVE_PLACES is '" + std::string(bad) +
                                  "'; set it to threads, cores or sockets, or to a list of places such as {0:4},{4:4}");
    }
}

TEST_F(Places, OutsideTheMaskAreRefused) {
  std::erase_if(pair.processors, [](const processor &each) { return each.number == 3 || each.number == 6; });
  EXPECT_EQ(read("threads"), "{0},{1},{2},{4},{5},{7}");
  EXPECT_EQ(read("cores"), "{0,1},{2},{4,5},{7}");
  for (const char *bad : {"{0:4}", "{3}", "{2}:3", "{2:1000000}:1000000:1000000"})
    try {
      read_places({"options::places", bad}, pair);
      ADD_FAILURE() << bad;
    } catch (const std::invalid_argument &error) {
      EXPECT_EQ(error.what(), "options::places is '" + std::string(bad) +
                                  "', but processor 3 is not among those that this process may use: 0-2,4-5,7");
    }
}

TEST_F(Places, AreGivenToWorkers) {
  EXPECT_EQ(seats_of("cores", binding::close, 2), "{0,1},{2,3}");
  EXPECT_EQ(seats_of("cores", binding::spread, 2), "{0,1},{4,5}");
  EXPECT_EQ(seats_of("cores", binding::spread, 3), "{0,1},{2,3},{4,5}");
  for (const binding how : {binding::close, binding::spread}) {
    EXPECT_EQ(seats_of("cores", how, 4), "{0,1},{2,3},{4,5},{6,7}");
    EXPECT_EQ(seats_of("sockets", how, 5), "{0,1,2,3},{0,1,2,3},{0,1,2,3},{4,5,6,7},{4,5,6,7}");
  }
}

TEST_F(Places, AreNumberedAlongTheMachine) {
  EXPECT_EQ(seats_of("{6},{1},{3},{0}", binding::close, 3), "{1},{3},{6}") << "the first three, in another order";
}

TEST_F(Places, TellWhoIsNear) {
  const auto all = [this](unsigned workers) {
    return seats(read_places({"", "threads"}, pair), pair, binding::close, workers);
  };
  const std::vector<seat> eight = all(8);
  for (unsigned i = 0; i != 8; ++i)
    EXPECT_EQ(eight[i].near, (std::vector<ring>{{i / 2 * 2, i / 2 * 2 + 2}, {i / 4 * 4, i / 4 * 4 + 4}})) << i;
  const std::vector<seat> five = all(5);
  EXPECT_EQ(five[0].near, (std::vector<ring>{{0, 2}, {0, 4}}));
  EXPECT_EQ(five[4].near, std::vector<ring>{}) << "alone in its socket";
  EXPECT_EQ(all(2)[1].near, std::vector<ring>{}) << "there is nobody else";
  const std::vector<seat> overlapping =
      seats(read_places({"", "{0,1},{1,2},{0:8},{4}"}, pair), pair, binding::close, 4);
  EXPECT_EQ(overlapping[0].processors, (place{0, 1, 2, 3, 4, 5, 6, 7}));
  EXPECT_EQ(overlapping[0].near, std::vector<ring>{});
  EXPECT_EQ(overlapping[1].near, (std::vector<ring>{{1, 3}}));
}

TEST(ManyPlaces, AreArrangedForManyWorkers) {
  try {
    const topology large = synthetic_topology("package:8 core:64 pu:2");
    const std::vector<seat> all = seats(read_places({"", "threads"}, large), large, binding::spread, 1024);
    ASSERT_EQ(all.size(), 1024u);
    EXPECT_EQ(all[1023].near, (std::vector<ring>{{1022, 1024}, {896, 1024}}));
  } catch (const std::runtime_error &error) {
    GTEST_SKIP() << error.what();
  }
}

TEST(ThisMachine, IsWithinTheAffinityMask) {
  const std::vector<unsigned> usable = affinity();
  ASSERT_FALSE(usable.empty());
  try {
    const topology here = read_topology();
    if (here.of_this_machine) {
      for (const processor &each : here.processors)
        EXPECT_TRUE(std::find(usable.begin(), usable.end(), each.number) != usable.end());
    }
    EXPECT_FALSE(here.processors.empty());
  } catch (const std::runtime_error &error) {
    GTEST_SKIP() << error.what();
  }
}

} // namespace
