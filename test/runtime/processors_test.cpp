// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// R18: the quotas of control groups, read from folders that look like those of the kernel.
#include "platform/processors.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <string>

namespace {

namespace fs = std::filesystem;
using weave::platform::processor_quota;

class Quota : public testing::Test {
protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "weave-quota-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    root_ = name;
  }
  void TearDown() override { fs::remove_all(root_); }

  void write(const fs::path &file, const std::string &text) {
    fs::create_directories((root_ / file).parent_path());
    std::ofstream(root_ / file) << text << '\n';
  }
  std::optional<unsigned> quota() const { return processor_quota(root_); }

private:
  fs::path root_;
};

TEST_F(Quota, IsNotThereWithoutGroups) { EXPECT_EQ(quota(), std::nullopt); }

TEST_F(Quota, R18OfVersionTwo) {
  write("proc/self/cgroup", "0::/user/task");
  write("sys/fs/cgroup/user/task/cpu.max", "max 100000");
  EXPECT_EQ(quota(), std::nullopt);
  write("sys/fs/cgroup/user/task/cpu.max", "150000 100000");
  EXPECT_EQ(quota(), 2u) << "rounded up";
  write("sys/fs/cgroup/user/cpu.max", "100000 100000");
  EXPECT_EQ(quota(), 1u) << "a group above";
  write("sys/fs/cgroup/user/cpu.max", "5000 100000");
  EXPECT_EQ(quota(), 1u) << "at least one";
}

TEST_F(Quota, R18OfVersionOne) {
  write("proc/self/cgroup", "5:cpuset:/\n4:cpu,cpuacct:/box\n1:name=systemd:/box");
  write("sys/fs/cgroup/cpu,cpuacct/box/cpu.cfs_quota_us", "-1");
  write("sys/fs/cgroup/cpu,cpuacct/box/cpu.cfs_period_us", "100000");
  EXPECT_EQ(quota(), std::nullopt);
  write("sys/fs/cgroup/cpu,cpuacct/box/cpu.cfs_quota_us", "400000");
  EXPECT_EQ(quota(), 4u);
}

// In a container the path is often the host's, and only the mount itself is there.
TEST_F(Quota, R18OfAContainer) {
  write("proc/self/cgroup", "0::/docker/0123456789abcdef");
  write("sys/fs/cgroup/cpu.max", "300000 100000");
  EXPECT_EQ(quota(), 3u);
}

TEST_F(Quota, ThatMakesNoSenseIsNone) {
  for (const char *text : {"", "nonsense", "100000", "0 0", "-5 100000", "100000 -1"}) {
    write("proc/self/cgroup", "0::/\nnonsense\n:\n::");
    write("sys/fs/cgroup/cpu.max", text);
    EXPECT_EQ(quota(), std::nullopt) << text;
  }
}

} // namespace
