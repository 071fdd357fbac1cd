// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Fences of which one side costs nothing: `light_fence` (weave/detail/sync.h) where it is often, `heavy_fence` where it is rare. Source: Goldblatt, P1202, Asymmetric fences; membarrier(2).
#pragma once

#ifdef WEAVE_SEAM
#include WEAVE_SEAM
#endif

namespace weave::platform {

#ifdef WEAVE_SEAM
using seam::heavy_fence;
using seam::prepare_heavy_fences;
#else
/// Whether this process can have them. The first call takes some milliseconds if there are several threads already.
/// @param at_once  say no rather than wait
bool prepare_heavy_fences(bool at_once) noexcept;

/// Every thread of the process comes by a sequentially consistent fence between the beginning of this call and its end, and so does the caller before and behind. It takes some
/// microseconds, and interrupts every processor that runs this process. False: the system has forbidden it since it was prepared.
bool heavy_fence() noexcept;
#endif

} // namespace weave::platform
