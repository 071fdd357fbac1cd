#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compares what the product understands with what its man pages, completions and tables say of it."""

import re
import subprocess
import sys
from pathlib import Path

source, weavec = Path(sys.argv[1]), sys.argv[2]
missing = []


def text(path):
    return (source / path).read_text()


def require(what, path, pattern):
    if not re.search(pattern, text(path), re.M):
        missing.append(f"{path} lacks {what}")


def found(pattern, within, least):
    """What the pattern finds; too little of it says that the pattern is out of date."""
    names = sorted(set(re.findall(pattern, within, re.M)))
    assert len(names) >= least, f"{pattern} finds {names}"
    return names


helped = subprocess.run([weavec, "--help"], capture_output=True, text=True, check=True).stdout
for option in found(r"--([a-z-]*[a-z])", helped, 8):
    require("--" + option, "docs/man/weavec.1", rf"Fl Fl {option}\b")
    require("--" + option, "tool/completion/weavec.bash", rf"--{option}\b")
    if option != "diagnostics-format":
        require("--" + option, "tool/completion/_weavec", rf"'--{option}\b")

messages = text("tool/diagnostics.def")
for name in found(r'^(?:COMMAND_)?WARNING\(\w+,\s*"([a-z-]+)"', messages, 9):
    for path in "docs/man/weavec.1", "docs/tool.md", "tool/completion/weavec.bash", "tool/completion/_weavec":
        require(f"the warning {name}", path, rf"\b{name}\b")

for name in found(r'"(WEAVE_[A-Z_]+)"', text("runtime/platform/environment.cpp"), 7):
    if name == "WEAVE_CHAOS_SEED":  # of a build for tests
        continue
    require(name, "README.md", rf"`{name}`")
    of_tool = name in ("WEAVE_CXX", "WEAVE_OPENMP")
    require(name, "docs/man/weave++.1" if of_tool else "docs/man/weave.7", rf"^\.It Ev {name}$")

print("\n".join(missing))
sys.exit(bool(missing))
