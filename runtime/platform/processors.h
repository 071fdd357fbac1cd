// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

namespace weave::platform {

/// How many processors' worth of time the control groups of this process allow, rounded up; nothing if they set no limit.
/// Both hierarchies are read: `cpu.max` of version 2, `cpu.cfs_quota_us` of version 1, each group up to the root.
/// @param root  where `/proc` and `/sys` are found
std::optional<unsigned> processor_quota(const std::filesystem::path &root = "/");

/// The processors that the calling thread may run on, by number. Empty if the system does not say.
std::vector<unsigned> affinity();

/// The processors that this process can keep busy: those of its affinity mask, within its quota. At least 1.
unsigned usable_processors();

} // namespace weave::platform
