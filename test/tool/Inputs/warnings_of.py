# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The warnings that woven text gets and its serial projection does not."""

import re
import subprocess

COMMON = ["-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Wconversion", "-Wold-style-cast"]
# About the language as such, the layout of closures, what a function around a closure has by the same name, and copies
# that Clang does not elide in templates.
NOISE = ["c++98-compat", "c++98-compat-pedantic", "padded", "unsafe-buffer-usage", "unknown-warning-option",
         "shadow-uncaptured-local", "nrvo"]


def options(compiler):
    own = ["-Weverything"] + ["-Wno-" + kind for kind in NOISE] if "clang" in compiler else ["-Wuseless-cast"]
    return COMMON + own


def kinds(text):
    found = {kind for group in re.findall(r"\[-W([^\]]+)\]", text) for kind in re.split(r",-W", group)}
    return {kind.removeprefix("error=").rstrip("=0123456789") if "=" in kind else kind for kind in found} - {"error"}


def accepted(text):
    """What to switch off, since a compiler said this of the serial program."""
    return ["-Wno-" + kind for kind in sorted(kinds(text))] + ["-Wno-unknown-pragmas"]


def serial_kinds(compiler, command):
    """The same for a command that compiles the serial program."""
    return accepted(subprocess.run([compiler] + options(compiler) + command, stderr=subprocess.PIPE, text=True).stderr)
