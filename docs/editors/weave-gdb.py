# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Leaves the runtime's frames out of gdb's backtraces. In gdb: source weave-gdb.py; `backtrace -no-filters` shows all."""

import gdb


class OwnFrames:
    name, priority, enabled = "weave", 100, True

    def filter(self, frames):
        return (frame for frame in frames if not self.is_runtime(frame))

    def is_runtime(self, frame):
        """Its headers are known by their place, the rest of it, which has no debug information, by its names."""
        return "/include/weave/" in str(frame.filename()) or str(frame.inferior_frame().name()).startswith("weave::")


gdb.frame_filters[OwnFrames.name] = OwnFrames()
