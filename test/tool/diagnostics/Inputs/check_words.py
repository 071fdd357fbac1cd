# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Looks for each word that the rewriting writes in its table of words."""

import re
import sys
from pathlib import Path

rewrite = Path(__file__).resolve().parents[4] / "tool/rewrite"
table = set(re.findall(r"WORD\((\w+)\)", (rewrite / "words.def").read_text()))
keywords = set(
    "auto bool clang const decltype false for if operator reinterpret_cast return sizeof static_cast this true using void while".split()
)
# The words of the pragmas of others, which PragmaLines.cpp reads and does not write.
missing = set()
for path in sorted(rewrite.glob("*.cpp")):
    if path.name == "PragmaLines.cpp":
        continue
    code = re.sub(r"//.*|#include.*|llvm_unreachable.*", "", path.read_text())
    for literal in re.findall(r'"((?:[^"\\\\]|\\\\.)*)"', code):
        missing |= {word for word in re.findall(r"[A-Za-z_]\w*", literal) if not word.lower().startswith("weave_")}
missing -= table | keywords | {"_", "_Pragma", "inner_", "u"}  # the last two are parts of names that begin with weave_, and of numbers
for word in sorted(missing):
    print(f"'{word}' is written, and not in words.def")
sys.exit(bool(missing) or len(table) < 30)
