// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Breaches of contracts: each must stop the program with the name of the contract. Built with WEAVE_CONTRACTS, and so
// without the runtime's library, which is not.
#include "channels/parking.h"
#include "channels/returns.h"
#include "channels/sleepers.h"
#include "memory/pool.h"
#include "weave/detail/direct_offer.h"
#include "weave/handle.h"

#include <gtest/gtest.h>

namespace {

using namespace weave::detail;

TEST(ContractsDeathTest, ReleaseOfADirectTaskThatNobodyTook) {
  direct_offer offer;
  ASSERT_TRUE(offer.share() && offer.take_own());
  offer.release();
  EXPECT_DEATH(offer.release(), "broken contract: a direct task is released once it was taken");
}

TEST(ContractsDeathTest, BiasWhileTheTaskIsOnOffer) {
  direct_offer offer;
  ASSERT_TRUE(offer.share());
  EXPECT_DEATH(offer.restore_bias(), "broken contract: bias comes back where nothing is on offer or taken");
}

TEST(ContractsDeathTest, EndOfASearchThatWasNotBegun) {
  sleepers all(4);
  all.begin_search(1);
  EXPECT_TRUE(all.end_search(1));
  EXPECT_DEATH(all.end_search(1), "broken contract: who ends a search has begun one");
}

TEST(ContractsDeathTest, BlockFreedTwice) {
  pool memory;
  void *block = memory.allocate(64, 8);
  memory.free(block, 64, 8);
  EXPECT_DEATH(memory.free(block, 64, 8), "broken contract: a pool frees what it allocated");
}

TEST(ContractsDeathTest, MemoryOfNoSize) {
  pool memory;
  EXPECT_DEATH(memory.allocate(0, 8), "broken contract: memory is asked for by a size and a power of two");
}

TEST(ContractsDeathTest, MessageWithoutRoom) {
  returns channel;
  alignas(64) std::byte block[64];
  EXPECT_DEATH(channel.push(block, 8, 8), "broken contract: memory that comes back has room for the message");
}

TEST(ContractsDeathTest, HandleThatEndsBeforeItsTask) {
  EXPECT_DEATH(
      {
        weave::handle bound;
        handle_access::begin(bound);
      },
      "broken contract: no task outlives the handle that it is bound to");
}

} // namespace
