# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Looks for each message of diagnostics.def in the lines of the lit suite that expect something."""

import re
import sys
from collections import Counter
from pathlib import Path

top = Path(__file__).resolve().parents[4]
definition = (top / "tool/diagnostics.def").read_text()
entries = re.findall(r'^(DIAGNOSTIC|WARNING|REMARK|COMMAND_ERROR|COMMAND_WARNING)\((\w+),(.*?)"\)$', definition, re.M | re.S)
messages = [(name, "".join(re.findall(r'"([^"]*)', rest)[2 if kind.endswith("WARNING") else 0 :: 2])) for kind, name, rest in entries]
# What clang's -verify, FileCheck, and the scripts of the suite compare with; prose that happens to say the same is none of these.
expectation = re.compile(r"expected-\w+|^\W*(?!RUN)[A-Z][A-Z0-9-]*(-NEXT|-SAME)?:|\bassert\b|\bexpect\(|\" in \w+")
lines = [
    line
    for path in sorted((top / "test/tool").rglob("*"))
    if path.suffix in {".cpp", ".test", ".h", ".py"} and path != Path(__file__)
    for line in path.read_text(errors="replace").splitlines()
    if expectation.search(line)
]
text = "\n".join(lines)


def pattern(message):
    """A regular expression for a message: arguments may be anything, a choice any of its alternatives."""
    result = ""
    for choice, argument, plain in re.findall(r"%select\{(.*?)\}\d|(%\d|\{\d\})|(.[^%{]*)", message):
        if choice:
            result += "(?:" + "|".join(pattern(part) for part in choice.split("|")) + ")"
        else:
            result += ".*" if argument else re.escape(plain)
    return result


def parts(message):
    """What a test may expect in place of all of a message."""
    return [message] + re.split("[:;] ", message)


# A part that several messages share tells of none of them.
shared = Counter(part for _, message in messages for part in set(parts(message)))
missing = [
    name
    for name, message in messages
    if not any(shared[part] == 1 and re.search(pattern(part), text) for part in parts(message))
]
for name in missing:
    print(f"no test expects '{name}'")
print(f"{len(messages)} messages")
sys.exit(bool(missing) or len(messages) < 50)
