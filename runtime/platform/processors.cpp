// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Formats: proc_pid_cgroup(5), and the kernel's Documentation/admin-guide/cgroup-v2.rst and scheduler/sched-bwc.rst.
#include "platform/processors.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <memory>
#include <sched.h>
#include <string>

namespace weave::platform {
namespace {

namespace fs = std::filesystem;

// A quota and a period in microseconds; no quota where the file is absent, or says "max" or -1.
std::optional<unsigned> processors(double quota, double period) {
  if (!(quota > 0) || !(period > 0))
    return std::nullopt;
  return static_cast<unsigned>(std::clamp(std::ceil(quota / period), 1.0, 1e6));
}

std::optional<unsigned> quota_v2(const fs::path &group) {
  double quota = 0, period = 0;
  std::ifstream(group / "cpu.max") >> quota >> period;
  return processors(quota, period);
}

std::optional<unsigned> quota_v1(const fs::path &group) {
  double quota = 0, period = 0;
  std::ifstream(group / "cpu.cfs_quota_us") >> quota;
  std::ifstream(group / "cpu.cfs_period_us") >> period;
  return processors(quota, period);
}

void lower(std::optional<unsigned> &limit, std::optional<unsigned> found) {
  if (found)
    limit = limit ? std::min(*limit, *found) : found;
}

// The group at `path` below `mount`, and every group above it. In a container the path may be the host's, so that only the mount itself exists.
template <class Read> void walk(std::optional<unsigned> &limit, const fs::path &mount, fs::path path, Read read) {
  for (path = path.relative_path(); !path.empty(); path = path.parent_path())
    lower(limit, read(mount / path));
  lower(limit, read(mount));
}

} // namespace

std::optional<unsigned> processor_quota(const fs::path &root) {
  std::optional<unsigned> limit;
  std::ifstream groups(root / "proc/self/cgroup");
  for (std::string line; std::getline(groups, line);) { // hierarchy:controllers:path
    const std::size_t first = line.find(':'), second = line.find(':', first + 1);
    if (first == std::string::npos || second == std::string::npos)
      continue;
    const std::string controllers = line.substr(first + 1, second - first - 1);
    const fs::path path = line.substr(second + 1);
    const fs::path mounts = root / "sys/fs/cgroup";
    if (controllers.empty()) {
      walk(limit, mounts, path, quota_v2);
    } else if (("," + controllers + ",").find(",cpu,") != std::string::npos) {
      walk(limit, mounts / "cpu", path, quota_v1);
      walk(limit, mounts / controllers, path, quota_v1);
    }
  }
  return limit;
}

std::vector<unsigned> affinity() {
  std::vector<unsigned> usable;
  for (unsigned most = CPU_SETSIZE; most <= 1u << 20; most *= 2) { // a system for more processors than the set holds refuses
    const std::unique_ptr<cpu_set_t, void (*)(cpu_set_t *)> set(CPU_ALLOC(most), [](cpu_set_t *each) { CPU_FREE(each); });
    const std::size_t bytes = CPU_ALLOC_SIZE(most);
    if (!set || sched_getaffinity(0, bytes, set.get()) != 0)
      continue;
    for (unsigned each = 0; each != most; ++each)
      if (CPU_ISSET_S(each, bytes, set.get()))
        usable.push_back(each);
    break;
  }
  return usable;
}

unsigned usable_processors() {
  const unsigned by_affinity = std::max(1u, static_cast<unsigned>(affinity().size())); // 0 where the mask cannot be read
  return std::min(by_affinity, processor_quota().value_or(by_affinity));
}

} // namespace weave::platform
